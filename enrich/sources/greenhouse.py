"""Greenhouse's job board API: a job with its ``content`` (HTML, escaped once more)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_pay, add_text, body, get, listed, number, text


def read(record: Mapping[str, Any]) -> Posting:
    """Places from ``location.name`` (else the offices), pay from ``pay_input_ranges``, custom fields by name."""
    posting = Posting(provider="greenhouse")
    posting.id = text(get(record, "id")) or ""
    posting.title = text(get(record, "title")) or ""
    body(posting, (None, get(record, "content") or get(record, "description")))
    posting.company = text(get(record, "company_name")) or text(get(record, "company"))
    posting.url = text(get(record, "absolute_url"))
    posting.posted_at = text(get(record, "first_published")) or text(get(record, "updated_at"))
    posting.language = text(get(record, "language"))
    posting.department = next((text(get(d, "name")) for d in listed(get(record, "departments"))), None)
    add_text(posting, get(record, "location", "name"), get(record, "location"), get(record, "location_text"))
    if not posting.location_text:
        for office in listed(get(record, "offices")):
            add_text(posting, text(get(office, "location")) or get(office, "name"))
    for pay in listed(get(record, "pay_input_ranges")):
        low, high = number(get(pay, "min_cents")), number(get(pay, "max_cents"))
        add_pay(posting, low and low / 100, high and high / 100, get(pay, "currency_type"), None, get(pay, "title"))
    for item in listed(get(record, "metadata")):
        name, value = (text(get(item, "name")) or "").casefold(), text(get(item, "value"))
        if value and ("workplace" in name or "remote" in name or "work type" in name):
            posting.workplace_type = value
        elif value and ("employment type" in name or "time type" in name):
            posting.employment_type = value
    return posting
