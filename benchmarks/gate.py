"""Fails when a field is less accurate on our corpora than ``benchmarks/baseline.json`` says, by over 1.5 points.

    python -m benchmarks gate            exit status 1 names what fell
    python -m benchmarks gate --write    take today's figures as the baseline (after a change that is meant)

The figure is accuracy, F1 for skills and work places; the string tables of places, pay and titles are held as well.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks import accuracy
from benchmarks.calibrate import read_lines

BASELINE = Path(__file__).with_name("baseline.json")
MARGIN = 0.015


def measure(corpus: Path = accuracy.CORPUS) -> dict[str, float]:
    """Figure -> share right, of postings and of the string tables."""
    from benchmarks import pay, places, titles

    counts = accuracy.figures(accuracy.score(accuracy.read_corpus(corpus)))
    out = {name: accuracy.total(each.values()).headline(name) for name, each in counts.items()}
    out["strings: place"] = places.score(places.ours(), places.rows())["whole"]
    rows = read_lines(pay.CORPUS)
    figures, whole, silent, _ = pay.score(pay.ours(), rows)
    out |= {"strings: pay": whole, "strings: no pay": silent, "strings: pay, figures": figures}
    rows = read_lines(titles.CORPUS)
    right, _, _ = titles.measure(rows)
    out |= {f"strings: title, {name}": n / len(rows) for name, n in right.items()}
    return {name: round(x, 3) for name, x in out.items()}


def fallen(now: dict[str, float], before: dict[str, float], margin: float = MARGIN) -> list[str]:
    """What fell by more than the margin, or is measured no longer.

    >>> fallen({"salary": 0.90, "skills": 0.88}, {"salary": 0.93, "skills": 0.89})
    ['salary: 0.900, was 0.930']
    """
    return [
        f"{name}: {now.get(name, 0.0):.3f}, was {was:.3f}"
        for name, was in before.items()
        if now.get(name, 0.0) < was - margin
    ]


def main(arguments: list[str]) -> int:
    """1 when a figure fell by more than the margin."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks gate", description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    now = measure()
    if options.write:
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
        return 0
    bad = fallen(now, json.loads(BASELINE.read_text(encoding="utf-8")))
    print("\n".join(bad) or f"{len(now)} figures, none more than {MARGIN} below the baseline")
    return 1 if bad else 0
