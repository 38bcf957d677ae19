"""Years of experience, and years of everything else."""

from __future__ import annotations

import pytest
from casefile import cases
from hypothesis import given
from hypothesis import strategies as st

from enrich import Enricher
from enrich.experience import experience_years


@pytest.mark.parametrize("case", cases("experience", keys={"text", "language", "expect"}))
def test_cases(case):
    assert experience_years(case["text"]) == case["expect"]


def test_preferred_years_are_not_required():
    text = "<h3>Nice to have</h3><ul><li>5 years of experience with Kafka</li></ul>"
    assert Enricher(strict=True).enrich({"title": "Engineer", "description": text}).experience_years_min is None


def test_structured_months_count_first():
    record = {"@type": "JobPosting", "title": "Cook", "experienceRequirements": {"monthsOfExperience": 18}}
    record["description"] = "<p>At least 5 years of experience.</p>"
    assert Enricher(strict=True).enrich(record).experience_years_min == 1.5


@given(st.text(max_size=300))
def test_any_text(text):
    found = experience_years(text)
    assert found is None or 0 <= found <= 20


@pytest.mark.parametrize("text", ["1" * 200_000, "years " * 50_000, "5 " * 100_000, "3-" * 100_000 + "years"])
def test_hostile(text):
    experience_years(text)
