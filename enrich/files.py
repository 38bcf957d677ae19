"""Records from and to files: JSON, JSON Lines, CSV and Parquet by suffix; ``-`` is standard input or output.

JSON Lines end at ``\\n`` alone: descriptions hold U+2028 and its like.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

import orjson

if TYPE_CHECKING:
    from enrich.result import Enrichment

SUFFIXES = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet"}

ROW_GROUP = 256
"""Records in one row group of a Parquet file that is written, and rows read at once from one."""

Reject = Callable[[str, int, str, bytes], None]
"""Called with (input's name, line or row number from 1, reason, the line itself) for what is no record."""


class FormatError(ValueError):
    """A file whose format is not known or that is not what its suffix says; the message says the remedy."""


def format_of(name: str, given: str | None = None) -> str:
    """``json``, ``jsonl``, ``csv``, ``tsv`` or ``parquet``; JSON Lines for ``-`` and for no suffix.

    Raises:
        FormatError: an unknown suffix.
    """
    if given:
        return given
    suffix = Path(name).suffix.lower()
    if name == "-" or not suffix:
        return "jsonl"
    if suffix not in SUFFIXES:
        raise FormatError(f"{name}: unknown suffix {suffix!r}; known are {', '.join(SUFFIXES)} (or say --format)")
    return SUFFIXES[suffix]


def read_records(name: str, reject: Reject, given: str | None = None) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(line or row number from 1, record) for every record of the input; what is none goes to ``reject``.

    Raises:
        FormatError: the file as a whole is not what its suffix says.
        OSError: the file can't be read.
    """
    kind = format_of(name, given)
    if kind == "parquet":
        yield from _parquet_rows(name)
        return
    stream = sys.stdin.buffer if name == "-" else Path(name).open("rb")
    try:
        if kind == "jsonl":
            yield from _json_lines(name, stream, reject)
        elif kind == "json":
            yield from _json_document(name, stream.read(), reject)
        else:
            yield from _csv_rows(stream, "\t" if kind == "tsv" else ",")
    finally:
        if stream is not sys.stdin.buffer:
            stream.close()


def loads(line: bytes) -> Any:
    """JSON as strictly as needed and as kindly as can be: NaN and lone surrogates are read too.

    Raises:
        ValueError: no JSON.
    """
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            return json.loads(line.decode("utf-8", "replace"))
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def _json_lines(name: str, stream: IO[bytes], reject: Reject) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(stream, 1):
        if number == 1 and (line.lstrip()[:1] == b"[" or line.strip() == b"{"):
            yield from _json_document(name, line + stream.read(), reject)  # one document, not a record a line
            return
        yield from _one_line(name, number, line, reject)


def _one_line(name: str, number: int, line: bytes, reject: Reject) -> Iterator[tuple[int, Mapping[str, Any]]]:
    line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    if not line.strip():
        return
    try:
        record = loads(line)
    except ValueError as error:
        reject(name, number, f"no JSON: {error}", line)
        return
    if isinstance(record, Mapping):
        yield number, record
    else:
        reject(name, number, f"no JSON object but {type(record).__name__}", line)


def _json_document(name: str, text: bytes, reject: Reject) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        document = loads(text.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise FormatError(f"{name}: no JSON document ({error}); for one record a line name it .jsonl") from error
    for number, record in enumerate(document if isinstance(document, list) else [document], 1):
        if isinstance(record, Mapping):
            yield number, record
        else:
            reject(name, number, f"no JSON object but {type(record).__name__}", orjson.dumps(record))


def _csv_rows(stream: IO[bytes], delimiter: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    import io

    csv.field_size_limit(1 << 30)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.DictReader((line.replace("\0", "") for line in text), delimiter=delimiter)
    for number, row in enumerate(reader, 1):
        rest = row.pop(None, None)
        record: dict[str, Any] = {k: (v if v else None) for k, v in row.items() if k}
        if rest:
            record["_rest"] = rest
        yield number, record
    text.detach()


def _parquet_rows(name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    parquet = _pyarrow_parquet()
    from enrich.adapters.arrow import posting

    number = 0
    with parquet.ParquetFile(name, pre_buffer=False, buffer_size=1 << 20) as file:  # no whole row group in memory
        for batch in file.iter_batches(batch_size=ROW_GROUP):
            for row in batch.to_pylist():
                number += 1
                yield number, posting(row)


def _pyarrow_parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise FormatError("Parquet needs pyarrow: pip install 'posting-enrich[arrow]'") from error
    return pyarrow.parquet


def dumps(record: Any) -> bytes:
    """One line of JSON without its end; NaN becomes null, a lone surrogate U+FFFD."""
    try:
        return orjson.dumps(record, default=str, option=orjson.OPT_NON_STR_KEYS)
    except (orjson.JSONEncodeError, RecursionError):
        text = json.dumps(record, ensure_ascii=False, default=str)
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def json_line(enrichment: Enrichment) -> bytes:
    """What JSON writers take."""
    return dumps(enrichment.to_dict())


def csv_cells(enrichment: Enrichment) -> list[Any]:
    """What the CSV writer takes: nested values as JSON in their cell."""
    return [dumps(v).decode() if isinstance(v, (dict, list)) else v for v in enrichment.to_dict().values()]


class Writer(Protocol):
    """Takes, one by one, what ``form`` makes of records; ``form`` may work in another process."""

    @property
    def form(self) -> Callable[[Enrichment], Any]: ...
    def write(self, formed: Any) -> None: ...
    def close(self) -> None: ...


class JsonLinesWriter:
    """One record a line. ``size`` counts the bytes of whole lines."""

    form = staticmethod(json_line)

    def __init__(self, stream: IO[bytes], size: int = 0) -> None:
        self.stream = stream
        self.size = size

    def write(self, formed: bytes) -> None:
        self.size += self.stream.write(formed + b"\n")

    def close(self) -> None:
        self.stream.flush()
        if self.stream is not sys.stdout.buffer:
            self.stream.close()


class JsonWriter:
    """One array of records."""

    form = staticmethod(json_line)

    def __init__(self, stream: IO[bytes]) -> None:
        self.lines = JsonLinesWriter(stream)

    def write(self, formed: bytes) -> None:
        self.lines.stream.write((b",\n" if self.lines.size else b"[\n") + formed)
        self.lines.size += len(formed)

    def close(self) -> None:
        self.lines.stream.write(b"\n]\n" if self.lines.size else b"[]\n")
        self.lines.close()


class CsvWriter:
    """One row a record."""

    form = staticmethod(csv_cells)

    def __init__(self, stream: IO[bytes], delimiter: str) -> None:
        import io

        from enrich.result import Enrichment

        self.text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        self.writer = csv.writer(self.text, delimiter=delimiter, lineterminator="\n")
        self.writer.writerow(Enrichment("").to_dict())

    def write(self, formed: list[Any]) -> None:
        self.writer.writerow(formed)

    def close(self) -> None:
        self.text.flush()
        if self.text.buffer is sys.stdout.buffer:
            self.text.detach()
        else:
            self.text.close()


class ParquetWriter:
    """Row groups of 256 records, by the schema of :mod:`enrich.adapters.arrow`; one group is in memory."""

    def __init__(self, name: str) -> None:
        parquet = _pyarrow_parquet()
        from enrich.adapters.arrow import SCHEMA, to_row

        self.form = to_row
        self.rows: list[dict[str, Any]] = []
        self.writer = parquet.ParquetWriter(name, SCHEMA)

    def write(self, formed: dict[str, Any]) -> None:
        self.rows.append(formed)
        if len(self.rows) == ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        from enrich.adapters.arrow import to_batch

        self.writer.write_batch(to_batch(self.rows))
        self.rows = []

    def close(self) -> None:
        if self.rows:
            self._flush()
        self.writer.close()


def open_writer(name: str, given: str | None = None, *, append: bool = False) -> Writer:
    """A writer for the output's format.

    Raises:
        FormatError: an unknown suffix, Parquet to standard output, or Parquet without pyarrow.
        OSError: the file can't be written.
    """
    kind = format_of(name, given)
    if kind == "parquet":
        if name == "-":
            raise FormatError("Parquet can't be written to standard output; give a file with -o")
        return ParquetWriter(name)
    stream = sys.stdout.buffer if name == "-" else Path(name).open("r+b" if append else "wb")
    size = stream.seek(0, 2) if append else 0
    if kind == "json":
        return JsonWriter(stream)
    if kind in ("csv", "tsv"):
        return CsvWriter(stream, "\t" if kind == "tsv" else ",")
    return JsonLinesWriter(stream, size)
