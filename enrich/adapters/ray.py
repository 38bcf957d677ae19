"""Ray Data: a Dataset of postings in, a Dataset of records out, by ``map_batches``. Needs the extra ``ray``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from enrich.adapters.arrow import SCHEMA, enrich_batches

if TYPE_CHECKING:
    from ray.data import Dataset

    from enrich.pipeline import Enricher


class EnrichActor:
    """One enricher an actor: made once, used for every batch that the actor is given."""

    def __init__(self, enricher: Enricher | None = None) -> None:
        from enrich.pipeline import Enricher

        self.enricher = enricher or Enricher()

    def __call__(self, table: pa.Table) -> pa.Table:
        """The records of the table's postings, in order."""
        return pa.Table.from_batches(enrich_batches(table.to_batches(), enricher=self.enricher), schema=SCHEMA)


def enrich_dataset(
    dataset: Dataset, *, enricher: Enricher | None = None, actors: int = 2, batch_size: int = 256
) -> Dataset:
    """One row for each posting. Nodes need the wheel with this extra and nothing else.

    Args:
        dataset: its columns are a posting's keys.
        enricher: what reads them; one with its defaults if none is given.
        actors: processes that read.
        batch_size: rows an actor is given at once.
    """
    from ray.data import ActorPoolStrategy

    return dataset.map_batches(
        EnrichActor,
        fn_constructor_args=(enricher,),
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ActorPoolStrategy(size=actors),
    )
