"""Plots of the speed benchmark as SVG: cost by component, time by size, throughput by workers, memory over records.

``python -m benchmarks speed --json > speed.json``, then ``python -m benchmarks plots speed.json``; a longer
run's memory (``python -m benchmarks scale memory --json``) goes in with ``--memory``. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "plots"
DARK, LIGHT = "#30507a", "#b9c6d6"  # apart in grey too


def components(axes: Any, result: dict[str, Any]) -> None:
    """A bar a component, the dearest on top."""
    parts = sorted(result["components_ms"].items(), key=lambda x: x[1])
    total = sum(ms for _, ms in parts)
    bars = axes.barh([name for name, _ in parts], [ms for _, ms in parts], color=DARK)
    axes.bar_label(bars, [f"{ms / total:.0%}" for _, ms in parts], padding=3)
    axes.margins(x=0.12)
    axes.set(xlabel="milliseconds", title=f"One posting of 11.8 kB HTML, by component: {result['whole_ms']:.2f} ms")


def size(axes: Any, result: dict[str, Any]) -> None:
    """Milliseconds a kB over the description's size."""
    sizes = [int(name.split()[0]) for name in result["ms_per_kB"]]
    axes.plot(sizes, list(result["ms_per_kB"].values()), color=DARK, marker="o")
    axes.set(
        xscale="log", xlabel="description, kB", ylabel="milliseconds a kB", title="What each kB of the description adds"
    )
    axes.set_ylim(bottom=0)


def workers(axes: Any, result: dict[str, Any]) -> None:
    """Records a second by workers, as objects and as lines."""
    for number, (name, row) in enumerate(result["records_per_second"].items()):
        rates = {k: v for k, v in row.items() if k != "times"}
        places = [n + 0.4 * number for n in range(len(rates))]
        bars = axes.bar(places, list(rates.values()), width=0.38, color=(DARK, LIGHT)[number], label=name)
        axes.bar_label(bars, [f"{rate:.0f}" for rate in rates.values()])
        axes.set_xticks([n + 0.2 for n in range(len(rates))], list(rates))
    axes.set(xlabel="workers", ylabel="records a second", title="Throughput by workers")
    axes.margins(y=0.2)
    axes.legend(frameon=False, loc="upper left")


def memory(axes: Any, result: dict[str, Any]) -> None:
    """Resident memory of a worker over the records it has read."""
    rows = result["over_records"]
    axes.plot([r["records"] for r in rows], [r["MB"] for r in rows], color=DARK)
    axes.set(xlabel="varied postings read", ylabel="resident MB", title="Memory of one worker")
    axes.set_ylim(0, 1.2 * max(r["MB"] for r in rows))


def main(arguments: list[str]) -> int:
    """Draw into ``benchmarks/plots``."""
    options = argparse.ArgumentParser(prog="python -m benchmarks plots", description=__doc__)
    options.add_argument("speed", type=Path, help="output of the speed benchmark with --json")
    options.add_argument("--memory", type=Path, help="output of the scale benchmark's memory with --json")
    o = options.parse_args(arguments)
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    result = json.loads(o.speed.read_text(encoding="utf-8"))
    if o.memory:
        result["over_records"] = json.loads(o.memory.read_text(encoding="utf-8"))
    plt.rcParams.update(
        {"svg.hashsalt": "enrich", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
        | {"axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True}
    )
    TARGET.mkdir(exist_ok=True)
    for draw in (components, size, workers, memory):
        figure, axes = plt.subplots(figsize=(7, 4), layout="constrained", facecolor="white")
        draw(axes, result)
        axes.grid(color="#dddddd", axis="x" if draw is components else "y")
        figure.savefig(TARGET / f"{draw.__name__}.svg", metadata={"Date": None})
        plt.close(figure)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
