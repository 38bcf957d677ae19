"""Personio's job feed, as JSON made from its XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_text, body, get, listed, text


def read(record: Mapping[str, Any]) -> Posting:
    """The description from ``jobDescriptions``; ``schedule`` and ``employmentType`` tell the kind of contract."""
    posting = Posting(provider="personio")
    posting.id = text(get(record, "id")) or ""
    posting.title = text(get(record, "name")) or ""
    descriptions = get(record, "jobDescriptions")
    parts = listed(get(descriptions, "jobDescription") if isinstance(descriptions, Mapping) else descriptions)
    body(posting, *((text(get(part, "name")), get(part, "value")) for part in parts))
    posting.company = text(get(record, "subcompany"))
    posting.department = text(get(record, "department"))
    posting.posted_at = text(get(record, "createdAt"))
    kinds = (text(get(record, "schedule")), text(get(record, "employmentType")))
    posting.employment_type = ", ".join(filter(None, kinds)) or None
    extra = get(record, "additionalOffices")
    offices = get(extra, "office") if isinstance(extra, Mapping) else extra
    add_text(posting, get(record, "office"), *listed(offices))
    return posting
