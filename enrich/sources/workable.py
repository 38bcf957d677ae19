"""Workable's jobs API and widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_pay, add_place, add_text, body, get, listed, text


def read(record: Mapping[str, Any]) -> Posting:
    """Places from ``locations`` or ``location`` (or the flat keys of the widget); pay from ``salary``."""
    posting = Posting(provider="workable")
    posting.id = text(get(record, "id")) or text(get(record, "shortcode")) or ""
    posting.title = text(get(record, "title")) or text(get(record, "full_title")) or ""
    body(
        posting,
        (None, get(record, "full_description") or get(record, "description")),
        ("Requirements", get(record, "requirements")),
        ("Benefits", get(record, "benefits")),
    )
    posting.department = text(get(record, "department")) or text(get(record, "department", "name"))
    posting.url = text(get(record, "url")) or text(get(record, "shortlink"))
    posting.posted_at = text(get(record, "published_on")) or text(get(record, "created_at"))
    posting.employment_type = text(get(record, "employment_type")) or text(get(record, "type"))
    posting.workplace_type = text(get(record, "workplace_type")) or text(get(record, "workplace"))
    remote = (get(record, "telecommuting"), get(record, "remote"), get(record, "location", "telecommuting"))
    if posting.workplace_type is None and any(flag is True for flag in remote):
        posting.workplace_type = "remote"
    for place in listed(get(record, "locations")) or [get(record, "location") or record]:
        region = text(get(place, "region")) or text(get(place, "state"))
        if not add_place(posting, get(place, "city"), region, text(get(place, "country")) or get(place, "countryName")):
            add_text(posting, get(place, "location_str"), place)
    pay = get(record, "salary")
    add_pay(posting, get(pay, "salary_from"), get(pay, "salary_to"), get(pay, "salary_currency"), None)
    return posting
