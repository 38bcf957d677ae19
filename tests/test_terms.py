"""Short postings in twenty-five languages: policy, office days, employment and years, read together."""

from __future__ import annotations

import pytest
from casefile import cases

from enrich import Enricher

KEYS = {"title", "location_text", "text", "policy", "days", "employment", "years"}


@pytest.fixture(scope="module")
def enricher():
    return Enricher(strict=True)


@pytest.mark.parametrize("case", cases("terms", keys=KEYS))
def test_terms(case, enricher):
    record = {"title": case["title"], "location_text": case["location_text"], "description": case["text"]}
    found = enricher.enrich(record)
    assert (found.remote_policy, found.office_days_per_week, found.employment_type, found.experience_years_min) == (
        case["policy"],
        case["days"],
        case["employment"],
        case["years"],
    )
