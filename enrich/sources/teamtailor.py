"""Teamtailor's JSON:API: one ``jobs`` resource, its ``included`` places where they are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_pay, add_place, body, get, listed, text

REMOTE = {"none": "onsite", "fully": "remote", "hybrid": "hybrid", "temporary": "remote"}


def read(record: Mapping[str, Any]) -> Posting:
    """``remote-status`` none, hybrid, fully or temporary; pay from the ``*-salary`` attributes."""
    job = get(record, "attributes")
    posting = Posting(provider="teamtailor")
    posting.id = text(get(record, "id")) or ""
    posting.title = text(get(job, "title")) or ""
    body(posting, (None, get(job, "pitch")), (None, get(job, "body")))
    posting.url = text(get(record, "links", "careersite-job-url"))
    posting.posted_at = text(get(job, "created-at"))
    posting.language = text(get(job, "language-code"))
    posting.employment_type = text(get(job, "employment-type"))
    posting.workplace_type = REMOTE.get(text(get(job, "remote-status")) or "")
    for item in listed(get(record, "included")):
        if get(item, "type") == "locations":
            place = get(item, "attributes")
            add_place(posting, text(get(place, "city")) or get(place, "name"), None, get(place, "country"))
        elif get(item, "type") == "departments":
            posting.department = text(get(item, "attributes", "name"))
    add_pay(posting, get(job, "min-salary"), get(job, "max-salary"), get(job, "currency"), get(job, "salary-time-unit"))
    return posting
