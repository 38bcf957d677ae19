"""pandas: ``import enrich.adapters.pandas``, then ``frame.enrich()``. Needs the extra ``pandas``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from enrich.adapters.arrow import SCHEMA, posting
from enrich.stream import BATCH

if TYPE_CHECKING:
    from enrich.pipeline import Enricher


@pd.api.extensions.register_dataframe_accessor("enrich")
class EnrichAccessor:
    """``frame.enrich()``: the records of the frame's postings, under the frame's own index.

    >>> import enrich.adapters.pandas
    >>> frame = pd.DataFrame({"title": ["Nurse"], "location_text": ["Leeds, UK"]}, index=["a"])
    >>> frame.enrich().loc["a", "location"]["country_code"]
    'GB'
    """

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
    records = [e.to_dict() for e in enricher.pipe(_postings(frame), workers=workers, batch_size=BATCH)]
    out = pd.DataFrame.from_records(records, columns=SCHEMA.names)
    out.index = frame.index
    return out.astype({field.name: "float64" for field in SCHEMA if pa.types.is_floating(field.type)})


def _postings(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    for row in frame.itertuples(index=False, name=None):
        yield posting({name: _plain(value) for name, value in zip(names, row)})


def _plain(value: Any) -> Any:
    """A cell's value as Python has it; pandas' ways to say "missing" (NaN, NaT, NA) become ``None``."""
    if pd.api.types.is_scalar(value):
        return None if pd.isna(value) else value
    return value.tolist() if hasattr(value, "tolist") else value
