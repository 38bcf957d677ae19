"""A stream of records through one process or several: in order, in bounded memory, whatever happens to a worker."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Any

from enrich.posting import content_id
from enrich.result import Enrichment, Problem

if TYPE_CHECKING:
    from enrich.pipeline import Enricher

AHEAD = 3
"""Batches in flight for each worker: enough that none waits, few enough that memory stays bounded."""

_worker: Enricher | None = None


def pipe(
    enricher: Enricher, records: Iterable[Any], *, workers: int = 1, batch_size: int = 64, as_tuples: bool = False
) -> Iterator[Any]:
    """See :meth:`enrich.pipeline.Enricher.pipe`.

    Raises:
        ValueError: ``workers`` or ``batch_size`` is below 1.
    """
    if workers < 1 or batch_size < 1:
        raise ValueError(f"workers and batch_size are at least 1, not {workers} and {batch_size}")
    return (
        _tuples(enricher, records, workers, batch_size) if as_tuples else _run(enricher, records, workers, batch_size)
    )


def _run(enricher: Enricher, records: Iterable[Any], workers: int, batch_size: int) -> Iterator[Enrichment]:
    if workers == 1:
        return (read_one(enricher, record) for record in records)
    return _parallel(enricher, records, workers, batch_size)


def _tuples(
    enricher: Enricher, pairs: Iterable[tuple[Any, Any]], workers: int, batch_size: int
) -> Iterator[tuple[Enrichment, Any]]:
    contexts: deque[Any] = deque()

    def records() -> Iterator[Any]:
        for record, context in pairs:
            contexts.append(context)
            yield record

    for enrichment in _run(enricher, records(), workers, batch_size):
        yield enrichment, contexts.popleft()


def read_one(enricher: Enricher, record: Any) -> Enrichment:
    """The enrichment of ``record``; what is no mapping gives an empty one that says so."""
    if isinstance(record, Mapping):
        return enricher.enrich(record)
    kind = type(record).__name__
    return _lost(enricher, record, "not_a_record", f"a {kind} is no record: a mapping with a posting's keys is")


def _lost(enricher: Enricher, record: Any, code: str, message: str) -> Enrichment:
    identity = record.get("id") if isinstance(record, Mapping) else None
    out = Enrichment(id=str(identity) if identity is not None else content_id({"record": repr(record)}))
    out.version = dict(enricher.version)
    out.problems.append(Problem(code, "posting", message))
    return out


def _start(enricher: Enricher) -> None:
    global _worker
    _worker = enricher


def _read_batch(batch: list[Any]) -> list[Enrichment]:
    assert _worker is not None
    return [read_one(_worker, record) for record in batch]


def _parallel(enricher: Enricher, records: Iterable[Any], workers: int, batch_size: int) -> Iterator[Enrichment]:
    """Batches go out ahead of the reader and come back in order; a dead worker's batches are read again."""
    source = iter(records)
    pending: deque[tuple[list[Any], Future[list[Enrichment]]]] = deque()
    pool = _pool(enricher, workers)
    try:
        while True:
            while len(pending) < workers * AHEAD and (batch := list(islice(source, batch_size))):
                pending.append((batch, pool.submit(_read_batch, batch)))
            if not pending:
                return
            batch, future = pending.popleft()
            try:
                done = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                done = _read_again(enricher, batch)
                pool = _pool(enricher, workers)
                pending = deque((b, pool.submit(_read_batch, b)) for b, _ in pending)
            yield from done
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read_again(enricher: Enricher, batch: list[Any]) -> list[Enrichment]:
    """Read a batch whose worker died, each half in a worker of its own; a record that kills alone is named."""
    pool = _pool(enricher, 1)
    try:
        return pool.submit(_read_batch, batch).result()
    except BrokenProcessPool:
        if len(batch) == 1:
            return [_lost(enricher, batch[0], "worker_died", "the process that read this record died, twice")]
        middle = len(batch) // 2
        return _read_again(enricher, batch[:middle]) + _read_again(enricher, batch[middle:])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(enricher: Enricher, workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(enricher,))
