"""The language of texts and titles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.job import Job
from enrich.language import decide, detect_language, propose, title_language
from enrich.posting import Posting
from tests.casefile import cases


@pytest.mark.parametrize("case", cases("language", keys={"text", "language"}))
def test_cases(case: dict[str, Any]) -> None:
    assert detect_language(case["text"]).code == case["language"]


def test_title_where_there_is_no_description() -> None:
    job = Job(Posting(title="Bäckereifachverkäuferin (m/w/d) in Teilzeit"))
    assert decide(propose(job), job).code == "de"


def test_title_beside_a_description() -> None:
    assert title_language("Softwareentwickler (m/w/d) Java", "en") == "de"
    assert title_language("12345", "fr") == "fr"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_never_raises(text: str) -> None:
    found = detect_language(text)
    assert (found.code is None) == (found.confidence is None)
    assert found.confidence is None or 0.0 <= found.confidence <= 1.0
