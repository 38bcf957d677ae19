"""Any description to clean text: the same by both parsers, in a line's time for a line's length."""

from __future__ import annotations

import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import html
from tests.casefile import cases


@pytest.mark.parametrize("parser", html.PARSERS)
@pytest.mark.parametrize("case", cases("html", keys={"html", "text"}))
def test_cases(case: dict[str, Any], parser: str) -> None:
    assert html.strip_html(case["html"], parser=parser) == case["text"]


def test_headings() -> None:
    read = html.read("<h2>One</h2><p><b>Two</b></p><p>three <b>four</b></p>")
    assert {read.text[k:].split("\n")[0]: v for k, v in read.headings.items()} == {
        "One": html.HEADING,
        "Two": html.BOLD,
    }


def test_unknown_parser() -> None:
    with pytest.raises(ValueError, match="choose one of"):
        html.strip_html("x", parser="regex")


MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<li>", "<b>", "</b>", "<br>", "&lt;p&gt;", "<!--", "**", "\n# ", "\x01", "<td>"])
    | st.text(max_size=8)
).map("".join)


@given(MARKUP)
@settings(max_examples=300, deadline=None)
def test_never_raises_and_is_tidy(source: str) -> None:
    text = html.strip_html(source.encode("utf-8", "replace").decode())
    assert unicodedata.is_normalized("NFC", text)
    assert not any(line != line.strip() for line in text.split("\n"))
    assert "\n\n\n" not in text


@pytest.mark.parametrize("tag", ["div", "b", "p", "ul", "span", "p hidden", "svg", "table"])
@pytest.mark.parametrize("parser", html.PARSERS)
def test_deep_nesting(tag: str, parser: str) -> None:
    began = time.perf_counter()
    html.strip_html(f"<{tag}>" * 100_000 + "end", parser=parser)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("piece", ["**", "[", "a*", "<!--", "## ", "&lt;p", "<p ", "__", "1", '"<p a="'])
def test_no_input_is_slow(piece: str) -> None:
    began = time.perf_counter()
    html.strip_html(piece * 200_000)
    assert time.perf_counter() - began < 5
