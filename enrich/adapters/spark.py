"""Spark: a DataFrame of postings in, a DataFrame of records out, by ``mapInArrow``. Needs the extra ``spark``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from enrich.adapters.arrow import SCHEMA, enrich_batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from enrich.pipeline import Enricher


def _read(batches: Iterator[pa.RecordBatch], *, enricher: Enricher | None) -> Iterator[pa.RecordBatch]:
    return enrich_batches(batches, enricher=enricher)


def enrich_dataframe(frame: DataFrame, *, enricher: Enricher | None = None) -> DataFrame:
    """One row for each posting; columns are the output contract's keys.

    Executors need the wheel with this extra and nothing else.

    Args:
        frame: its columns are a posting's keys.
        enricher: what reads them; one with its defaults, made once a Python worker, if none is given.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    return frame.mapInArrow(partial(_read, enricher=enricher), from_arrow_schema(SCHEMA))
