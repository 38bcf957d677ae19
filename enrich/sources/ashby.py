"""Ashby's job board API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_pay, add_place, add_text, body, get, listed, text


def read(record: Mapping[str, Any]) -> Posting:
    """Places from ``location`` and ``secondaryLocations``, base pay from the compensation's salary components."""
    posting = Posting(provider="ashby")
    posting.id = text(get(record, "id")) or ""
    posting.title = text(get(record, "title")) or ""
    body(posting, (None, get(record, "descriptionHtml") or get(record, "descriptionPlain")))
    posting.department = text(get(record, "department")) or text(get(record, "team"))
    posting.url = text(get(record, "jobUrl")) or text(get(record, "applyUrl"))
    posting.posted_at = text(get(record, "publishedAt"))
    posting.employment_type = text(get(record, "employmentType"))
    posting.workplace_type = text(get(record, "workplaceType")) or (
        "remote" if get(record, "isRemote") is True else None
    )
    for place in (record, *listed(get(record, "secondaryLocations"))):
        address = get(place, "address", "postalAddress") or get(place, "address")
        name = text(get(place, "location"))
        if name:
            add_text(posting, name)
        else:
            add_place(
                posting,
                get(address, "addressLocality"),
                get(address, "addressRegion"),
                get(address, "addressCountry"),
            )
    compensation = get(record, "compensation")
    for component in listed(get(compensation, "summaryComponents")):
        if get(component, "compensationType") == "Salary":
            add_pay(
                posting,
                get(component, "minValue"),
                get(component, "maxValue"),
                get(component, "currencyCode"),
                get(component, "interval"),
            )
    if not posting.pay:
        posting.salary_text = text(get(compensation, "scrapeableCompensationSalarySummary")) or text(
            get(compensation, "compensationTierSummary")
        )
    return posting
