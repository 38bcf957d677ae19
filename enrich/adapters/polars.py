"""polars: ``import enrich.adapters.polars``, then ``frame.enrich.postings()``. Needs the extra ``polars``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from enrich.adapters.arrow import SCHEMA, enrich_batches

if TYPE_CHECKING:
    from enrich.pipeline import Enricher


@pl.api.register_dataframe_namespace("enrich")
class EnrichNamespace:
    """``frame.enrich.postings()``: the records of the frame's postings.

    >>> import enrich.adapters.polars
    >>> frame = pl.DataFrame({"title": ["Nurse"], "location_text": ["Leeds, UK"]})
    >>> frame.enrich.postings()["location"].struct.field("country_code").to_list()
    ['GB']
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def postings(self, *, enricher: Enricher | None = None, workers: int = 1) -> pl.DataFrame:
        """One row for each posting, in order; columns are the output contract's keys.

        Args:
            enricher: what reads them; the default one if none is given.
            workers: processes.
        """
        return enrich_frame(self._frame, enricher=enricher, workers=workers)


@pl.api.register_lazyframe_namespace("enrich")
class LazyEnrichNamespace:
    """``lazy.enrich.postings()``: the same as a step of a lazy query."""

    def __init__(self, frame: pl.LazyFrame) -> None:
        self._frame = frame

    def postings(self, *, enricher: Enricher | None = None, workers: int = 1) -> pl.LazyFrame:
        """See :meth:`EnrichNamespace.postings`."""
        return self._frame.map_batches(
            lambda frame: enrich_frame(frame, enricher=enricher, workers=workers), schema=_polars([]).schema
        )


def enrich_frame(frame: pl.DataFrame, *, enricher: Enricher | None = None, workers: int = 1) -> pl.DataFrame:
    """See :class:`EnrichNamespace`."""
    return _polars(list(enrich_batches(frame.to_arrow().to_batches(), enricher=enricher, workers=workers)))


def _polars(batches: list[pa.RecordBatch]) -> pl.DataFrame:
    out = pl.from_arrow(pa.Table.from_batches(batches, schema=SCHEMA))
    assert isinstance(out, pl.DataFrame)
    return out
