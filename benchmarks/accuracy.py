"""How often each field is right on labelled postings: ``benchmarks/corpora/postings.jsonl``, or ``--corpus PATH``.

A corpus is JSON Lines: a posting's keys, and ``truth`` with those of the output contract that its reader states. A key
that is absent is not scored; one that is null means that the posting does not tell, so any value given is a mistake.
``location`` is compared by city, region and country code, skills by name as a set, everything else as a whole.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
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


def judge(truth: dict[str, Any], got: dict[str, Any]) -> Iterable[tuple[str, bool, Any, Any]]:
    """(figure, right, what was said, what is true) for each figure that the truth states."""
    for key in WHOLE:
        if key in truth:
            yield key, _fold(got[key]) == _fold(truth[key]), got[key], truth[key]
    if "role" in truth:
        role = (got["title_info"] or {}).get("role")
        yield "role", _fold(role) == _fold(truth["role"]), role, truth["role"]
    if "remote_scope" in truth:
        yield (
            "remote_scope",
            set(got["remote_scope"]) == set(truth["remote_scope"] or []),
            got["remote_scope"],
            truth["remote_scope"],
        )
    if "location" in truth:
        want, have = truth["location"] or {}, got["location"] or {}
        for key in ("city", "region", "country_code"):
            yield f"location.{key}", have.get(key) == want.get(key), have.get(key), want.get(key)
    if any(key in truth for key in PAY):
        have_pay, want_pay = ([x.get(key) for key in PAY] for x in (got, truth))
        yield "salary", have_pay == want_pay, have_pay, want_pay
    if "skills" in truth:
        names, wanted = {s["name"] for s in got["skills"]}, set(truth["skills"])
        for name in sorted(names | wanted):
            yield "skills", name in names and name in wanted, name in names and name, name in wanted and name


def interval(hits: list[bool], *, rounds: int = 500, seed: int = 7) -> tuple[float, float]:
    """95 % bootstrap interval of the share of hits."""
    rng = random.Random(seed)
    shares = sorted(sum(rng.choices(hits, k=len(hits))) / len(hits) for _ in range(rounds))
    return shares[int(0.025 * rounds)], shares[int(0.975 * rounds) - 1]


def score(records: list[dict[str, Any]]) -> tuple[dict[str, list[bool]], dict[str, dict[str, bool]], list[str]]:
    """Hits by figure, hits by record and figure, and a line for every miss."""
    from enrich.pipeline import Enricher

    postings = ({k: v for k, v in r.items() if k != "truth"} for r in records)
    hits: dict[str, list[bool]] = defaultdict(list)
    by_record: dict[str, dict[str, bool]] = {}
    misses = []
    for record, out in zip(records, Enricher().pipe(postings), strict=True):
        mine: dict[str, bool] = {}
        for figure, right, said, true in judge(record["truth"], out.to_dict()):
            hits[figure].append(right)
            mine[figure] = mine.get(figure, True) and right
            if not right:
                misses.append(f"{figure}\t{record['id']}\tsaid {said!r}\ttrue {true!r}")
        by_record[record["id"]] = mine
    return hits, by_record, misses


def main(arguments: list[str]) -> int:
    """Score and print a row a figure; ``--misses``, ``--against``, ``--write`` for looking closer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks accuracy", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--misses", metavar="FIGURE", help="print every miss of the figures whose name holds this")
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the answers for a later --against")
    parser.add_argument("--against", type=Path, metavar="FILE", help="which records got better or worse since then")
    options = parser.parse_args(arguments)
    hits, by_record, misses = score(read_corpus(options.corpus))
    for figure, values in hits.items():
        low, high = interval(values)
        print(f"{figure:<24}{sum(values) / len(values):7.3f}   [{low:.3f}, {high:.3f}]   of {len(values)}")
    if options.misses is not None:
        print(*(m for m in misses if options.misses in m.split("\t")[0]), sep="\n")
    if options.against:
        before = json.loads(options.against.read_text(encoding="utf-8"))
        for identity, mine in by_record.items():
            for figure, right in mine.items():
                was = before.get(identity, {}).get(figure)
                if was is not None and was != right:
                    print(f"{'better' if right else 'worse'}\t{figure}\t{identity}")
    if options.write:
        options.write.write_text(json.dumps(by_record, indent=0), encoding="utf-8")
    return 0


def _fold(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
