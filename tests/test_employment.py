"""Kinds of employment, and the same words meaning something else."""

from __future__ import annotations

import pytest
from casefile import cases

from enrich import Enricher


@pytest.fixture(scope="module")
def read():
    enricher = Enricher(strict=True)
    return lambda **posting: enricher.enrich(posting)


@pytest.mark.parametrize("case", cases("employment", keys={"title", "text", "expect"}))
def test_cases(case, read):
    assert read(title=case["title"], description=case["text"]).employment_type == case["expect"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("FULL_TIME", "full_time"),
        ("Full-time", "full_time"),
        ("FullTime", "full_time"),
        ("fulltime_permanent", "full_time"),
        ("PART_TIME, CONTRACTOR", "contract"),
        ("CONTRACTOR", "contract"),
        ("Contract", "contract"),
        ("INTERN", "internship"),
        ("Internship", "internship"),
        ("TEMPORARY", "temporary"),
        ("VOLUNTEER", "volunteer"),
        ("Vollzeit", "full_time"),
        ("Temps partiel", "part_time"),
        ("Heltid", "full_time"),
        ("Umowa zlecenie", "contract"),
    ],
)
def test_labels(label, expected, read):
    record = read(title="Cook", employment_type=label)
    assert record.employment_type == expected
    assert not [p for p in record.problems if p.field == "employment_type"]


@pytest.mark.parametrize("label", ["Deel", "Tier 2", "Grade 7", "N/A", "??"])
def test_labels_that_are_none_are_named(label, read):
    record = read(title="Cook", employment_type=label)
    assert record.employment_type is None
    assert any(p.code == "unknown_employment_type" and label in p.message for p in record.problems)


def test_field_counts_before_text(read):
    assert read(title="Cook", employment_type="Part-time", description="Full-time team.").employment_type == "part_time"


def test_both_working_times_the_first_named(read):
    assert read(title="Cook", description="Part-time or full-time, as you like.").employment_type == "part_time"
