"""schema.org JobPosting as JSON-LD, alone, in a list or inside an ``@graph``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import Posting, read_plain
from enrich.result import Problem
from enrich.sources.payload import add_pay, add_place, add_text, body, get, listed, number, text


def is_posting(node: Any) -> bool:
    """Whether the node's type is JobPosting."""
    return any(str(t).rsplit("/", 1)[-1] == "JobPosting" for t in listed(get(node, "@type")))


def read(record: Mapping[str, Any]) -> Posting:
    """The JobPosting of the record; a JSON-LD object of another type is read as a plain posting and named."""
    node: Any = record
    if not is_posting(node):
        node = next((n for n in listed(get(record, "@graph")) if is_posting(n)), None)
    if node is None:
        posting = read_plain(record)
        posting.problems.append(Problem("not_a_job_posting", "@type", f"{get(record, '@type')} is no JobPosting"))
        return posting
    posting = Posting()
    identifier = get(node, "identifier")
    posting.id = text(identifier) or text(get(identifier, "value")) or text(get(node, "@id")) or ""
    posting.title = text(get(node, "title")) or text(get(node, "name")) or ""
    posting.company = text(get(node, "hiringOrganization", "name")) or text(get(node, "hiringOrganization"))
    posting.url = text(get(node, "url"))
    posting.posted_at = text(get(node, "datePosted"))
    posting.language = text(get(node, "inLanguage"))
    posting.employment_type = ", ".join(filter(None, map(text, listed(get(node, "employmentType"))))) or None
    body(
        posting,
        (None, get(node, "description")),
        ("Responsibilities", text(get(node, "responsibilities"))),
        ("Qualifications", text(get(node, "qualifications"))),
        ("Skills", text(get(node, "skills"))),
        ("Benefits", text(get(node, "jobBenefits"))),
    )
    for place in listed(get(node, "jobLocation")):
        _read_place(posting, place)
    if any(str(t).upper() == "TELECOMMUTE" for t in listed(get(node, "jobLocationType"))):
        posting.workplace_type = "remote"
    for area in listed(get(node, "applicantLocationRequirements")):
        name = text(area) or text(get(area, "name")) or text(get(area, "address", "addressCountry"))
        if name:
            posting.remote_scope.append(name)
    for pay in listed(get(node, "baseSalary")):
        _read_pay(posting, pay)
    posting.experience_months = number(get(node, "experienceRequirements", "monthsOfExperience"))
    return posting


def _read_place(posting: Posting, place: Any) -> None:
    address = get(place, "address")
    if isinstance(address, list):
        for one in address:
            _read_place(posting, {"address": one})
        return
    country = get(address, "addressCountry")
    found = add_place(
        posting,
        get(address, "addressLocality"),
        get(address, "addressRegion"),
        text(country) or get(country, "name"),
        get(address, "postalCode"),
    )
    if not found:
        add_text(posting, address, get(place, "name"), place)


def _read_pay(posting: Posting, pay: Any) -> None:
    if text(pay) and number(pay) is None:
        posting.salary_text = text(pay)
        return
    value = get(pay, "value")
    currency = text(get(pay, "currency")) or text(get(value, "currency")) or text(get(pay, "salaryCurrency"))
    period = text(get(value, "unitText")) or text(get(pay, "unitText")) or text(get(value, "unitCode"))
    exact = number(pay) or number(value) or number(get(value, "value"))
    low = get(value, "minValue") or get(pay, "minValue") or exact
    high = get(value, "maxValue") or get(pay, "maxValue") or exact
    if number(low) is None and number(high) is None and text(get(value, "value")):
        posting.salary_text = " ".join(filter(None, [currency, text(get(value, "value")), period]))
    add_pay(posting, low, high, currency, period)
