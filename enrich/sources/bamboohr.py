"""BambooHR: the careers page's ``list_job`` and ``detail_job_opening``, together or one alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_place, body, get, text

LOCATION_TYPE = {"0": "onsite", "1": "remote", "2": "hybrid"}


def read(record: Mapping[str, Any]) -> Posting:
    """``atsLocation`` counts before ``location``; ``locationType`` is 0 on-site, 1 remote, 2 hybrid.

    ``employmentStatusLabel`` is free text of the employer's and may name anything, a payroll provider for one.
    """
    detail, listed = get(record, "detail_job_opening"), get(record, "list_job")
    if detail is None and listed is None:
        detail = record

    def either(*path: str) -> str | None:
        return text(get(detail, *path)) or text(get(listed, *path))

    posting = Posting(provider="bamboohr")
    posting.id = text(get(record, "id")) or text(get(listed, "id")) or ""
    posting.title = either("jobOpeningName") or ""
    body(posting, (None, get(detail, "description") or get(listed, "description")))
    posting.department = either("departmentLabel")
    posting.url = either("jobOpeningShareUrl")
    posting.posted_at = either("datePosted")
    posting.employment_type = either("employmentStatusLabel")
    posting.salary_text = either("compensation")
    location_type = either("locationType")
    posting.workplace_type = LOCATION_TYPE.get(location_type or "")
    if posting.workplace_type is None and get(listed, "isRemote") is True:
        posting.workplace_type = "remote"
    for source in (detail, listed):
        for key in ("atsLocation", "location"):
            if posting.places:
                break
            add_place(
                posting,
                get(source, key, "city"),
                text(get(source, key, "state")) or text(get(source, key, "province")),
                text(get(source, key, "country")) or text(get(source, key, "addressCountry")),
                get(source, key, "postalCode"),
            )
    return posting
