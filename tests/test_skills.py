"""Skills: what is a technology and what is not, in which form, how much it is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.job import Job
from enrich.posting import Posting
from enrich.result import Section
from enrich.skills import decide, extract_skills, propose
from gazetteer.skills import DATA, Taxonomy, TaxonomyError, Technology, default_taxonomy, known_categories, load
from tests.casefile import cases

PIECES = ["Java", "C++", "Go,", "R", ".NET", "\n", "é", "ß", "İ", "の", "Docker's", "k8s/", "(React)", "5+", "years"]


@pytest.mark.parametrize("case", cases("skills", keys={"text", "has", "not"}))
def test_case(case: dict[str, Any]) -> None:
    names = [s.name for s in extract_skills(case["text"])]
    assert [n for n in case["has"] if n not in names] == []
    assert [n for n in case.get("not", ()) if n in names] == []
    if not case["has"]:
        assert names == []


def test_requirement_and_years() -> None:
    found = {s.name: s for s in extract_skills("At least 5 years of Java and PostgreSQL.\nKotlin would be a plus.")}
    assert (found["Java"].requirement, found["Java"].years) == ("required", 5)
    assert found["PostgreSQL"].years == 5
    assert (found["Kotlin"].requirement, found["Kotlin"].years) == ("preferred", None)


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Docker ist von Vorteil.", "preferred"),
        ("Docker serait un plus.", "preferred"),
        ("Docker es deseable.", "preferred"),
        ("Docker będzie mile widziane.", "preferred"),
        ("Docker är meriterande.", "preferred"),
        ("Docker ist zwingend erforderlich.", "required"),
        ("We use Docker.", None),
    ],
)
def test_requirement_in_many_languages(text: str, wanted: str | None) -> None:
    assert [s.requirement for s in extract_skills(text)] == [wanted]


def test_section_decides_without_words() -> None:
    text = "Nice things\nDocker\nTasks\nJava"
    job = Job(Posting(description=text), text=text)
    job.sections = [Section("preferred", "Nice things", 0, 19), Section("requirements", "Tasks", 19, len(text))]
    assert [(s.name, s.requirement) for s in decide(propose(job), job)] == [
        ("Docker", "preferred"),
        ("Java", "required"),
    ]


def test_own_company_is_no_skill() -> None:
    text = "About Databricks\nAt Databricks, we value people. You know Python."
    job = Job(Posting(description=text, company="Databricks"), text=text)
    assert [s.name for s in decide(propose(job), job)] == ["Python"]


def test_title_counts() -> None:
    found = extract_skills("We are a team of ten.", title="Senior Kotlin Developer")
    assert [(s.name, s.spans, s.surfaces) for s in found] == [("Kotlin", [], ["Kotlin"])]


def test_no_duplicates_through_aliases() -> None:
    found = extract_skills("Postgres, PostgreSQL and psql")
    assert [s.name for s in found] == ["PostgreSQL"]
    assert found[0].surfaces == ["Postgres", "PostgreSQL", "psql"]


def test_unknown_only_when_asked() -> None:
    text = "Tech stack: Java, Kubernetes, Quuxbase"
    assert [s.name for s in extract_skills(text)] == ["Java", "Kubernetes"]
    assert [(s.name, s.category) for s in extract_skills(text, unknown=True)][-1] == ("Quuxbase", "unknown")


def test_categories() -> None:
    assert [s.name for s in extract_skills("Java on AWS", categories=["languages"])] == ["Java"]
    with pytest.raises(ValueError, match="unknown categories"):
        extract_skills("Java", categories=["no such"])


def test_whole_taxonomy() -> None:
    taxonomy = default_taxonomy()  # raises where two claim one spelling
    assert len(taxonomy.skills) >= 3000
    assert [s.name for s in taxonomy.skills if not s.url] == []
    assert {s.category for s in taxonomy.skills} <= set(known_categories())
    assert DATA.is_dir()


def test_no_spelling_swallows_another_skill() -> None:
    """ "Git/GitHub" is two skills: no spelling with a slash joins two clear names of different ones."""
    spelled = default_taxonomy().spellings()
    clear = {form: found[0].skill for form, found in spelled.items() if len(found) == 1 and not found[0].ambiguous}
    joined = []
    for form, found in spelled.items():
        parts = form.split("   ")  # as a slash between spaces is folded
        if found[0].slash and len(parts) == 2 and all(p in clear for p in parts):
            one, other = (clear[p] for p in parts)
            if one != other and found[0].skill in (one, other):
                joined.append(form)
    assert joined == ["sap s4   hana"]  # one product


def test_compiled_form_is_the_same() -> None:
    made, again = load(), default_taxonomy()
    packed = Taxonomy.unpack(json.loads(json.dumps(made.pack())))
    for other in (again, packed):
        assert other.skills == made.skills
        assert other.spellings() == made.spellings()


def test_what_a_skill_implies_is_a_skill() -> None:
    taxonomy = default_taxonomy()
    assert [(s.name, x) for s in taxonomy.skills for x in s.implies if x not in taxonomy.by_name] == []
    assert [s.name for s in taxonomy.skills if s.name in s.implies] == []


def unclear() -> list[tuple[Technology, list[str]]]:
    """Each ambiguous technology with its ambiguous spellings."""
    taxonomy, found = default_taxonomy(), dict[int, list[str]]()
    for form, surfaces in taxonomy.spellings().items():
        for s in surfaces:
            if s.ambiguous:
                found.setdefault(s.skill, []).append(s.exact or form)
    skills = taxonomy.skills
    return [(skills[i], spellings) for i, spellings in found.items()]


def test_every_ambiguous_name_counts_in_its_context() -> None:
    missed = []
    for technology, spellings in unclear():
        texts = [
            f"Requirements: experience with {spelling}, {near}."
            for spelling in [technology.name, *spellings, *(s.title() for s in spellings)]
            for near in technology.context or ("Java", "Excel")
        ]
        if not any(technology.name in [s.name for s in extract_skills(text)] for text in texts):
            missed.append((technology.name, spellings))
    assert missed == []


def test_no_ambiguous_name_counts_where_nothing_speaks_for_it() -> None:
    wrong = []
    for technology, spellings in unclear():
        for spelling in spellings:
            for phrase in ("Our neighbours spoke of {} at the summer party.", *technology.never):
                text = phrase.format(spelling) if "{}" in phrase else f"On Sunday {phrase}, and so to bed."
                if technology.name in [s.name for s in extract_skills(text)]:
                    wrong.append((technology.name, text))
    assert wrong == []


def test_own_taxonomy_and_clash(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('category = "libraries"\nskill = [{name = "Zyxgrid", url = "https://example.com"}]')
    taxonomy = load(own)
    assert [s.name for s in extract_skills("Built on Zyxgrid", taxonomy=taxonomy)] == ["Zyxgrid"]
    own.write_text('category = "libraries"\nskill = [{name = "Mine", aliases = ["k8s"], url = "https://example.com"}]')
    with pytest.raises(TaxonomyError, match=r"Kubernetes.*Mine"):
        load(own)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_never_raises_and_spans_slice(text: str) -> None:
    found = extract_skills(text)
    assert found == extract_skills(text)
    for skill in found:
        assert [text[s:e] for s, e in skill.spans] and {text[s:e] for s, e in skill.spans} == set(skill.surfaces)
        json.dumps([skill.name, skill.confidence])
        assert 0 <= skill.confidence <= 1
