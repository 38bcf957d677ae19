"""Arrow: one schema for the whole record, and batches in, batches out. Needs the extra ``arrow``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from enrich.pipeline import Enricher

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


def to_row(record: dict[str, Any]) -> dict[str, Any]:
    """A record of ``Enrichment.to_dict()`` in the types of :data:`SCHEMA`."""
    row = dict(record)
    row["extra"] = json.dumps(record["extra"], ensure_ascii=False, default=str) if record["extra"] else None
    row["evidence"] = [
        {**e, "value": None if e["value"] is None else json.dumps(e["value"], ensure_ascii=False, default=str)}
        for e in record["evidence"]
    ]
    return row


def to_batch(records: list[dict[str, Any]]) -> pa.RecordBatch:
    """Records of ``Enrichment.to_dict()`` as one batch of :data:`SCHEMA`."""
    return pa.RecordBatch.from_pylist([to_row(record) for record in records], schema=SCHEMA)


def enrich_batches(
    batches: Iterable[pa.RecordBatch], *, enricher: Enricher | None = None, workers: int = 1
) -> Iterator[pa.RecordBatch]:
    """One batch of :data:`SCHEMA` for each batch of postings, rows in order.

    The columns of a batch are a posting's keys. This is the function that Spark's ``mapInArrow`` and Ray's
    ``map_batches`` run.
    """
    if enricher is None:
        from enrich.pipeline import default_enricher

        enricher = default_enricher()
    for batch in batches:
        rows = ({k: v for k, v in row.items() if v is not None} for row in batch.to_pylist())
        yield to_batch([e.to_dict() for e in enricher.pipe(rows, workers=workers)])
