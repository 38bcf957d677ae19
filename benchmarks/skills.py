"""Skills: time for the seed posting and memory, beside other matchers of lists, and with ten times the names.

    python -m benchmarks skills

Each contender gets every spelling of the taxonomy and works in a process of its own: *first* is until it is ready,
*posting* the best of many rounds on the text of ``examples/bamboohr.json``, *memory* what the ready matcher adds to the
process. The others find words and no more: they do not tell Go from "go", nor required from preferred. Tenfold means
nine made-up names beside each real spelling. SkillNER is not run: its import fetches its list of skills from the
network, and it needs the model ``en_core_web_lg``.
"""

from __future__ import annotations

import ctypes
import gc
import json
import random
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

SEED = Path(__file__).parents[1] / "examples" / "bamboohr.json"
ROUNDS = 300
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ax")]

Ready = Callable[[Any], int]


def tables(times: int) -> list[tuple[str, dict[str, Any]]]:
    """The curated tables, with ``times - 1`` made-up entries beside each spelling of theirs."""
    from gazetteer.skills import read_tables

    found = read_tables()
    dice, made = random.Random(7), dict[str, None]()
    spellings = sum(1 + len(e.get("aliases", ())) for _, table in found for e in table["skill"])
    while len(made) < spellings * (times - 1):
        made["".join(dice.choices(SYLLABLES, k=dice.randint(3, 5)))] = None
    known = {str(s).lower() for _, t in found for e in t["skill"] for s in (e["name"], *e.get("aliases", ()))}
    extra = [{"name": name, "url": "https://example.com"} for name in made if name not in known]
    return [*found, ("made-up", {"category": "libraries", "skill": extra})]


def spellings() -> list[str]:
    """Every spelling of the curated tables."""
    from gazetteer.skills import read_tables

    return [s for _, t in read_tables() for e in t["skill"] for s in {e["name"], *e.get("aliases", ())}]


def ours() -> Ready:
    from enrich.skills import decide, propose

    return lambda job: len(decide(propose(job), job))


def ours_tenfold() -> Ready:
    from enrich import skills
    from gazetteer.skills import Taxonomy

    taxonomy = Taxonomy(tables(10))
    return lambda job: len(skills._decide(skills._propose(job, taxonomy), job, taxonomy))


def phrase_matcher() -> Ready:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("skill", [nlp.make_doc(s) for s in spellings()])
    return lambda job: len({d.text.lower() for d in matcher(nlp.make_doc(job.text), as_spans=True)})


def flashtext() -> Ready:
    from flashtext import KeywordProcessor  # type: ignore[import-untyped,import-not-found,unused-ignore]

    processor = KeywordProcessor()
    processor.add_keywords_from_list(spellings())
    return lambda job: len(set(processor.extract_keywords(job.text)))


CONTENDERS: dict[str, Callable[[], Ready]] = {
    "enrich": ours,
    "enrich, ten times the names": ours_tenfold,
    "spaCy PhraseMatcher": phrase_matcher,
    "flashtext": flashtext,
}


def seed() -> Any:
    """The seed posting, read as far as the skills need it."""
    from enrich import html, language, sections
    from enrich.job import Job
    from enrich.posting import read

    job = Job(read(json.loads(SEED.read_text(encoding="utf-8"))))
    document = html.read(job.posting.description)
    job.text, job.sections = document.text, sections.split(document)
    job.language = language.decide(language.propose(job), job)
    return job


def resident() -> float:
    """Megabytes the process holds (Linux, glibc), freed memory given back first."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def measure(name: str) -> tuple[int, float, float, float] | str:
    """Found, milliseconds until ready, microseconds a posting, megabytes; or why it can't run."""
    job = seed()
    before, began = resident(), time.perf_counter()
    try:
        run = CONTENDERS[name]()
    except ImportError as error:
        return f"not installed: {error.name}"
    found = run(job)
    first = time.perf_counter() - began
    memory = resident() - before
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run(job)
        best = min(best, time.perf_counter() - began)
    return found, first * 1e3, best * 1e6, memory


def main(arguments: list[str] | None = None) -> None:
    print("| matcher | found | first ms | posting us | memory MB |\n|---|---|---|---|---|")
    for name in CONTENDERS:
        with get_context("spawn").Pool(1) as pool:
            result = pool.apply(measure, (name,))
        cells = result if isinstance(result, str) else "{} | {:.0f} | {:.0f} | {:.1f}".format(*result)
        print(f"| {name} | {cells} |")
    print("| SkillNER | does not run offline: its import fetches its skills from the network | | | |")


if __name__ == "__main__":
    main()
