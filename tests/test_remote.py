"""Where the work is done: statements of every kind in many languages, and the same words meaning something else."""

from __future__ import annotations

import pytest
from casefile import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import Enricher
from enrich.job import Job
from enrich.posting import Posting
from enrich.remote import decide, declared, infer_remote, propose
from enrich.remote_scope import structured_scope


@pytest.fixture(scope="module")
def read():
    enricher = Enricher(strict=True)
    return lambda **posting: enricher.enrich(posting)


@pytest.mark.parametrize("case", cases("remote", keys={"text", "policy", "days"}))
def test_cases(case):
    found = infer_remote(case["text"])
    assert found.policy == case["policy"]
    if "days" in case:
        assert found.office_days_per_week == case["days"]


def test_tables_are_large_enough():
    assert len(cases("remote", "stated", keys={"text", "policy", "days"})) >= 400
    assert len(cases("remote", "negative", keys={"text", "policy"})) >= 200


@pytest.mark.parametrize(
    ("label", "policy"),
    [
        ("remote", "remote"),
        ("TELECOMMUTE", "remote"),
        ("Fully Remote", "remote"),
        ("On-site", "onsite"),
        ("ON_SITE", "onsite"),
        ("onsite", "onsite"),
        ("In office", "onsite"),
        ("Hybrid", "hybrid"),
        ("Hybrid Remote", "hybrid"),
        ("híbrido", "hybrid"),
        ("Télétravail", "remote"),
        ("unspecified", None),
        ("", None),
    ],
)
def test_declared(label, policy):
    assert declared(label) == policy


@pytest.mark.parametrize(
    ("posting", "policy", "scope"),
    [
        ({"title": "Gardener", "location_text": "Remote - Canada"}, "remote", ["CA"]),
        ({"title": "Editor (Remote, Germany)"}, "remote", ["DE"]),
        (
            {"title": "Editor", "description": "A remote position for candidates based in Spain."},
            "remote",
            ["ES"],
        ),
        ({"title": "Editor", "description": "Fully remote within France or Belgium."}, "remote", ["FR", "BE"]),
        ({"title": "Editor", "description": "This role is remote anywhere in Texas."}, "remote", ["US"]),
        ({"title": "Editor", "description": "Work from anywhere in the world."}, "remote", ["worldwide"]),
        ({"title": "Editor", "location_text": "Remote - Americas"}, "remote", ["NA", "LATAM"]),
        ({"title": "Editor", "description": "Fully remote from anywhere in South America."}, "remote", ["LATAM"]),
        ({"title": "Editor", "description": "Remote role; must reside on the East Coast."}, "remote", ["US"]),
        ({"title": "Redakteur", "description": "Homeoffice zu 100 % innerhalb Deutschlands."}, "remote", ["DE"]),
        (
            {"title": "Tester", "description": "Praca w 100% zdalna z dowolnego miejsca w Polsce."},
            "remote",
            ["PL"],
        ),
        ({"title": "Kehittäjä", "description": "Täysin etätyö, asut Suomessa."}, "remote", ["FI"]),
        ({"title": "Editor", "description": "Fully remote. We have customers on the West Coast."}, "remote", []),
        ({"title": "Editor", "description": "We are a fully remote company."}, "remote", []),
        ({"title": "Editor", "description": "Fully remote. We have offices in Japan."}, "remote", []),
        ({"title": "Editor", "description": "Hybrid role in France."}, "hybrid", []),
    ],
)
def test_scope(read, posting, policy, scope):
    record = read(**posting)
    assert (record.remote_policy, record.remote_scope) == (policy, scope)


def test_text_that_counts_office_days_outweighs_a_remote_title():
    found = infer_remote("Two days a week in the office are required.", title="Remote Editor", location="Remote")
    assert (found.policy, found.office_days_per_week) == ("hybrid", 2.0)


def test_an_office_in_the_benefits_leaves_a_remote_job_remote():
    text = "A full-time remote opportunity for candidates based in Austria.\nBenefits\nA desk in our Vienna office."
    found = infer_remote(text)
    assert (found.policy, found.scope) == ("remote", ["AT"])


def test_a_conflict_is_named_with_both_sides(read):
    record = read(title="Editor", workplace_type="Remote", description="This is not a remote position.")
    problem = next(p for p in record.problems if p.code == "workplace_conflict")
    assert record.workplace_type == "remote"
    assert "declares remote" in problem.message
    assert "onsite" in problem.message


def test_agreement_is_no_conflict(read):
    record = read(title="Editor", workplace_type="hybrid", description="Hybrid working, 2 days a week in the office.")
    assert not [p for p in record.problems if p.code == "workplace_conflict"]
    assert record.workplace_type == record.remote_policy == "hybrid"


def test_occupation_bound_to_its_place(read):
    assert read(title="Forklift Driver", location_text="Bremen").remote_policy == "onsite"
    assert read(title="Accountant", location_text="Bremen").remote_policy is None


def test_addresses_on_the_web_say_nothing():
    assert infer_remote("Apply at https://jobs.example.org/remote-jobs/editor-remote today.").policy is None


def test_structured_scope():
    assert structured_scope(["Germany", "US", "EMEA", "nowhere at all"]) == ["DE", "US", "EMEA"]


WORDS = ["remote", "hybrid", "on-site", "office", "2 days", "a week", "in", "not", "no", "from home", "Homeoffice"]
WORDS += ["kein", "リモート", ".", ",", "\n", "(", ")", "Germany", "İ", "ß"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.text(max_size=60))
def test_never_raises_spans_slice_and_answers_repeat(text, title):
    job = Job(Posting(title=title, description=text), text=text)
    evidence = propose(job)
    found = decide(evidence, job)
    for one in evidence:
        if one.start is not None and one.end is not None:
            source = text if one.source == "description" else title
            assert 0 <= one.start < one.end <= len(source)
    assert found == infer_remote(text, title=title)
    assert found.policy in ("remote", "hybrid", "onsite", None)
    assert (found.confidence is None) == (found.policy is None)


@pytest.mark.parametrize("text", ["remote " * 50_000, "1" * 1_000_000 + " days in the office", "office day " * 50_000])
def test_long_texts_take_bounded_time(text):
    infer_remote(text)
