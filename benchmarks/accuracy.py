"""How often each field is right on labelled postings: ``benchmarks/corpora/postings.jsonl``, or ``--corpus PATH``.

A corpus is JSON Lines: a posting's keys, and ``truth`` with those of the output contract that its reader states (see
``benchmarks/corpora/README.md``). A key that is absent is not scored; one that is null means that the posting does not
tell, so any value given is a mistake. Names of places are compared without accents and case, titles without case,
skills and work places one by one as sets, everything else as a whole.

Three figures a field: accuracy (right, null counting as an answer), precision (right among the values given) and recall
(right among the values that the posting holds), with F1 of these two. Intervals are bootstrapped over records.
"""

from __future__ import annotations

import argparse
import json
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpora" / "postings.jsonl"
WHOLE = (
    "language",
    "remote_policy",
    "office_days_per_week",
    "normalized_title",
    "seniority",
    "employment_type",
    "experience_years_min",
)
PAY = ("salary_min", "salary_max", "salary_currency", "salary_period")
PLACE = ("city", "region", "country_code")
SETS = ("locations", "skills")
"""Figures judged item by item: F1 is their headline, accuracy says little."""
CONFUSED = ("remote_policy", "seniority", "employment_type")
OVERVIEW = (
    "location",
    "locations",
    "remote_policy",
    "salary",
    "normalized_title",
    "role",
    "seniority",
    "employment_type",
    "experience_years_min",
    "skills",
)
"""The columns of ``--by``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One value judged: what the library said and what is true; ``None`` (or ``False`` in a set) is "not told"."""

    figure: str
    record: str
    said: Any
    true: Any
    right: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a figure: values judged, right ones, and how many were said, were true, and were both."""

    judged: int = 0
    right: int = 0
    said: int = 0
    true: int = 0
    hit: int = 0

    @property
    def accuracy(self) -> float:
        """Right ones among all judged, null being an answer as well."""
        return self.right / self.judged if self.judged else 1.0

    @property
    def precision(self) -> float:
        """Right ones among the values that were said."""
        return self.hit / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Right ones among the values that the postings hold."""
        return self.hit / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / (self.said + self.true) if self.said + self.true else 1.0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.judged + other.judged,
            self.right + other.right,
            self.said + other.said,
            self.true + other.true,
            self.hit + other.hit,
        )

    def headline(self, figure: str) -> float:
        """F1 where items of a set are judged, else accuracy."""
        return self.f1 if figure in SETS else self.accuracy


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """The corpus's records; each must have an ``id`` of its own and a ``truth``.

    Raises:
        ValueError: a record without one of them, or an id twice.
    """
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    twice = [i for i, n in Counter(r.get("id") for r in records).items() if n > 1 or i is None]
    if twice or not all(isinstance(r.get("truth"), dict) for r in records):
        raise ValueError(f"{path}: every record needs a truth and an id of its own (look at {twice[:5]})")
    return records


def judge(truth: dict[str, Any], got: dict[str, Any]) -> Iterator[tuple[str, bool, Any, Any]]:
    """(figure, right, what was said, what is true) for each figure that the truth states."""
    for key in WHOLE:
        if key in truth:
            yield key, _fold(got[key]) == _fold(truth[key]), got[key], truth[key]
    if "role" in truth:
        role = (got["title_info"] or {}).get("role")
        yield "role", _fold(role) == _fold(truth["role"]), role, truth["role"]
    if "remote_scope" in truth:
        said, true = sorted(got["remote_scope"] or []), sorted(truth["remote_scope"] or [])
        yield "remote_scope", said == true, said or None, true or None
    if "location" in truth:
        want, have = _place(truth["location"]), _place(got["location"])
        yield "location", [*map(bare, have)] == [*map(bare, want)], _told(have), _told(want)
        for key, mine, theirs in zip(PLACE, have, want, strict=True):
            yield f"location.{key}", bare(mine) == bare(theirs), mine, theirs
    if "locations" in truth:
        yield from _judge_set("locations", map(_place, got["locations"] or []), map(_place, truth["locations"] or []))
    if any(key in truth for key in PAY):
        pay, true_pay = ([x.get(key) for key in PAY] for x in (got, truth))
        yield "salary", pay == true_pay, _told(pay), _told(true_pay)
    if "skills" in truth:
        yield from _judge_set("skills", (s["name"] for s in got["skills"]), truth["skills"])


def score(records: list[dict[str, Any]]) -> list[Verdict]:
    """Every value of every record judged, in order."""
    from enrich.pipeline import Enricher

    postings = ({k: v for k, v in r.items() if k != "truth"} for r in records)
    return [
        Verdict(figure, record["id"], said, true, right)
        for record, out in zip(records, Enricher().pipe(postings), strict=True)
        for figure, right, said, true in judge(record["truth"], out.to_dict())
    ]


def figures(verdicts: Iterable[Verdict]) -> dict[str, dict[str, Figures]]:
    """Counts by figure, then by record."""
    out: dict[str, dict[str, Figures]] = defaultdict(dict)
    for v in verdicts:
        said, true = _is_told(v.said), _is_told(v.true)
        one = Figures(1, int(v.right), int(said), int(true), int(v.right and said and true))
        out[v.figure][v.record] = out[v.figure].get(v.record, Figures()) + one
    return out


def total(counts: Iterable[Figures]) -> Figures:
    """The counts of several records together."""
    return sum(counts, Figures())


def interval(figure: str, counts: list[Figures], *, rounds: int = 300, seed: int = 7) -> tuple[float, float]:
    """95 % interval of the headline figure, bootstrapped over records."""
    rng = random.Random(seed)
    rows = [(c.said + c.true, 2 * c.hit) if figure in SETS else (c.judged, c.right) for c in counts]
    shares = []
    for _ in range(rounds):
        picked = rng.choices(rows, k=len(rows))
        below = sum(n for n, _ in picked)
        shares.append(sum(k for _, k in picked) / below if below else 1.0)
    shares.sort()
    return shares[int(0.025 * rounds)], shares[int(0.975 * rounds) - 1]


def source_of(record: dict[str, Any]) -> str:
    """Where a record came from: its ``source`` or ``provider``, else the payload's shape, else the form of its text."""
    from enrich.sources import recognise

    named = record.get("source") or record.get("provider")
    if isinstance(named, str):
        return named
    reader = recognise({k: v for k, v in record.items() if k != "truth"})
    if reader is not None:
        return reader.__module__.rsplit(".", 1)[-1]
    text = str(record.get("description") or "")
    return "html" if "</" in text else "escaped html" if "&lt;/" in text else "text"


def groups(records: list[dict[str, Any]], by: str) -> dict[str, str]:
    """Each record's group: its true ``language``, the true ``country`` of its first place, or its ``source``."""
    if by == "source":
        return {r["id"]: source_of(r) for r in records}
    if by == "country":
        return {r["id"]: (r["truth"].get("location") or {}).get("country_code") or "none" for r in records}
    return {r["id"]: r["truth"].get("language") or "none" for r in records}


def by_group(counts: dict[str, dict[str, Figures]], group: dict[str, str]) -> dict[str, dict[str, Figures]]:
    """Counts by group, then by figure; the biggest group first."""
    size = Counter(group.values())
    return {
        name: {f: total(c for i, c in each.items() if group[i] == name) for f, each in counts.items()}
        for name, _ in sorted(size.items(), key=lambda x: (-x[1], x[0]))
    }


def confusion(verdicts: Iterable[Verdict], figure: str) -> dict[str, Counter[str]]:
    """What was said, counted, for each true value; "null" stands for not told."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for v in verdicts:
        if v.figure == figure:
            table[str(v.true or "null")][str(v.said or "null")] += 1
    return dict(table)


def right_by_record(verdicts: Iterable[Verdict]) -> dict[str, dict[str, bool]]:
    """For each record, whether all of a figure is right: what ``--write`` keeps and ``--against`` compares."""
    out: dict[str, dict[str, bool]] = defaultdict(dict)
    for v in verdicts:
        out[v.record][v.figure] = out[v.record].get(v.figure, True) and v.right
    return dict(out)


def main(arguments: list[str]) -> int:
    """Score and print a row a figure; the options look closer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks accuracy", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--by", choices=("language", "country", "source"), action="append", default=[])
    parser.add_argument("--confusion", metavar="FIGURE", nargs="*", help=f"by default {', '.join(CONFUSED)}")
    parser.add_argument("--misses", metavar="FIGURE", help="print every miss of the figures whose name holds this")
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the answers for a later --against")
    parser.add_argument("--against", type=Path, metavar="FILE", help="which records got better or worse since then")
    options = parser.parse_args(arguments)
    records = read_corpus(options.corpus)
    verdicts = score(records)
    counts = figures(verdicts)
    _print_figures(counts, len(records))
    for by in options.by:
        _print_groups(counts, groups(records, by), by)
    if options.confusion is not None:
        for figure in options.confusion or CONFUSED:
            _print_confusion(confusion(verdicts, figure), figure)
    if options.misses is not None:
        for v in verdicts:
            if not v.right and options.misses in v.figure:
                print(f"{v.figure}\t{v.record}\tsaid {v.said!r}\ttrue {v.true!r}")
    now = right_by_record(verdicts)
    if options.against:
        _print_changes(json.loads(options.against.read_text(encoding="utf-8")), now)
    if options.write:
        options.write.write_text(json.dumps(now, indent=0), encoding="utf-8")
    return 0


def _print_figures(counts: dict[str, dict[str, Figures]], records: int) -> None:
    print(f"{records} postings\n{'':<24}{'accuracy':>9}{'precision':>10}{'recall':>8}{'F1':>7}   95 % of the headline")
    for figure, each in counts.items():
        f, (low, high) = total(each.values()), interval(figure, list(each.values()))
        numbers = f"{f.accuracy:9.3f}{f.precision:10.3f}{f.recall:8.3f}{f.f1:7.3f}"
        headline = "F1" if figure in SETS else "accuracy"
        print(f"{figure:<24}{numbers}   {headline} [{low:.3f}, {high:.3f}] of {f.judged}")


def _print_groups(counts: dict[str, dict[str, Figures]], group: dict[str, str], by: str) -> None:
    size = Counter(group.values())
    print(f"\n{by:<16}{'n':>5}" + "".join(f"{name[:10]:>11}" for name in OVERVIEW))
    for name, each in by_group(counts, group).items():
        cells = (each.get(figure, Figures()) for figure in OVERVIEW)
        shown = (f"{c.headline(f):11.2f}" if c.judged else f"{'-':>11}" for f, c in zip(OVERVIEW, cells, strict=True))
        print(f"{name:<16}{size[name]:>5}" + "".join(shown))


def _print_confusion(table: dict[str, Counter[str]], figure: str) -> None:
    said = sorted({s for row in table.values() for s in row})
    print(f"\n{figure}: true down, said across\n{'':<16}" + "".join(f"{s[:13]:>14}" for s in said))
    for true in sorted(table):
        print(f"{true:<16}" + "".join(f"{table[true][s] or '.':>14}" for s in said))


def _print_changes(before: dict[str, dict[str, bool]], now: dict[str, dict[str, bool]]) -> None:
    for identity, mine in now.items():
        for figure, right in mine.items():
            was = before.get(identity, {}).get(figure)
            if was is not None and was != right:
                print(f"{'better' if right else 'worse'}\t{figure}\t{identity}")


def _judge_set(figure: str, said: Iterable[Any], true: Iterable[Any]) -> Iterator[tuple[str, bool, Any, Any]]:
    """One verdict an item; an empty set rightly found empty is one as well."""
    have, want = ({bare(x): x for x in items} for items in (said, true))
    if not have and not want:
        yield figure, True, None, None
    for key in sorted(have | want, key=str):
        yield figure, key in have and key in want, have.get(key, False), want.get(key, False)


def _place(place: dict[str, Any] | None) -> tuple[Any, ...]:
    return tuple((place or {}).get(key) for key in PLACE)


def _told(values: Iterable[Any]) -> tuple[Any, ...] | None:
    found = tuple(values)
    return found if any(x is not None for x in found) else None


def _is_told(value: Any) -> bool:
    return value is not None and value is not False


def _fold(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def bare(value: Any) -> Any:
    """Text without case and accents; tuples item by item."""
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if not isinstance(value, str):
        return value
    letters = unicodedata.normalize("NFKD", value.casefold().replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in letters if not unicodedata.combining(c))
