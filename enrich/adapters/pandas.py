"""pandas: ``import enrich.adapters.pandas``, then ``frame.enrich()``. Needs the extra ``pandas``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from enrich.adapters.arrow import SCHEMA, to_batch

if TYPE_CHECKING:
    from enrich.pipeline import Enricher


@pd.api.extensions.register_dataframe_accessor("enrich")
class EnrichAccessor:
    """``frame.enrich()``: the records of the frame's postings, under the frame's own index."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def __call__(self, *, enricher: Enricher | None = None, workers: int = 1) -> pd.DataFrame:
        """One row for each posting, in order; columns are the output contract's keys, nested values dicts and lists.

        Args:
            enricher: what reads them; the default one if none is given.
            workers: processes.
        """
        return enrich_frame(self._frame, enricher=enricher, workers=workers)


def enrich_frame(frame: pd.DataFrame, *, enricher: Enricher | None = None, workers: int = 1) -> pd.DataFrame:
    """See :class:`EnrichAccessor`."""
    if enricher is None:
        from enrich.pipeline import default_enricher

        enricher = default_enricher()
    rows = (
        {str(k): v for k, v in row.items() if isinstance(v, (list, tuple, dict)) or not pd.isna(v)}
        for row in frame.to_dict(orient="records")
    )
    batch = to_batch([e.to_dict() for e in enricher.pipe(rows, workers=workers)])
    out: pd.DataFrame = pa.Table.from_batches([batch], schema=SCHEMA).to_pandas()
    out.index = frame.index
    return out
