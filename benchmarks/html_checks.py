"""HTML to text: what must hold, checked for this library and its peers, and the time of each on one long description.

    python -m benchmarks.html_checks

A peer that is not installed is named as missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

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

    return lambda source: LexborHTMLParser(source).text() or ""


def soup() -> Strip:
    from bs4 import BeautifulSoup

    return lambda source: BeautifulSoup(source, "html.parser").get_text()


def inscriptis() -> Strip:
    from inscriptis import get_text  # type: ignore[import-not-found,unused-ignore]

    return lambda source: str(get_text(source))


def html_text() -> Strip:
    from html_text import extract_text  # type: ignore[import-not-found,unused-ignore]

    return lambda source: str(extract_text(source))


def trafilatura() -> Strip:
    from trafilatura import extract  # type: ignore[import-not-found,unused-ignore]

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


def main() -> None:
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


if __name__ == "__main__":
    main()
