"""Does a stated probability come true? Curves from score to probability, fitted and judged on labelled values.

    python -m benchmarks calibrate             error of the present curves, and of refitted ones by cross-validation
    python -m benchmarks calibrate --write     put into ``enrich/calibration.toml`` those that are not worse

Values come from the sample corpora: whole postings (``--corpus`` takes others) and the string tables of a field. Only
values that were given are judged, each with the score that the rules gave it. The tests' case tables are left out:
they are all right by construction.

A curve is the rising one that fits best (pool adjacent violators), over blocks of at least a tenth of the values,
each drawn a little to the field's mean (a prior worth two values, and half a miss: nothing is certain). It is judged by
values it has not seen: they are dealt to five folds by group (employer of a posting, place of a place string, role of a
title), so that near copies stay together. *ECE* is the mean distance between said and measured over bins, weighed by
their values; *Brier* the mean squared error.

A refitted curve is refused when its cross-validated ECE is worse than the present curve's, or its Brier by more than
0.001: the present curve may have seen these very values, the refitted one is judged without them.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks.accuracy import CORPUS, bare, judge, read_corpus
from enrich.confidence import CURVES, along, curves, raw_scores

TARGET = 0.03
FIELDS = ("language", "language_title", "location", "remote", "salary", "skills", "title")
FOLDS = 5
PRIOR = 2.0
UNSEEN = 0.5
NOTHING = 0.1
"""The probability at score 0, where there are next to no values: doubtful ones must not inherit the lowest block's."""
SLACK = 0.001
"""How much worse a Brier score may be: a tenth of what chance makes of it."""
LEAST_SHARE = 0.1
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
JUDGED = {"location": "location", "remote": "remote_policy", "salary": "salary", "title": "role"}
"""Field -> the figure of ``accuracy`` that says whether its value is right."""

Curve = tuple[list[float], list[float]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A value that was given: the rules' score, whether it is right, and what it must not be parted from."""

    score: float
    right: bool
    group: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A field's samples, its present and its refitted curve, and what each says of every sample."""

    field: str
    samples: list[Sample]
    curve: Curve
    before: list[float]
    after: list[float]
    """Of every sample, by a curve that has not seen its group."""

    @property
    def right(self) -> list[bool]:
        return [s.right for s in self.samples]

    @property
    def is_worse(self) -> bool:
        """Whether the present curve is to be kept."""
        one, other = ((brier(x, self.right), ece(x, self.right)) for x in (self.before, self.after))
        return other[0] > one[0] + SLACK or other[1] > one[1]


def samples(corpus: Path = CORPUS) -> dict[str, list[Sample]]:
    """The labelled values of every field, in the order of the corpora."""
    out: dict[str, list[Sample]] = {field: [] for field in FIELDS}
    with raw_scores():
        for field, sample in (*_of_postings(corpus), *_of_places(), *_of_pay(), *_of_titles(), *_of_texts()):
            out[field].append(sample)
    return out


def _of_postings(corpus: Path) -> Iterator[tuple[str, Sample]]:
    from enrich.pipeline import Enricher

    records = read_corpus(corpus)
    postings = ({k: v for k, v in r.items() if k != "truth"} for r in records)
    for record, out in zip(records, Enricher().pipe(postings), strict=True):
        truth, got = record["truth"], out.to_dict()
        group = str(record.get("company") or record["id"])
        right = {figure: ok for figure, ok, _, _ in judge(truth, got) if figure != "skills"}
        given = {
            "location": (got["location"] or {}).get("confidence"),
            "remote": got["remote_policy"] and got["remote_confidence"],
            "salary": got["salary_confidence"],
            "title": (got["title_info"] or {}).get("role") and got["title_info"]["confidence"],
        }
        for field, score in given.items():
            if score is not None and JUDGED[field] in right:
                yield field, Sample(score, right[JUDGED[field]], group)
        if "skills" in truth:
            true = {bare(name) for name in truth["skills"]}
            for skill in got["skills"]:
                yield "skills", Sample(skill["confidence"], bare(skill["name"]) in true, group)
        if "language" in right and got["language"]:
            yield _language_field(got["text"]), Sample(got["language_confidence"], right["language"], group)


def _of_places() -> Iterator[tuple[str, Sample]]:
    from benchmarks.places import rows, same
    from enrich.location import parse_location

    for row in rows():
        found = parse_location(row["text"]).locations
        if found:
            want = (row["places"] or [[None, None, None]])[0]
            got = (found[0].city, found[0].region_code, found[0].country_code)
            right = all(map(same, want, got))
            yield "location", Sample(found[0].confidence or 0.0, right, str(want[0] or want))


def _of_pay() -> Iterator[tuple[str, Sample]]:
    from benchmarks.pay import CORPUS as PAY
    from enrich.job import Job
    from enrich.posting import Posting
    from enrich.salary import decide, propose

    for row in read_lines(PAY):
        job = Job(Posting(description=row["text"], country_hint=row.get("country")), text=row["text"])
        pay = decide(propose(job), job)
        if pay.confidence is not None:
            want = row["want"]
            right = want is not None and [pay.min, pay.max, pay.currency] == want[:3]
            yield "salary", Sample(pay.confidence, right and want[3] in (None, pay.period), row["text"])


def _of_titles() -> Iterator[tuple[str, Sample]]:
    from benchmarks.titles import CORPUS as TITLES
    from benchmarks.titles import same
    from enrich.title import normalize_title

    for row in read_lines(TITLES):
        got = normalize_title(row["title"], language=row["language"])
        if got.role and got.confidence is not None:
            yield "title", Sample(got.confidence, same(got.role, row["role"]), str(row["role"]))


def _of_texts() -> Iterator[tuple[str, Sample]]:
    from benchmarks.language import CORPUS as TEXTS
    from enrich.language import detect_language

    for row in read_lines(TEXTS):
        got = detect_language(row["text"])
        if got.code and got.confidence is not None:
            field = _language_field(row["text"])
            yield field, Sample(got.confidence, got.code == row["language"], row["text"])


def _language_field(text: str) -> str:
    from enrich.language import SHORT

    return "language" if sum(map(str.isalpha, text)) >= SHORT else "language_title"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a string table."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def fit_curve(some: Iterable[Sample]) -> Curve:
    """The rising curve that fits best, as scores and probabilities.

    >>> fit_curve([Sample(0.2, i < 5, "") for i in range(10)] + [Sample(0.9, i > 0, "") for i in range(10)])
    ([0.0, 0.2, 0.9], [0.1, 0.512, 0.832])
    """
    ordered = sorted(some, key=lambda s: s.score)
    mean = sum(s.right for s in ordered) / len(ordered)
    least = max(10.0, LEAST_SHARE * len(ordered))
    blocks: list[list[float]] = []  # sum of scores, right ones, count
    for _, equal in groupby(ordered, key=lambda s: s.score):
        same = list(equal)
        block = [sum(s.score for s in same), float(sum(s.right for s in same)), float(len(same))]
        if blocks and blocks[-1][2] < least:
            block = _joined(blocks.pop(), block)
        blocks.append(block)
    if len(blocks) > 1 and blocks[-1][2] < least:
        blocks.append(_joined(blocks.pop(), blocks.pop()))
    rising: list[list[float]] = []
    for block in blocks:
        while rising and rising[-1][1] / rising[-1][2] >= block[1] / block[2]:
            block = _joined(rising.pop(), block)
        rising.append(block)
    xs = [round(total / count, 3) for total, _, count in rising]
    ys = [round((hits + PRIOR * mean) / (count + PRIOR + UNSEEN), 3) for _, hits, count in rising]
    first = round(ordered[int(rising[0][2]) // 4].score, 3)  # flat from the lowest block's first quarter
    if first < xs[0]:
        xs, ys = [first, *xs], [ys[0], *ys]
    return ([0.0, *xs], [min(NOTHING, ys[0]), *ys]) if xs[0] > 0 else (xs, ys)


def _joined(a: list[float], b: list[float]) -> list[float]:
    return [x + y for x, y in zip(a, b, strict=True)]


def cross_validated(some: list[Sample]) -> list[float]:
    """What each sample's probability is by a curve fitted without its fold."""
    folds = [crc32(s.group.encode()) % FOLDS for s in some]
    out = [0.0] * len(some)
    for fold in range(FOLDS):
        curve = fit_curve(s for s, f in zip(some, folds, strict=True) if f != fold)
        for i, s in enumerate(some):
            if folds[i] == fold:
                out[i] = along(*curve, s.score)
    return out


def brier(said: list[float], right: list[bool]) -> float:
    """Mean squared distance of what was said from what came."""
    return sum((p - ok) ** 2 for p, ok in zip(said, right, strict=True)) / len(said)


def bins(said: list[float], right: list[bool]) -> list[tuple[float, float, int, float, float]]:
    """(from, to, values, mean said, share right) of each bin that holds any."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for p, ok in zip(said, right, strict=True):
        parts.setdefault(bisect_right(EDGES, p) - 1, []).append((p, ok))
    out = []
    for i, (low, high) in enumerate(pairwise(EDGES)):
        if part := parts.get(i):
            n = len(part)
            out.append((low, min(high, 1.0), n, sum(p for p, _ in part) / n, sum(ok for _, ok in part) / n))
    return out


def ece(said: list[float], right: list[bool]) -> float:
    """Expected calibration error over the bins."""
    return sum(n * abs(p - share) for _, _, n, p, share in bins(said, right)) / len(said)


def fit(field: str, some: list[Sample]) -> Fit:
    """The present curve's and the refitted curve's word on the samples."""
    present = curves().get(field, ([0.0, 1.0], [0.0, 1.0]))
    before = [along(*present, s.score) for s in some]
    return Fit(field, some, fit_curve(some), before, cross_validated(some))


def write(fits: list[Fit], path: Path = CURVES) -> None:
    """Put the curves into their tables of ``calibration.toml``; all else stays, comments of other tables too."""
    text = path.read_text(encoding="utf-8")
    for f in fits:
        xs, ys = f.curve
        table = (
            f"[{f.field}]  # fitted on {len(f.samples):,} labelled values; cross-validated: "
            f"ECE {ece(f.after, f.right):.3f}, Brier {brier(f.after, f.right):.3f}\n"
            f"score       = {xs}\nprobability = {ys}\n"
        )
        old = re.compile(rf"^\[{f.field}\].*\nscore +=.*\nprobability +=.*\n", re.MULTILINE)
        text = old.sub(table, text) if old.search(text) else f"{text.rstrip()}\n\n{table}"
    path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Print each field's errors and reliability; with ``--write``, 1 when every curve was refused."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks calibrate", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="postings, beside the string tables")
    parser.add_argument("--field", action="append", choices=FIELDS, help="only these")
    parser.add_argument("--write", action="store_true", help="keep the curves that are not worse")
    options = parser.parse_args(arguments)
    every = samples(options.corpus)
    fits = [fit(field, every[field]) for field in options.field or FIELDS if len(every[field]) >= 2 * FOLDS]
    print(f"{'':<16}{'values':>7}{'right':>7}{'ECE now':>9}{'refitted':>10}{'Brier now':>11}{'refitted':>10}")
    for f in fits:
        share = sum(f.right) / len(f.samples)
        print(f"{f.field:<16}{len(f.samples):7d}{share:7.3f}{ece(f.before, f.right):9.3f}{ece(f.after, f.right):10.3f}"
              f"{brier(f.before, f.right):11.4f}{brier(f.after, f.right):10.4f}"
              f"  {'refused' if f.is_worse else 'not worse'}")  # fmt: skip
    for f in fits:
        print(f"\n{f.field}: present curve{'':<13}refitted, cross-validated")
        one, other = ([f"{low:.2f}-{high:.2f}{n:5d}{p:7.3f}{share:7.3f}" for low, high, n, p, share in bins(x, f.right)]
                      for x in (f.before, f.after))  # fmt: skip
        for i in range(max(len(one), len(other))):
            print(f"  {one[i] if i < len(one) else '':<32}{other[i] if i < len(other) else ''}")
    if not options.write:
        return 0
    good = [f for f in fits if not f.is_worse]
    write(good)
    print(f"\nwritten: {', '.join(f.field for f in good) or 'none'}")
    return 0 if good else 1
