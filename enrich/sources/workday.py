"""Workday's careers API: ``jobPostingInfo`` of one job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting
from enrich.sources.payload import add_text, body, get, listed, text


def read(record: Mapping[str, Any]) -> Posting:
    """``timeType`` is full or part time; ``remoteType`` the workplace; further places in ``additionalLocations``."""
    info = get(record, "jobPostingInfo")
    posting = Posting(provider="workday")
    posting.id = text(get(info, "jobReqId")) or text(get(info, "id")) or ""
    posting.title = text(get(info, "title")) or ""
    body(posting, (None, get(info, "jobDescription")))
    posting.company = text(get(record, "hiringOrganization", "name"))
    posting.url = text(get(info, "externalUrl"))
    posting.posted_at = text(get(info, "startDate"))
    posting.employment_type = text(get(info, "timeType"))
    posting.workplace_type = text(get(info, "remoteType"))
    add_text(posting, get(info, "location"), *listed(get(info, "additionalLocations")))
    code = text(get(info, "jobRequisitionLocation", "country", "alpha2Code"))
    posting.country_hint = code or text(get(info, "country", "alpha2Code"))
    country = text(get(info, "country", "descriptor"))
    if not posting.location_text:
        add_text(posting, country)
    return posting
