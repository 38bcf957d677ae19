"""The command line: ``enrich run``, ``enrich explain``, ``enrich --version``.

Talk goes to standard error, records to standard output or ``-o``. Exit status: 0 all right, 1 some lines were no
records, 2 usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from enrich import __version__
from enrich.files import FormatError, JsonLinesWriter, dumps, format_of, open_writer, read_records
from enrich.stream import BATCH, pipe, settle

if TYPE_CHECKING:
    from enrich.pipeline import Enricher
    from enrich.progress import Checkpoint
    from enrich.result import Enrichment

CHECKPOINT_EVERY = 500
"""Records between two checkpoints of a run that can be resumed."""


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="enrich", description="Raw job postings in, clean structured records out.")
    top.add_argument("--version", action="store_true", help="print the versions of library and data")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    run = commands.add_parser("run", help="enrich files of postings")
    run.add_argument("inputs", nargs="+", metavar="INPUT", help="JSON, JSON Lines, CSV or Parquet; - is standard input")
    run.add_argument(
        "-o", "--output", default="-", metavar="OUTPUT", help="by suffix as the input; - (default) is stdout"
    )
    run.add_argument(
        "--format", choices=["json", "jsonl", "csv", "tsv", "parquet"], help="of inputs, whatever their names"
    )
    run.add_argument(
        "--rejects", metavar="FILE", help="where lines that are no records go (default: OUTPUT.rejects.jsonl)"
    )
    run.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default: 1)")
    run.add_argument("--resume", action="store_true", help="go on with a run that was killed (JSON Lines output)")
    run.add_argument("--quiet", action="store_true", help="no progress and no closing line")
    _add_reading(run)

    explain = commands.add_parser("explain", help="one posting, readable: values, confidence, the words they came from")
    explain.add_argument("input", metavar="INPUT", help="a file with one posting, or - for standard input")
    explain.add_argument("--format", choices=["json", "jsonl", "csv", "tsv", "parquet"])
    _add_reading(explain)
    return top


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("--parser", choices=["lexbor", "soup"], default="lexbor", help="HTML parser (default: lexbor)")
    command.add_argument(
        "--now", metavar="TIME", help="ISO 8601 time to write as inferred_at (default: the run's start)"
    )
    command.add_argument(
        "--launch-countries", metavar="LIST", help="launched countries, by name or ISO code: DE,France"
    )
    command.add_argument("--launch-catalogs", metavar="LIST", help="launched providers: bamboohr,lever")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line with ``arguments`` (those of the process by default); returns the exit status."""
    top = parser()
    options = top.parse_args(arguments)
    try:
        if options.version:
            print(_versions())
            return 0
        if options.command is None:
            top.print_help(sys.stderr)
            return 2
        return _run(options) if options.command == "run" else _explain(options)
    except (FormatError, ValueError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            return _quiet_exit()
        print(f"enrich: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("enrich: interrupted; a JSON Lines output can be gone on with: --resume", file=sys.stderr)
        return 130


def _quiet_exit() -> int:
    """The reader of our output has gone: say nothing, and let nothing be said at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _versions() -> str:
    from gazetteer.places import default_places

    return f"enrich {__version__} (data {default_places().version})"


def _enricher(options: argparse.Namespace, now: datetime) -> Enricher:
    from enrich.pipeline import Enricher

    policy = None
    if options.launch_countries or options.launch_catalogs:
        from enrich.scope import LaunchScope

        policy = LaunchScope(countries=_list(options.launch_countries), catalogs=_list(options.launch_catalogs) or None)
    return Enricher(launch_scope=policy, clock=FixedClock(now), parser=options.parser)


class FixedClock:
    """A clock that stands: every record of a run carries the same time, also in other processes."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def _list(text: str | None) -> list[str]:
    return [x.strip() for x in (text or "").split(",") if x.strip()]


def _moment(text: str | None) -> datetime:
    from enrich.pipeline import utc_now

    if text is None:
        return utc_now()
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"--now {text}: no ISO 8601 time, such as 2026-06-06T10:22:29Z") from error


class Rejects:
    """The file of lines that are no records; made when the first one comes.

    Lines are read ahead of the records that are being written, so the size after each reject is kept: a
    checkpoint counts only the rejects that stand before its last record.
    """

    def __init__(self, name: str, *, size: int = 0) -> None:
        self.name = name
        self.sizes = [size]
        self.stream: IO[bytes] | None = None

    @property
    def count(self) -> int:
        """Lines rejected in this run."""
        return len(self.sizes) - 1

    def __call__(self, source: str, number: int, reason: str, line: bytes) -> None:
        if self.stream is None:
            mode = "ab" if self.sizes[0] else "wb"
            self.stream = sys.stderr.buffer if self.name == "-" else Path(self.name).open(mode)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        row = dumps({"input": source, "line": number, "reason": reason, "text": text}) + b"\n"
        self.stream.write(row)
        self.stream.flush()
        self.sizes.append(self.sizes[-1] + len(row))

    def close(self) -> None:
        """Close the file, where one was made."""
        if self.stream is not None and self.name != "-":
            self.stream.close()


def _run(options: argparse.Namespace) -> int:
    from enrich import progress

    if options.workers < 1:
        raise ValueError(f"--workers {options.workers}: at least 1")
    output: str = options.output
    lines = output != "-" and format_of(output) == "jsonl"
    if options.resume and not lines:
        raise ValueError("--resume needs -o with a JSON Lines file: other outputs can't be continued")
    rejects_name = options.rejects or (f"{output}.rejects.jsonl" if output != "-" else "-")
    path = progress.checkpoint_path(output)
    state = progress.load(path) if options.resume else None
    resumed = state is not None
    if state is None:
        if options.resume and Path(output).exists():
            print(f"enrich: {output} has no checkpoint: nothing to resume", file=sys.stderr)
            return 0
        state = _beginning(options)
    else:
        _check_same_run(state, options)
        progress.cut(output, state.output_size)
        if rejects_name != "-":
            progress.cut(rejects_name, state.rejects_size)
    enricher = _enricher(options, datetime.fromisoformat(state.inferred_at))
    rejects = Rejects(rejects_name, size=state.rejects_size)
    rejects_before, skip_rejects, done_before = state.rejected, state.rejected, state.done

    def reject(source: str, number: int, reason: str, line: bytes) -> None:
        nonlocal skip_rejects
        if skip_rejects:
            skip_rejects -= 1
            return
        rejects(source, number, reason, line)

    def records() -> Iterator[tuple[Mapping[str, Any], int]]:
        skip = done_before
        for name in options.inputs:
            for _, record in read_records(name, reject, options.format):
                if skip:
                    skip -= 1
                    continue
                yield record, rejects_before + rejects.count

    writer = open_writer(output, append=resumed)
    started, written, rejected = time.monotonic(), 0, state.rejected

    def checkpoint() -> None:
        """Rejects are written ahead of the records that follow them: only what stands before the last one counts."""
        if lines and isinstance(writer, JsonLinesWriter):
            writer.stream.flush()
            state.done, state.output_size = done_before + written, writer.size
            state.rejected, state.rejects_size = rejected, rejects.sizes[rejected - rejects_before]
            progress.save(path, state)

    checkpoint()
    size = None if "-" in options.inputs else BATCH  # what comes by standard input may come slowly
    stream = pipe(enricher, records(), workers=options.workers, batch_size=size, as_tuples=True, finish=writer.form)
    try:
        with _progress(options) as advance:
            for formed, rejected_so_far in stream:
                writer.write(formed)
                written, rejected = written + 1, rejected_so_far
                if written == 1:
                    settle()
                advance(rejects.count)
                if written % CHECKPOINT_EVERY == 0:
                    checkpoint()
    except KeyboardInterrupt:
        checkpoint()
        raise
    finally:
        writer.close()
        rejects.close()
        if lines and isinstance(writer, JsonLinesWriter):
            progress.cut(output, writer.size)  # a line that an interruption broke off
    if lines:
        path.unlink(missing_ok=True)
    if not options.quiet:
        seconds = max(time.monotonic() - started, 1e-9)
        where = f", {rejects.count} lines rejected (see {rejects_name})" if rejects.count else ""
        rate = f"{written / seconds:.0f} a second"
        print(f"enrich: {written} records in {seconds:.1f} s ({rate}){where}", file=sys.stderr)
    return 1 if rejects_before + rejects.count else 0


SETTINGS = ("format", "parser", "launch_countries", "launch_catalogs")
"""Options that the records depend on."""


def _beginning(options: argparse.Namespace) -> Checkpoint:
    from enrich.pipeline import timestamp
    from enrich.progress import Checkpoint

    settings = {name: getattr(options, name) for name in SETTINGS}
    return Checkpoint(
        inputs=options.inputs,
        settings={**settings, "version": __version__},
        inferred_at=timestamp(_moment(options.now)),
    )


def _check_same_run(state: Checkpoint, options: argparse.Namespace) -> None:
    now = _beginning(options)
    if state.inputs != now.inputs:
        raise ValueError(
            f"the killed run read {' '.join(state.inputs)}; give the same inputs, or begin anew without --resume"
        )
    for name, value in now.settings.items():
        if state.settings.get(name) != value:
            raise ValueError(
                f"the killed run had {name.replace('_', ' ')} {state.settings.get(name)}, not {value}: its records "
                "would differ; give the same, or begin anew without --resume"
            )


def _progress(options: argparse.Namespace) -> Any:
    """A context that gives ``advance(rejected)``: a bar on a terminal, nothing elsewhere."""
    if options.quiet or not sys.stderr.isatty():
        return nullcontext(lambda rejected: None)
    from enrich.terminal import progress_bar

    return progress_bar()


def _explain(options: argparse.Namespace) -> int:
    problems: list[str] = []
    records = read_records(
        options.input, lambda name, line, reason, text: problems.append(f"{name}:{line}: {reason}"), options.format
    )
    found = next(iter(records), None)
    if found is None:
        print(f"enrich: {options.input} holds no record{': ' + problems[0] if problems else ''}", file=sys.stderr)
        return 1
    from enrich.terminal import print_explanation

    enrichment: Enrichment = _enricher(options, _moment(options.now)).enrich(found[1])
    print_explanation(enrichment, found[1])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
