"""Titles: noise off, roles, levels, and what must hold of every title."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import seniority
from enrich.job import Job
from enrich.posting import Posting
from enrich.result import Language
from enrich.title import decide, normalize_title, propose
from enrich.title_words import title_case
from gazetteer import titles
from tests.casefile import cases

KEYS = {"title", "language", "clean", "role", "seniority"}


@pytest.mark.parametrize("case", cases("title", keys=KEYS))
def test_cases(case: dict[str, Any]) -> None:
    got = normalize_title(case["title"], language=case.get("language"))
    found = {"clean": got.normalized, "role": got.role, "seniority": got.seniority}
    wanted = {k: case[k] for k in found if k in case}
    assert {k: found[k] for k in wanted} == wanted


BEFORE = ["", "URGENT: ", "Hiring: ", "🔥 ", "Remote "]
AFTER = [
    " (m/w/d)", " - Remote", " (Remote, US)", " - Req #48213", " - 2023-4471", " - Berlin", ", London", " (Full-time)",
    " - $25/hr", " | Night Shift", " - 6 Month Contract", " H/F", " - ASAP!!!", " (all genders)", " - Toronto, ON",
]  # fmt: skip


def noisy() -> list[tuple[str, str]]:
    """500 roles, each with noise around it, always the same."""
    dice = random.Random(8)
    roles = dice.sample([r.name for r in titles.roles() if r.isco08], 500)
    return [(name, dice.choice(BEFORE) + name + "".join(dice.sample(AFTER, 2))) for name in roles]


def test_no_place_and_no_id_is_left_on_generated_noise() -> None:
    left = []
    for _, title in noisy():
        clean = normalize_title(title, language="en").normalized or ""
        if any(x in clean for x in ("48213", "4471", "Berlin", "London", "Toronto", "Remote", "$", "🔥", "m/w/d")):
            left.append((title, clean))
    assert left == []


def test_what_is_left_of_noise_is_the_occupation() -> None:
    wrong = [(t, n) for name, t in noisy() if not (n := normalize_title(t, language="en").normalized)]
    assert wrong == []
    kept = sum(normalize_title(t, language="en").role == name for name, t in noisy())
    assert kept >= 440, f"{kept} of 500 roles found under noise"


def test_cleaning_twice_changes_nothing() -> None:
    changed = []
    for _, title in noisy()[:250]:
        once = normalize_title(title, language="en").normalized
        twice = normalize_title(once or "", language="en").normalized
        if once != twice:
            changed.append((title, once, twice))
    assert changed == []


def test_the_tables() -> None:
    roles = titles.roles()
    assert len({r.name for r in roles}) == len(roles) >= 1500
    assert all(r.isco08 == "" or (len(r.isco08) == 4 and r.isco08.isdigit()) for r in roles if r.isco08 is not None)
    assert len({r.function for r in roles}) >= 25
    nurse = {
        titles.lookup(x, y) for x, y in (("infirmier", "fr"), ("pielęgniarka", "pl"), ("看護師", "ja"), ("אחות", "he"))
    }
    assert [r.name for r in nurse if r] == ["Registered Nurse"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_never_raises_and_is_deterministic(title: str) -> None:
    assert normalize_title(title) == normalize_title(title)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["Senior", "JUNIOR", "Werkstudent", "Head of", "стажёр"]))
def test_spans_slice(noise: str, word: str) -> None:
    title = f"{noise} {word} Engineer"
    level = seniority.in_title(title)
    job = Job(Posting(title=title), language=Language(None, None))
    evidence = propose(job)
    decide(evidence, job)
    assert level is None or 0 <= level.start < level.end <= len(title)
    for item in evidence:
        assert item.start is not None and item.end is not None and 0 <= item.start <= item.end <= len(title)


def test_the_text_names_the_level_where_the_title_does_not() -> None:
    job = Job(Posting(title="Packer"), text="No experience required: we train you.", language=Language("en", None))
    title = decide(propose(job), job)
    assert (title.role, title.seniority) == ("Packer", "entry")


def test_huge_titles_are_linear() -> None:
    for title in ("Engineer " * 100_000, "9" * 1_000_000, "(" * 500_000, "a/" * 400_000, "$1" * 300_000):
        normalize_title(title)


def test_capitals_by_language() -> None:
    assert title_case("leiter der buchhaltung", "de") == "Leiter der buchhaltung"
    assert title_case("CHEF DE PROJET", "fr") == "Chef de Projet"
