"""Titles: accuracy and median time, and the same with an alias table 200,000 names larger.

    python -m benchmarks titles

The titles (``corpora/titles.jsonl``) were written for this table in 28 languages, with the noise that boards put around
them; ``null`` is right for what names no occupation.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from enrich.title import normalize_title
from gazetteer.title_tables import load

CORPUS = Path(__file__).with_name("corpora") / "titles.jsonl"
EXTRA = 200_000
ROUNDS = 5
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on")]


def same(a: str | None, b: str | None) -> bool:
    return (a or "").casefold() == (b or "").casefold()


def measure(rows: list[dict[str, Any]]) -> tuple[dict[str, int], float, list[str]]:
    """How many are right by figure, the median of microseconds a title (best of some rounds each), and the misses."""
    right = dict.fromkeys(("clean", "role", "seniority"), 0)
    times, misses = [], []
    for row in rows:
        best = float("inf")
        for _ in range(ROUNDS):
            began = time.perf_counter()
            got = normalize_title(row["title"], language=row["language"])
            best = min(best, time.perf_counter() - began)
        times.append(best * 1e6)
        found = {"clean": got.normalized, "role": got.role, "seniority": got.seniority}
        for key, value in found.items():
            right[key] += same(value, row[key])
            if not same(value, row[key]):
                misses.append(f"{row['language']}  {row['title']}: {key} is {value}, not {row[key]}")
    return right, statistics.median(times), misses


def grow(extra: int) -> None:
    """``extra`` made-up names, one to three words each, spread over roles and languages."""
    tables, dice = load(), random.Random(8)
    languages = list(tables.names.languages)
    for _ in range(extra):
        words = ("".join(dice.choices(SYLLABLES, k=dice.randint(2, 5))) for _ in range(dice.randint(1, 3)))
        tables.names.add(" ".join(words), dice.choice(languages), dice.randrange(len(tables.roles)))
    tables.title_words |= frozenset(word for name in tables.names.entries for word in name.split())


def main(arguments: list[str] | None = None) -> None:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line]
    tables = load()
    print(f"{len(rows)} titles in {len({r['language'] for r in rows})} languages\n")
    print("| names in the table | clean | role | seniority | median us a title |\n|---|---|---|---|---|")
    misses: list[str] = []
    for extra in (0, EXTRA):
        if extra:
            grow(extra)
        right, median, missed = measure(rows)
        misses = misses or missed
        cells = " | ".join(f"{count / len(rows):.3f}" for count in right.values())
        print(f"| {len(tables.names.entries):,} | {cells} | {median:.0f} |")
    if "--misses" in (arguments or []):
        print("\n" + "\n".join(misses))


if __name__ == "__main__":
    main(sys.argv[1:])
