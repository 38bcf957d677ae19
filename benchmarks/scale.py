"""What a corpus costs: memory and rate over 100,000 varied postings, throughput by workers.

``python -m benchmarks scale memory`` takes some minutes; ``throughput`` one. Both take ``--json``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "benchmarks" / "corpora" / "postings.jsonl"


def varied(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """The sample corpus over and over: words of titles mixed, places swapped, every number and some words new."""
    sample = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    sample = [r for r in sample if isinstance(r.get("title"), str) and isinstance(r.get("description"), str)]
    places = [r["location_text"] for r in sample if isinstance(r.get("location_text"), str)]
    words = sorted({word for r in sample for word in r["title"].split()})
    letters = random.Random(seed)
    for n in range(count):
        record = letters.choice(sample)
        made_up = "".join(letters.choices("abcdefghiklmnoprstuvwz", k=8))
        yield {
            "id": n,
            "title": f"{record['title']} {letters.choice(words)} {letters.choice(words)} {made_up}",
            "location_text": f"{letters.choice(places)}" if n % 3 else f"{made_up.title()}, {letters.choice(places)}",
            "description": _renumbered(record["description"], letters)
            + f"<p>{made_up.title()}{n} Ltd. pays {letters.randrange(20, 200)},000 EUR a year. {made_up[::-1]}</p>",
        }


def _renumbered(text: str, letters: random.Random) -> str:
    return "".join(letters.choice("123456789") if c.isdigit() and letters.random() < 0.5 else c for c in text)


def megabytes() -> tuple[float, float]:
    """Memory of this process now, and the most it ever was, in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    rows = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    now, most = (int(rows[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
    return now, most


def memory(count: int) -> list[dict[str, float]]:
    """Resident and highest MB, and records a second since the row before, at each tenth of ``count``."""
    from enrich import Enricher

    enricher, rows = Enricher(), []
    step = max(1, count // 100)
    spent = 0.0
    for n, record in enumerate(varied(count), 1):
        start = time.perf_counter()
        enricher.enrich(record).to_dict()
        spent += time.perf_counter() - start
        if n % step == 0:
            now, most = megabytes()
            rows.append({"records": n, "MB": now, "peak_MB": most, "ms_per_record": spent / step * 1000})
            spent = 0.0
    return rows


def throughput(count: int, workers: list[int], rounds: int = 3) -> dict[str, dict[str, float]]:
    """Records a second (best of the rounds) by workers: as objects, and as lines of JSON, which is what the command
    line writes. ``times`` compares with the first number of workers."""
    from enrich import Enricher
    from enrich.files import json_line
    from enrich.stream import pipe

    enricher, warm = Enricher(), 400
    postings = list(varied(count + warm))
    out: dict[str, dict[str, float]] = {"objects": {}, "lines": {}}
    for _ in range(rounds):
        for number in workers:
            for name, finish in (("objects", None), ("lines", json_line)):
                stream = pipe(enricher, postings, workers=number, finish=finish)
                for _ in range(warm):  # until every worker has started
                    next(stream)
                start = time.perf_counter()
                done = sum(1 for _ in stream)
                rate = done / (time.perf_counter() - start)
                out[name][str(number)] = max(out[name].get(str(number), 0.0), rate)
    for row in out.values():
        row["times"] = row[str(workers[-1])] / row[str(workers[0])]
    return out


def main(arguments: list[str]) -> int:
    """Measure and print; ``--json`` for machines."""
    options = argparse.ArgumentParser(prog="python -m benchmarks scale", description=__doc__)
    options.add_argument("what", choices=["memory", "throughput"])
    options.add_argument("--records", type=int)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--json", action="store_true")
    o = options.parse_args(arguments)
    if o.what == "memory":
        rows = memory(o.records or 100_000)
        if o.json:
            print(json.dumps(rows))
        else:
            for row in rows[9::10]:
                print("  ".join(f"{key} {value:.5g}" for key, value in row.items()))
        return 0
    rates = throughput(o.records or 4000, o.workers)
    if o.json:
        print(json.dumps(rates))
    else:
        for name, row in rates.items():
            print(f"{name:<24}" + "  ".join(f"{key} {value:.5g}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
