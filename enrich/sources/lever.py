"""Lever's postings API: ``text`` is the title, ``categories`` hold place, team and commitment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_pay, add_text, body, get, listed, number, text


def read(record: Mapping[str, Any]) -> Posting:
    """The description with its ``lists`` under their own headings; ``salaryRange`` with its interval."""
    posting = Posting(provider="lever")
    posting.id = text(get(record, "id")) or ""
    posting.title = text(get(record, "text")) or ""
    parts = [
        (text(get(item, "text")), f"<ul>{get(item, 'content') or ''}</ul>") for item in listed(get(record, "lists"))
    ]
    opening = get(record, "description") or get(record, "descriptionPlain")
    body(posting, (None, opening), *parts, (None, get(record, "additional") or get(record, "additionalPlain")))
    posting.url = text(get(record, "hostedUrl"))
    posting.department = text(get(record, "categories", "department")) or text(get(record, "categories", "team"))
    posting.employment_type = text(get(record, "categories", "commitment"))
    posting.workplace_type = text(get(record, "workplaceType"))
    country = text(get(record, "country"))
    posting.country_hint = country if country and len(country) == 2 else None
    add_text(posting, get(record, "categories", "location"), *listed(get(record, "categories", "allLocations")))
    pay = get(record, "salaryRange")
    add_pay(posting, get(pay, "min"), get(pay, "max"), get(pay, "currency"), get(pay, "interval"))
    created = number(get(record, "createdAt"))
    if created:
        posting.posted_at = datetime.fromtimestamp(created / 1000, UTC).isoformat().replace("+00:00", "Z")
    return posting
