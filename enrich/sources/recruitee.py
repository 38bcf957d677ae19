"""Recruitee's careers-site API: one offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_pay, add_place, add_text, body, get, listed, text


def read(record: Mapping[str, Any]) -> Posting:
    """Flags ``remote``, ``hybrid``, ``on_site`` make the workplace; ``employment_type_code`` the kind of contract."""
    posting = Posting(provider="recruitee")
    posting.id = text(get(record, "id")) or text(get(record, "slug")) or ""
    posting.title = text(get(record, "title")) or ""
    body(posting, (None, get(record, "description")), ("Requirements", get(record, "requirements")))
    posting.company = text(get(record, "company_name"))
    posting.department = text(get(record, "department"))
    posting.url = text(get(record, "careers_url"))
    posting.posted_at = text(get(record, "published_at")) or text(get(record, "created_at"))
    posting.employment_type = text(get(record, "employment_type_code"))
    for flag, kind in (("hybrid", "hybrid"), ("remote", "remote"), ("on_site", "onsite")):
        if get(record, flag) is True:
            posting.workplace_type = kind
            break
    for place in listed(get(record, "locations")) or [record]:
        region = text(get(place, "state")) or text(get(place, "state_name"))
        if not add_place(
            posting, get(place, "city"), region, text(get(place, "country")) or get(place, "country_code")
        ):
            add_text(posting, get(place, "location"), get(place, "name"))
    pay = get(record, "salary")
    add_pay(posting, get(pay, "min"), get(pay, "max"), get(pay, "currency"), get(pay, "period"))
    return posting
