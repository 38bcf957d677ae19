"""Arrow: one schema for the whole record, and batches in, batches out. Needs the extra ``arrow``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from enrich.files import dumps
from enrich.stream import BATCH, pipe

if TYPE_CHECKING:
    from enrich.pipeline import Enricher
    from enrich.result import Enrichment

_LOCATION_FIELDS = [
    ("raw", pa.string()),
    ("city", pa.string()),
    ("region", pa.string()),
    ("country", pa.string()),
    ("is_remote", pa.bool_()),
    ("confidence", pa.float64()),
    ("country_code", pa.string()),
    ("region_code", pa.string()),
    ("geonames_id", pa.int64()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("timezone", pa.string()),
    ("kind", pa.string()),
    ("country_confidence", pa.float64()),
    ("region_confidence", pa.float64()),
]
_ALTERNATIVE = pa.struct(
    [("city", pa.string()), ("region", pa.string()), ("country_code", pa.string()), ("probability", pa.float64())]
)
_LOCATION = pa.struct([*_LOCATION_FIELDS, ("alternatives", pa.list_(_ALTERNATIVE))])
_PLAIN_LOCATION = pa.struct(_LOCATION_FIELDS[:6])
_SPAN = pa.list_(pa.int64())

SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        ("language", pa.string()),
        ("language_confidence", pa.float64()),
        ("location", _LOCATION),
        ("locations", pa.list_(_LOCATION)),
        ("remote_policy", pa.string()),
        ("remote_confidence", pa.float64()),
        ("remote_scope", pa.list_(pa.string())),
        ("office_days_per_week", pa.float64()),
        ("workplace_type", pa.string()),
        ("salary_raw", pa.string()),
        ("salary_min", pa.float64()),
        ("salary_max", pa.float64()),
        ("salary_currency", pa.string()),
        ("salary_period", pa.string()),
        ("salary_confidence", pa.float64()),
        (
            "salary_bands",
            pa.list_(
                pa.struct(
                    [
                        ("min", pa.float64()),
                        ("max", pa.float64()),
                        ("currency", pa.string()),
                        ("period", pa.string()),
                        ("kind", pa.string()),
                        ("label", pa.string()),
                        ("gross", pa.bool_()),
                        ("raw", pa.string()),
                    ]
                )
            ),
        ),
        ("normalized_title", pa.string()),
        (
            "title_info",
            pa.struct(
                [
                    ("role", pa.string()),
                    ("seniority", pa.string()),
                    ("function", pa.string()),
                    ("isco08", pa.string()),
                    ("confidence", pa.float64()),
                ]
            ),
        ),
        ("seniority", pa.string()),
        ("employment_type", pa.string()),
        ("experience_years_min", pa.float64()),
        (
            "skills",
            pa.list_(
                pa.struct(
                    [
                        ("name", pa.string()),
                        ("category", pa.string()),
                        ("surfaces", pa.list_(pa.string())),
                        ("confidence", pa.float64()),
                        ("requirement", pa.string()),
                        ("years", pa.float64()),
                        ("spans", pa.list_(_SPAN)),
                    ]
                )
            ),
        ),
        (
            "launch_scope",
            pa.struct(
                [
                    ("reason", pa.string()),
                    ("included", pa.bool_()),
                    ("location", _PLAIN_LOCATION),
                    ("countries", pa.list_(pa.string())),
                ]
            ),
        ),
        ("text", pa.string()),
        (
            "sections",
            pa.list_(
                pa.struct([("kind", pa.string()), ("heading", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
            ),
        ),
        (
            "evidence",
            pa.list_(
                pa.struct(
                    [
                        ("field", pa.string()),
                        ("rule", pa.string()),
                        ("source", pa.string()),
                        ("start", pa.int64()),
                        ("end", pa.int64()),
                        ("value", pa.string()),
                    ]
                )
            ),
        ),
        ("inferred_at", pa.string()),
        ("version", pa.struct([("library", pa.string()), ("data", pa.string())])),
        (
            "problems",
            pa.list_(pa.struct([("code", pa.string()), ("field", pa.string()), ("message", pa.string())])),
        ),
        ("title", pa.string()),
        ("company", pa.string()),
        ("department", pa.string()),
        ("url", pa.string()),
        ("provider", pa.string()),
        ("posted_at", pa.string()),
        ("extra", pa.string()),
    ]
)
"""The output contract in Arrow's types. ``extra`` and evidence's ``value`` may be anything and are JSON text."""


SLICE = 512
"""Rows of a large batch that are read at once, so that a batch of any size costs the memory of so many."""


def to_row(enrichment: Enrichment) -> dict[str, Any]:
    """A record in the types of :data:`SCHEMA`."""
    row = enrichment.to_dict()
    row["extra"] = dumps(row["extra"]).decode() if row["extra"] else None
    for evidence in row["evidence"]:
        if evidence["value"] is not None:
            evidence["value"] = dumps(evidence["value"]).decode()
    return row


def to_batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    """Rows of :func:`to_row` as one batch of :data:`SCHEMA`."""
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def posting(row: Mapping[str, Any]) -> dict[str, Any]:
    """A table's row as a posting: cells without a value are left out, times become ISO 8601 text."""
    return {
        str(key): value.isoformat() if isinstance(value, (date, datetime)) else value
        for key, value in row.items()
        if value is not None
    }


def enrich_batches(
    batches: Iterable[pa.RecordBatch], *, enricher: Enricher | None = None, workers: int = 1
) -> Iterator[pa.RecordBatch]:
    """Batches of :data:`SCHEMA` for batches of postings, rows in order; a large batch comes back as several.

    The columns of a batch are a posting's keys. This is the function that Spark's ``mapInArrow`` and Ray's
    ``map_batches`` run.

    >>> batch = pa.RecordBatch.from_pylist([{"title": "Nurse", "location_text": "Leeds, UK"}])
    >>> [out] = enrich_batches([batch])
    >>> out["location"][0]["country_code"].as_py()
    'GB'
    """
    if enricher is None:
        from enrich.pipeline import default_enricher

        enricher = default_enricher()

    def rows() -> Iterator[tuple[dict[str, Any], bool]]:
        for batch in batches:
            for start in range(0, batch.num_rows, SLICE):
                part = batch.slice(start, SLICE).to_pylist()
                for number, row in enumerate(part, 1):
                    yield posting(row), number == len(part)

    done: list[dict[str, Any]] = []
    for row, last in pipe(enricher, rows(), workers=workers, batch_size=BATCH, as_tuples=True, finish=to_row):
        done.append(row)
        if last:
            yield to_batch(done)
            done = []
