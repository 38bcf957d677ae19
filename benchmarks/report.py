"""Everything in one go: accuracy, calibration, peers and cost, into ``benchmarks/REPORT.md``, its plots and the README.

    python -m benchmarks report [--repeat 20]

Needs the extra ``bench``; a peer that is not installed is named as missing. Figures are rounded so that a change of the
report shows a change of the library: shares to a hundredth, times to two digits.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import accuracy, calibrate, peers, plots, speed
from enrich.confidence import CURVES

HERE = Path(__file__).parent
REPORT = HERE / "REPORT.md"
README = HERE.parent / "README.md"
START, END = "<!-- report:start -->", "<!-- report:end -->"
GOOD, WEAK = 0.95, 0.90
HEADLINE = ("location", "salary", "remote_policy", "language", "skills", "role", "normalized_title", "seniority",
            "employment_type", "experience_years_min")  # fmt: skip
CURVE_OF = {"location": "location", "salary": "salary", "remote_policy": "remote", "language": "language",
            "skills": "skills", "role": "title"}  # fmt: skip
BEST = {"html": "checks", "language": "title", "place": "city+country", "pay": "figures", "skills": "F1",
        "title": "role"}  # fmt: skip
"""The figure by which a field's tools are put beside each other."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was measured in this run."""

    counts: dict[str, dict[str, accuracy.Figures]]
    records: list[dict[str, Any]]
    fits: list[calibrate.Fit]
    rows: list[peers.Row]
    parts_ms: dict[str, float]
    cost_ms: dict[str, float]


def measure(repeat: int) -> Findings:
    """Run everything; some minutes, of which peers take most."""
    records = accuracy.read_corpus(accuracy.CORPUS)
    counts = accuracy.figures(accuracy.score(records))
    every = calibrate.samples()
    fits = [calibrate.fit(name, every[name]) for name in calibrate.FIELDS]
    parts = speed.components(repeat)
    rows = list(peers.run(list(peers.FIELDS)))
    return Findings(counts, records, fits, rows, parts, speed.compared(repeat // 3))


def data_hash() -> str:
    """Of all that decides an answer beside code: tables, vocabulary, curves; and of the corpora."""
    root, digest = HERE.parent, hashlib.sha256()
    for folder in ("gazetteer/data", "enrich/vocabulary", "benchmarks/corpora"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in (".toml", ".tsv", ".jsonl", ".txt", ".csv", ".json"):
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(CURVES.read_bytes())
    return digest.hexdigest()[:12]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def headline(found: Findings) -> str:
    """A row a field: how often right, how honest its probability, and the best peer on the same texts."""
    fits = {f.field: f for f in found.fits}
    tool_field = {"location": "place", "salary": "pay", "language": "language", "skills": "skills", "role": "title"}
    rows = []
    for figure in HEADLINE:
        each = list(found.counts[figure].values())
        low, high = accuracy.interval(figure, each)
        share = accuracy.total(each).headline(figure)
        curve = fits.get(CURVE_OF.get(figure, ""))
        honest = f"{calibrate.ece(curve.after, curve.right):.2f}" if curve else ""
        kind = "F1" if figure in accuracy.SETS else "accuracy"
        peer = beside(found.rows, tool_field[figure]) if figure in tool_field else ""
        rows.append((figure, f"{share:.2f} ({low:.2f}-{high:.2f})", kind, honest, peer))
    return table(
        ("field", "right on our postings (95 %)", "as", "calibration error", "same texts: enrich, best peer"), rows
    )


def for_readme(found: Findings) -> str:
    """The headline table, and what to think of it."""
    return (
        f"{headline(found)}\n\n{len(found.records)} postings written for this project, on which its rules were mended: "
        "expect less on your own.\nPeers, cost, what is weak: `benchmarks/REPORT.md`."
    )


def beside(rows: list[peers.Row], field: str) -> str:
    """Our share and the best peer's, of one field."""
    of = {r.tool: r.figures[BEST[field]] for r in rows if r.field == field and not r.missing}
    ours = of.pop("enrich", None)
    if ours is None or not of:
        return ""
    name = max(sorted(of), key=lambda tool: of[tool])
    return f"{ours:.2f}, {of[name]:.2f} {name}"


def digits(x: float) -> str:
    """Two significant digits, without an exponent."""
    return f"{float(f'{x:.2g}'):,g}"


def write_report(found: Findings) -> str:
    """The report's Markdown."""
    from enrich import __version__

    languages = accuracy.groups(found.records, "language")
    countries = set(accuracy.groups(found.records, "country").values()) - {"none"}
    parts = [
        "# Report",
        "Generated by `python -m benchmarks report`; do not edit.",
        f"posting-enrich {__version__}, data {data_hash()}, Python {platform.python_version()}, "
        f"{len(found.records)} postings in {len(set(languages.values()) - {'none'})} languages and "
        f"{len(countries)} countries, written for this project, and string tables of places, pay, titles, languages. "
        "Rules were mended by reading misses on these texts, so expect somewhat less on postings of your own; "
        "`--corpus` scores those.",
        "## In short",
        headline(found),
        in_words(found),
        "## Every figure",
        "![Accuracy by field](plots/accuracy.svg)",
        _figures(found.counts),
        "## By language",
        "Languages with ten postings and more; accuracy, for skills F1.",
        _languages(found.counts, languages),
        "## Probabilities",
        "Of the values given a probability, how many are right. The first pair is the shipped curve, which has seen "
        "these values; the second is refitted and judged on values unseen (five folds by employer or source).",
        "![Reliability](plots/reliability.svg)",
        _calibration(found.fits),
        "## Peers",
        "Same texts, same run; microseconds are this machine's, so compare them with each other only. "
        "Matchers of skills are given this library's names.",
        _peers(found.rows),
        "## Cost",
        "![Cost by component](plots/cost.svg)",
        _cost(found),
    ]
    return "\n\n".join(parts) + "\n"


def in_words(found: Findings) -> str:
    """What is good, what is weak, against whom, at what cost."""
    shares = {f: accuracy.total(found.counts[f].values()).headline(f) for f in HEADLINE}
    good = [f"{f} ({x:.2f})" for f, x in shares.items() if x >= GOOD]
    weak = [f"{f} ({x:.2f})" for f, x in sorted(shares.items(), key=lambda i: i[1]) if x < WEAK]
    lines = [
        f"- Good, {GOOD:.0%} and more: {', '.join(good) or 'none'}.",
        f"- Weak, under {WEAK:.0%}: {', '.join(weak) or 'none'}; `python -m benchmarks accuracy --misses FIELD`.",
    ]
    for field in BEST:
        of = {r.tool: r for r in found.rows if r.field == field and not r.missing}
        ours = of.get("enrich")
        if ours:
            better = [t for t, r in of.items() if r.figures[BEST[field]] > ours.figures[BEST[field]]]
            faster = [t for t, r in of.items() if r.us < ours.us]
            lines.append(f"- {field.capitalize()} ({BEST[field]}): more often right: {', '.join(better) or 'no peer'}; "
                         f"faster: {', '.join(faster) or 'no peer'}.")  # fmt: skip
    high = [f.field for f in found.fits if calibrate.ece(f.after, f.right) > calibrate.TARGET]
    lines.append(f"- Probabilities off by more than {calibrate.TARGET} on values unseen: {', '.join(high) or 'none'}.")
    cost, times = found.cost_ms, speed.ratios(found.cost_ms, "stitched")
    if times:
        alone, batch = (f"{digits(cost[way])} ms ({1 / times[way]:.0f} times faster)" for way in ("alone", "batch"))
        lines.append(f"- Cost beside a pipeline stitched from open parts: a posting of 11.8 kB, read alone, {alone}, "
                     f"in a batch {batch}.")  # fmt: skip
    return "\n".join(lines)


def _figures(counts: dict[str, dict[str, accuracy.Figures]]) -> str:
    rows = []
    for figure, each in counts.items():
        f, (low, high) = accuracy.total(each.values()), accuracy.interval(figure, list(each.values()))
        shares = [f"{x:.2f}" for x in (f.accuracy, f.precision, f.recall, f.f1)]
        rows.append((figure, *shares, f"{low:.2f}-{high:.2f}", str(f.judged)))
    return table(("figure", "accuracy", "precision", "recall", "F1", "95 % of headline", "values"), rows)


def _languages(counts: dict[str, dict[str, accuracy.Figures]], group: dict[str, str]) -> str:
    names = list(group.values())
    rows = []
    for name, of in accuracy.by_group(counts, group).items():
        if names.count(name) >= 10:
            cells = (f"{of[f].headline(f):.2f}" if f in of and of[f].judged else "" for f in accuracy.OVERVIEW)
            rows.append((name, str(names.count(name)), *cells))
    return table(("language", "postings", *accuracy.OVERVIEW), rows)


def _calibration(fits: list[calibrate.Fit]) -> str:
    rows = []
    for f in fits:
        pairs = ((calibrate.ece(x, f.right), calibrate.brier(x, f.right)) for x in (f.before, f.after))
        share = sum(f.right) / len(f.samples)
        rows.append((f.field, str(len(f.samples)), f"{share:.2f}", *(f"{e:.3f}, {b:.3f}" for e, b in pairs)))
    return table(("field", "values", "right", "shipped: ECE, Brier", "unseen: ECE, Brier"), rows)


def _peers(rows: list[peers.Row]) -> str:
    cells = []
    for r in rows:
        shares = f"did not run: {r.missing}" if r.missing else ", ".join(f"{k} {v:.2f}" for k, v in r.figures.items())
        cells.append((r.field, r.tool, r.version, shares, "" if r.missing else digits(r.us)))
    return table(("field", "tool", "version", "right", "us a text"), cells)


def _cost(found: Findings) -> str:
    whole = sum(found.parts_ms.values())
    rows = [(name, f"{ms / whole:.0%}") for name, ms in sorted(found.parts_ms.items(), key=lambda x: -x[1])]
    rows += [("record, alone", f"{digits(found.cost_ms['alone'])} ms"),
             ("record, in a batch", f"{digits(found.cost_ms['batch'])} ms")]  # fmt: skip
    for name, other in (("floor: text, language, one pass of 3,000 terms", "floor"),
                        ("stitched from open parts", "stitched")):  # fmt: skip
        times = speed.ratios(found.cost_ms, other)
        told = (
            f"{digits(1 / times['alone'])} and {digits(1 / times['batch'])} times the record"
            if times
            else "did not run"
        )
        rows.append((name, told))
    return table(("part", "share"), rows)


def draw(found: Findings) -> None:
    """Reliability, accuracy and cost as SVG, on white, apart in grey."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"svg.hashsalt": "enrich", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10,
                         "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True})  # fmt: skip
    plots.TARGET.mkdir(exist_ok=True)

    def save(figure: Any, name: str) -> None:
        figure.savefig(plots.TARGET / f"{name}.svg", metadata={"Date": None})
        plt.close(figure)

    shown = [f for f in found.fits if len(f.samples) >= 100]
    figure, grid = plt.subplots(2, (len(shown) + 1) // 2, figsize=(10, 5.4), layout="constrained", facecolor="white")
    for axes, f in zip(grid.flat, shown, strict=False):
        rows = [row for row in calibrate.bins(f.after, f.right) if row[2] >= 5]
        axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1)
        axes.plot([r[3] for r in rows], [r[4] for r in rows], color=plots.LIGHT, linewidth=1)
        sizes = [8 + 200 * r[2] / len(f.samples) for r in rows]  # the area tells how many values
        axes.scatter([r[3] for r in rows], [r[4] for r in rows], s=sizes, color=plots.DARK, zorder=3)
        axes.set(
            title=f"{f.field} ({len(f.samples)})", xlabel="said", ylabel="right", xlim=(0.4, 1.02), ylim=(0.4, 1.02)
        )
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_visible(False)
    save(figure, "reliability")

    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained", facecolor="white")
    names = list(reversed(HEADLINE))
    shares = [accuracy.total(found.counts[n].values()).headline(n) for n in names]
    ends = [accuracy.interval(n, list(found.counts[n].values())) for n in names]
    errors = [[max(0.0, s - e[0]) for s, e in zip(shares, ends, strict=True)],
              [max(0.0, e[1] - s) for s, e in zip(shares, ends, strict=True)]]  # fmt: skip
    axes.barh(names, shares, xerr=errors, color=plots.LIGHT, ecolor=plots.DARK, capsize=3)
    axes.set(xlim=(0.5, 1), xlabel="right (F1 for skills), with 95 % interval", title="Accuracy by field")
    axes.grid(color="#dddddd", axis="x")
    save(figure, "accuracy")

    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained", facecolor="white")
    parts = {name: ms for name, ms in found.parts_ms.items() if name != "to_json"}
    plots.components(axes, {"components_ms": parts, "whole_ms": found.cost_ms["alone"]})  # fmt: skip
    axes.grid(color="#dddddd", axis="x")
    save(figure, "cost")


def put_between(text: str, body: str) -> str:
    """``text`` with ``body`` between the two marks; as it is where they are missing.

    >>> put_between("a <!-- report:start -->old<!-- report:end --> b", "new").split()
    ['a', '<!--', 'report:start', '-->', 'new', '<!--', 'report:end', '-->', 'b']
    """
    if START not in text or END not in text:
        return text
    before, rest = text.split(START, 1)
    return f"{before}{START}\n{body}\n{END}{rest.split(END, 1)[1]}"


def main(arguments: list[str]) -> int:
    """Measure, then write the report, its plots and the README's table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__)
    parser.add_argument("--repeat", type=int, default=20, help="of each timing")
    options = parser.parse_args(arguments)
    found = measure(options.repeat)
    REPORT.write_text(write_report(found), encoding="utf-8")
    README.write_text(put_between(README.read_text(encoding="utf-8"), for_readme(found)), encoding="utf-8")
    try:
        draw(found)
    except ImportError as error:
        print(f"no plots: {error} (pip install '.[bench]')")
    print(f"written: {REPORT}")
    return 0
