"""What a person sees in a terminal: the explanation of one record, and a progress bar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from enrich.result import Enrichment, Evidence

REDRAW = 0.1
"""Seconds between two states of the bar: drawing each record would cost more than some records do."""

CONTEXT = 40
"""Characters shown on each side of the words a value came from."""


def source_text(enrichment: Enrichment, record: Mapping[str, Any], source: str) -> str | None:
    """The string that a piece of evidence's span counts in, or ``None`` where it is not at hand."""
    if source == "description":
        return enrichment.text
    name, _, rest = source.partition("[")
    value = enrichment.title if name == "title" else record.get(name)
    if rest and isinstance(value, (list, tuple)):
        index = int(rest.rstrip("]"))
        value = value[index] if index < len(value) else None
    elif isinstance(value, (list, tuple)):
        value = value[0] if value else None
    return value if isinstance(value, str) else None


def words(enrichment: Enrichment, record: Mapping[str, Any], evidence: Evidence) -> Text:
    """The words of one piece of evidence, marked in what stands around them."""
    text = source_text(enrichment, record, evidence.source)
    if text is None or evidence.start is None or evidence.end is None:
        return Text("" if evidence.value is None else str(evidence.value))
    before = " ".join(text[max(0, evidence.start - CONTEXT) : evidence.start].split("\n")[-1:])
    after = text[evidence.end : evidence.end + CONTEXT].split("\n")[0]
    return Text.assemble(before, (text[evidence.start : evidence.end], "bold reverse"), after)


def print_explanation(enrichment: Enrichment, record: Mapping[str, Any]) -> None:
    """Print value, confidence, rule and words of every field, then the problems, on standard output."""
    console = Console()
    values = Table("field", "value", "probability", title=enrichment.title or enrichment.id, title_justify="left")
    for name, value, confidence in enrichment.summary():
        values.add_row(name, Text(value), confidence)
    console.print(values)
    why = Table("field", "rule", "source", "words", title="why", title_justify="left")
    for evidence in enrichment.evidence:
        why.add_row(evidence.field, evidence.rule, evidence.source, words(enrichment, record, evidence))
    console.print(why)
    for problem in enrichment.problems:
        console.print(Text(f"problem {problem.code} ({problem.field}): {problem.message}", style="yellow"))


@contextmanager
def progress_bar() -> Iterator[Callable[[int], None]]:
    """A line on standard error with records, rate, time and rejects; gives ``advance(rejected)``."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[rejected]} rejected"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("records", total=None, rate="", rejected=0)

        shown, done = time.monotonic(), 0

        def advance(rejected: int) -> None:
            nonlocal shown, done
            done += 1
            if (now := time.monotonic()) - shown < REDRAW:
                return
            shown, elapsed = now, bar.tasks[0].elapsed
            rate = f"{done / elapsed:.0f}/s" if elapsed else ""
            bar.update(task, completed=done, rejected=rejected, rate=rate)

        yield advance
