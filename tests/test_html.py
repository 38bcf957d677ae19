"""Any description to clean text: the same by both parsers, in a line's time for a line's length."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import html, lines
from tests.casefile import cases


@pytest.mark.parametrize("parser", html.PARSERS)
@pytest.mark.parametrize("case", cases("html", keys={"html", "text"}))
def test_cases(case: dict[str, Any], parser: str) -> None:
    assert html.strip_html(case["html"], parser=parser) == case["text"]


def test_headings() -> None:
    read = html.read("<h2>One</h2><p><b>Two</b></p><p>three <b>four</b></p>")
    assert {read.text[k:].split("\n")[0]: v for k, v in read.headings.items()} == {
        "One": lines.HEADING,
        "Two": lines.BOLD,
    }


ROOT = Path(__file__).parents[1]


def _descriptions() -> list[str]:
    """Every markup of the sample corpora and the examples."""
    found: list[str] = []

    def look(value: Any) -> None:
        if isinstance(value, str) and "<" in value:
            found.append(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            look(inner)

    for path in [*(ROOT / "examples").glob("*.json"), *(ROOT / "benchmarks" / "corpora").glob("*.jsonl")]:
        text = path.read_text(encoding="utf-8")
        for row in [text] if path.suffix == ".json" else text.split("\n"):
            if row:
                look(json.loads(row))
    return found


def test_parsers_agree_on_the_corpora() -> None:
    descriptions = _descriptions()
    assert len(descriptions) > 5
    for source in descriptions:
        assert html.read(source, parser="lexbor") == html.read(source, parser="soup")


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["p", "div", "ul><li", "b", "span", "section", 'span style="font-weight: bold"'])
    return st.tuples(tags, st.lists(inner, min_size=1)).map(
        lambda x: f"<{x[0]}>{''.join(x[1])}</{_CLOSING.get(x[0], x[0])}>"
    )


_CLOSING = {"ul><li": "li></ul", 'span style="font-weight: bold"': "span"}


@given(st.recursive(st.sampled_from(["a", "b c", "c<br>d", "\ne", "&amp;", "f&nbsp;g", "- h", "<h2>i</h2>"]), _wrapped))
@settings(max_examples=300, deadline=None)
def test_the_way_without_a_tree_gives_the_same_text(source: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        quick = html.strip_html(source)
        patch.setattr(html, "_from_plain", lambda source: None)
        assert quick == html.strip_html(source)


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
