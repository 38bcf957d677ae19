"""HTML to text: what must hold, checked for this library and its peers, and the time of each on one long description.

    python -m benchmarks.html_checks

A peer that is not installed is named as missing. At the end: the time beside that of lexbor's own ``text()``, parsing
and all, on the example posting and on the descriptions with markup of ``corpora/postings.jsonl``, taken in turns.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

Strip = Callable[[str], str]

CHECKS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "list items apart": ("<ul><li>Docker</li><li>AWS</li></ul>", lambda t: "DockerAWS" not in t and "AWS" in t),
    "blocks apart": ("<div>one</div><p>two</p>", lambda t: "onetwo" not in t and "two" in t),
    "cells apart": ("<table><tr><td>Pay</td><td>50</td></tr></table>", lambda t: "Pay50" not in t and "50" in t),
    "br is a line": ("<p>one<br>two</p>", lambda t: "one\ntwo" in t.replace(" ", "")),
    "word kept whole": ("<p>Ja<b>va</b> daily</p>", lambda t: "Java daily" in t),
    "bold stays in line": ('<p>named "<b>Best Place</b>" twice</p>', lambda t: 'named "Best Place" twice' in t),
    "entities": ("<p>R&amp;D &eacute;t&eacute;</p>", lambda t: "R&D été" in t),
    "double escaping": ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", lambda t: "<p>" not in t and "one" in t),
    "script dropped": ("<p>a</p><script>evil()</script><p>b</p>", lambda t: "evil" not in t and "b" in t),
    "style dropped": ("<style>p{x:y}</style><p>b</p>", lambda t: "x:y" not in t and "b" in t),
    "hidden dropped": ('<p>a</p><p style="display:none">evil</p>', lambda t: "evil" not in t and "a" in t),
    "comment dropped": ("<p>a<!-- evil --></p>", lambda t: "evil" not in t and "a" in t),
    "zero width": ("<p>Post\u200bgres</p>", lambda t: "Postgres" in t),
    "mojibake": ("<p>It\u00e2\u20ac\u2122s</p>", lambda t: "It’s" in t),
}


def ours() -> Strip:
    from enrich.html import strip_html

    return strip_html


def lexbor() -> Strip:
    from selectolax.lexbor import LexborHTMLParser

    return lambda source: LexborHTMLParser(source).text(separator="\n") or ""


def soup() -> Strip:
    from bs4 import BeautifulSoup

    return lambda source: BeautifulSoup(source, "html.parser").get_text()


def inscriptis() -> Strip:
    from inscriptis import get_text  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return lambda source: str(get_text(source))


def html_text() -> Strip:
    from html_text import extract_text  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return lambda source: str(extract_text(source))


def trafilatura() -> Strip:
    from trafilatura import extract  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return lambda source: extract(f"<html><body>{source}</body></html>", favor_recall=True) or ""


PEERS: dict[str, Callable[[], Strip]] = {
    "enrich": ours,
    "selectolax text()": lexbor,
    "BeautifulSoup get_text": soup,
    "inscriptis": inscriptis,
    "html-text": html_text,
    "trafilatura": trafilatura,
}


def long_description() -> str:
    """About 12 kB of markup as an editor of a board writes it."""
    part = (
        '<p><span style="font-size: 12pt"><b>Your tasks</b></span><br></p>\n<p>You bake bread &amp; rolls for the '
        "of our town, from rye, wheat and spelt, every morning but Sunday.</p>\n<ul>"
        + "<li>Knead the dough by hand, as our grandmothers did, and let it rest</li>\n" * 6
        + "</ul>\n"
    )
    return part * 19


def times_of_lexbor(source: str, runs: int = 15) -> tuple[float, float]:
    """(milliseconds, how many times as long as lexbor's ``text()``): medians of runs taken in turns."""
    strip, text = ours(), lexbor()
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for call, times in zip((strip, text), took, strict=True):
            began = time.perf_counter()
            call(source)
            times.append(time.perf_counter() - began)
    mine, other = map(statistics.median, took)
    return 1000 * mine, mine / other


def beside_lexbor() -> None:
    """Prints the time beside lexbor's on the example posting, and the median over the descriptions with markup."""
    here = Path(__file__).parent
    example = json.loads((here.parent / "examples" / "bamboohr.json").read_text(encoding="utf-8"))
    from enrich.posting import read

    took, ratio = times_of_lexbor(read(example).description, 201)
    print(f"\nbamboohr.json: {took:.3f} ms, {ratio:.2f} times lexbor's text()")
    lines = (here / "corpora" / "postings.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [text for text in (json.loads(line).get("description") or "" for line in lines) if "</" in text]
    ratios = sorted(times_of_lexbor(text)[1] for text in texts)
    print(f"{len(ratios)} postings: median {statistics.median(ratios):.2f} times, at most {ratios[-1]:.2f}")


def main(arguments: list[str] | None = None) -> None:
    source = long_description()
    print("| tool | " + " | ".join(CHECKS) + " | right | ms for 12 kB |\n|---|" + "---|" * (len(CHECKS) + 2))
    for name, make in PEERS.items():
        try:
            strip = make()
        except ImportError as error:
            print(f"| {name} | missing: {error} |")
            continue
        right = []
        for markup, holds in CHECKS.values():
            try:
                right.append(holds(strip(markup)))
            except Exception:  # a peer that raises has no text
                right.append(False)
        times = []
        for _ in range(15):
            began = time.perf_counter()
            strip(source)
            times.append(time.perf_counter() - began)
        cells = ["yes" if x else "NO" for x in right] + [f"{sum(right)}/{len(right)}", f"{1000 * min(times):.3f}"]
        print(f"| {name} | {' | '.join(cells)} |")
    beside_lexbor()


if __name__ == "__main__":
    main()
