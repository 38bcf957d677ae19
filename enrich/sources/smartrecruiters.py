"""SmartRecruiters' postings API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_place, body, get, text

SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


def read(record: Mapping[str, Any]) -> Posting:
    """The description from the ``jobAd``'s sections; place and remote flags from ``location``."""
    posting = Posting(provider="smartrecruiters")
    posting.id = text(get(record, "id")) or text(get(record, "uuid")) or ""
    posting.title = text(get(record, "name")) or ""
    ad = get(record, "jobAd", "sections")
    body(posting, *((text(get(ad, key, "title")), get(ad, key, "text")) for key in SECTIONS))
    posting.company = text(get(record, "company", "name"))
    posting.department = text(get(record, "department", "label"))
    posting.url = text(get(record, "postingUrl")) or text(get(record, "ref"))
    posting.posted_at = text(get(record, "releasedDate"))
    posting.language = text(get(record, "language", "code"))
    posting.employment_type = text(get(record, "typeOfEmployment", "label"))
    place = get(record, "location")
    if get(place, "remote") is True:
        posting.workplace_type = "remote"
    elif get(place, "hybrid") is True:
        posting.workplace_type = "hybrid"
    add_place(posting, get(place, "city"), get(place, "region"), get(place, "country"), get(place, "postalCode"))
    return posting
