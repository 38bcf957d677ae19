"""Headings and what they are about, in many languages; the sections cover the text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import html, sections
from tests.casefile import cases


@pytest.mark.parametrize("case", cases("sections", keys={"html", "kinds"}))
def test_cases(case: dict[str, Any]) -> None:
    found = sections.split(html.read(case["html"]))
    assert [s.kind for s in found] == case["kinds"]


def test_vocabulary_kinds_are_known() -> None:
    from gazetteer.tables import load_toml

    for language, table in load_toml(sections.VOCABULARY).items():
        if language == "_inline":
            continue
        assert set(table) <= {*sections.KINDS, "_legal_text"}


@given(
    st.lists(
        st.sampled_from(["Requirements:", "- x", "", "WE OFFER", "text. More text", "İİ privacy policy"])
        | st.text(max_size=20)
    )
)
@settings(max_examples=200, deadline=None)
def test_covers_without_gaps(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = sections.split(text)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(s.kind in sections.KINDS for s in found)


@pytest.mark.parametrize(
    "part", ["About us We bake. Requirements: x, equal opportunity employer. ", "equal opportunity employer "]
)
def test_one_long_line_takes_time_with_its_length(part: str) -> None:
    began = time.perf_counter()
    sections.split(part * (1_000_000 // len(part)))
    assert time.perf_counter() - began < 5  # a hundred times as long where each place looks at all others
