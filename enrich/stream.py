"""A stream of records through one process or several: in order, in bounded memory, whatever happens to a worker."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from enrich.posting import content_id
from enrich.result import Enrichment, Problem

if TYPE_CHECKING:
    from enrich.pipeline import Enricher

AHEAD = 3
"""Batches in flight for each worker: enough that none waits, few enough that memory stays bounded."""
BATCH = 32
"""Records that are read together: more are hardly faster (:meth:`enrich.pipeline.Enricher.enrich_batch`)."""

Finish = Callable[[Enrichment], Any]
"""What is made of each record where it was read, such as a line of JSON: less has to travel then."""


class Reader:
    """What a worker does with records; it travels to each worker once."""

    def __init__(self, enricher: Enricher, finish: Finish | None = None) -> None:
        self.enricher = enricher
        self.finish = finish

    def read(self, batch: Sequence[Any]) -> list[Any]:
        """The enrichment of each record, finished; what is no mapping gives an empty one that says so."""
        done = iter(self.enricher.enrich_batch([record for record in batch if isinstance(record, Mapping)]))
        return [
            self._finished(next(done)) if isinstance(record, Mapping) else self._no_record(record) for record in batch
        ]

    def _no_record(self, record: Any) -> Any:
        kind = type(record).__name__
        return self.lost(record, "not_a_record", f"a {kind} is no record: a mapping with a posting's keys is")

    def lost(self, record: Any, code: str, message: str) -> Any:
        """An empty enrichment in the place of a record that could not be read."""
        identity = record.get("id") if isinstance(record, Mapping) else None
        out = Enrichment(id=str(identity) if identity is not None else content_id({"record": repr(record)}))
        out.version = dict(self.enricher.version)
        out.problems.append(Problem(code, "posting", message))
        return self._finished(out)

    def _finished(self, enrichment: Enrichment) -> Any:
        return self.finish(enrichment) if self.finish else enrichment


def pipe(
    enricher: Enricher,
    records: Iterable[Any],
    *,
    workers: int = 1,
    batch_size: int | None = None,
    as_tuples: bool = False,
    finish: Finish | None = None,
) -> Iterator[Any]:
    """See :meth:`enrich.pipeline.Enricher.pipe`.

    Args:
        finish: a function of a module's top level; what it makes of each enrichment comes instead of it.

    Raises:
        ValueError: ``workers`` or ``batch_size`` is below 1.
        RuntimeError: no worker could be started, with the likely reason.
    """
    if batch_size is None:
        batch_size = BATCH if workers > 1 or isinstance(records, Sequence) else 1
    if workers < 1 or batch_size < 1:
        raise ValueError(f"workers and batch_size are at least 1, not {workers} and {batch_size}")
    reader = Reader(enricher, finish)
    return (_tuples if as_tuples else _run)(reader, records, workers, batch_size)


def _run(reader: Reader, records: Iterable[Any], workers: int, batch_size: int) -> Iterator[Any]:
    if workers == 1:
        return chain.from_iterable(map(reader.read, _batches(records, batch_size)))
    return _parallel(reader, records, workers, batch_size)


def _batches(records: Iterable[Any], size: int) -> Iterator[list[Any]]:
    source = iter(records)
    while batch := list(islice(source, size)):
        yield batch


def _tuples(
    reader: Reader, pairs: Iterable[tuple[Any, Any]], workers: int, batch_size: int
) -> Iterator[tuple[Any, Any]]:
    contexts: deque[Any] = deque()

    def records() -> Iterator[Any]:
        for record, context in pairs:
            contexts.append(context)
            yield record

    for out in _run(reader, records(), workers, batch_size):
        yield out, contexts.popleft()


def _parallel(reader: Reader, records: Iterable[Any], workers: int, batch_size: int) -> Iterator[Any]:
    """Batches go out ahead of the consumer and come back in order; a dead worker's batches are read again."""
    source = _batches(records, batch_size)
    pending: deque[tuple[list[Any], Future[list[Any]]]] = deque()
    pool = _Pool(reader, workers)
    try:
        while True:
            for batch in islice(source, workers * AHEAD - len(pending)):
                pending.append((batch, pool.submit(batch)))
            if not pending:
                return
            batch, future = pending.popleft()
            try:
                done = future.result()
            except BrokenProcessPool:
                pool.close()
                done = _read_again(reader, batch)
                pool = _Pool(reader, workers)
                pending = deque((b, f if _succeeded(f) else pool.submit(b)) for b, f in pending)
            except Exception:  # a record that can't travel is read here; what reading itself raised comes again
                done = reader.read(batch)
            yield from done
    finally:
        pool.close()


def _succeeded(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _read_again(reader: Reader, batch: list[Any]) -> list[Any]:
    """Read a batch whose worker died, each half in a worker of its own; a record that kills alone is named."""
    pool = _Pool(reader, 1)
    try:
        return pool.submit(batch).result()
    except BrokenProcessPool:
        pool.check()
        if len(batch) == 1:
            return [reader.lost(batch[0], "worker_died", "the process that read this record died, twice")]
        middle = len(batch) // 2
        return _read_again(reader, batch[:middle]) + _read_again(reader, batch[middle:])
    finally:
        pool.close()


class _Pool:
    """Processes that hold a reader each. They are spawned: the same on every system, threads or none."""

    def __init__(self, reader: Reader, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(reader,))
        with _interrupts_held():
            self.first = self.executor.submit(os.getpid)

    def submit(self, batch: list[Any]) -> Future[list[Any]]:
        try:
            with _interrupts_held():  # a worker that this starts inherits it
                return self.executor.submit(_read_batch, batch)
        except BrokenProcessPool as error:  # it broke since the last batch: the future tells, as if it had been in time
            future: Future[list[Any]] = Future()
            future.set_exception(error)
            return future

    def check(self) -> None:
        """Raise if no worker ever began: then no record is to blame."""
        if not _succeeded(self.first):
            raise RuntimeError(
                "workers could not be started; a script that uses them needs `if __name__ == '__main__':` around its "
                "work, because every worker imports the script anew"
            )

    def close(self) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C is for the one process that can end in order: none begun here hears it, this one a moment later."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_reader: Reader | None = None
_settled = False


def _start(reader: Reader) -> None:
    global _reader
    _reader = reader
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def settle() -> None:
    """Keep what is loaded by now out of the garbage collector's rounds: tables live as long as the process.

    For processes that are ours alone, after their first record; a round over the tables would take a fifth of the time.
    """
    gc.collect()
    gc.freeze()


def _read_batch(batch: list[Any]) -> list[Any]:
    global _settled
    assert _reader is not None
    done = _reader.read(batch)
    if not _settled:
        settle()
        _settled = True
    return done
