"""Spark: a DataFrame of postings in, a DataFrame of records out, by ``mapInArrow``. Needs the extra ``spark``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from enrich.adapters.arrow import SCHEMA, enrich_batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def _map(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return enrich_batches(batches)


def enrich_dataframe(frame: DataFrame) -> DataFrame:
    """One row for each posting; columns are the output contract's keys. Workers need the wheel and nothing else."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return frame.mapInArrow(_map, from_arrow_schema(SCHEMA))
