"""Native payloads: each board's own keys to the library's."""

from __future__ import annotations

import pytest

from enrich.posting import PayParts, PlaceParts, read

GREENHOUSE = {
    "id": 1,
    "title": "Cook",
    "absolute_url": "https://x.example/1",
    "content": "&lt;p&gt;Soup.&lt;/p&gt;",
    "location": {"name": "Lyon, France"},
    "offices": [{"name": "HQ", "location": "Paris"}],
    "departments": [{"name": "Kitchen"}],
    "metadata": [{"name": "Workplace Type", "value": "On-site"}],
    "pay_input_ranges": [{"min_cents": 250000, "max_cents": 300000, "currency_type": "EUR", "title": "Monthly"}],
}
LEVER = {
    "id": "l1",
    "text": "Cook",
    "hostedUrl": "https://x.example/l1",
    "description": "<div>Soup.</div>",
    "categories": {"location": "Lyon", "commitment": "Full-time", "team": "Kitchen", "allLocations": ["Lyon", "Nice"]},
    "lists": [{"text": "You bring", "content": "<li>a knife</li>"}],
    "workplaceType": "onsite",
    "country": "FR",
    "salaryRange": {"min": 30000, "max": 40000, "currency": "EUR", "interval": "per-year-salary"},
    "createdAt": 1780000000000,
}
ASHBY = {
    "id": "a1",
    "title": "Cook",
    "descriptionHtml": "<p>Soup.</p>",
    "isRemote": True,
    "jobUrl": "https://x.example/a1",
    "location": "Lyon",
    "secondaryLocations": [{"location": "Nice"}],
    "employmentType": "FullTime",
    "compensation": {
        "summaryComponents": [
            {
                "compensationType": "Salary",
                "minValue": 30000,
                "maxValue": 40000,
                "currencyCode": "EUR",
                "interval": "1 YEAR",
            },
            {"compensationType": "EquityPercentage", "minValue": 0.1, "maxValue": 0.2},
        ]
    },
}
WORKDAY = {
    "jobPostingInfo": {
        "id": "w",
        "jobReqId": "R-1",
        "title": "Cook",
        "jobDescription": "<p>Soup.</p>",
        "location": "Lyon",
        "additionalLocations": ["Nice"],
        "timeType": "Full time",
        "remoteType": "Hybrid",
        "startDate": "2026-01-02",
        "country": {"descriptor": "France", "alpha2Code": "FR"},
    }
}
SMART = {
    "id": "s1",
    "name": "Cook",
    "company": {"name": "Bistro"},
    "releasedDate": "2026-01-02",
    "location": {"city": "Lyon", "region": "ARA", "country": "fr", "remote": False, "hybrid": True},
    "typeOfEmployment": {"label": "Full-time"},
    "jobAd": {"sections": {"jobDescription": {"title": "Job Description", "text": "<p>Soup.</p>"}}},
}
WORKABLE = {
    "shortcode": "AB1",
    "title": "Cook",
    "description": "<p>Soup.</p>",
    "requirements": "<p>A knife</p>",
    "location": {"city": "Lyon", "region": "Rhône", "country": "France", "telecommuting": True},
    "employment_type": "Full-time",
    "salary": {"salary_from": 30000, "salary_to": 40000, "salary_currency": "EUR"},
}
RECRUITEE = {
    "id": 5,
    "title": "Cook",
    "careers_url": "https://x.example/5",
    "description": "<p>Soup.</p>",
    "hybrid": True,
    "city": "Lyon",
    "country": "France",
    "employment_type_code": "fulltime_permanent",
    "salary": {"min": 30000, "max": 40000, "currency": "EUR", "period": "year"},
}
PERSONIO = {
    "id": 6,
    "name": "Koch",
    "office": "Köln",
    "schedule": "full-time",
    "employmentType": "permanent",
    "jobDescriptions": {"jobDescription": [{"name": "Aufgaben", "value": "<p>Suppe.</p>"}]},
}
TEAMTAILOR = {
    "id": "7",
    "type": "jobs",
    "links": {"careersite-job-url": "https://x.example/7"},
    "attributes": {
        "title": "Kock",
        "body": "<p>Soppa.</p>",
        "remote-status": "hybrid",
        "min-salary": 30000,
        "max-salary": 40000,
        "currency": "SEK",
        "salary-time-unit": "monthly",
    },
    "included": [{"type": "locations", "attributes": {"city": "Lund", "country": "Sweden"}}],
}
SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Cook",
    "description": "<p>Soup.</p>",
    "identifier": {"@type": "PropertyValue", "value": "x-9"},
    "employmentType": ["FULL_TIME", "CONTRACTOR"],
    "hiringOrganization": {"@type": "Organization", "name": "Bistro"},
    "jobLocationType": "TELECOMMUTE",
    "applicantLocationRequirements": {"@type": "Country", "name": "France"},
    "jobLocation": [
        {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Lyon", "addressCountry": "FR"}}
    ],
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 30000, "maxValue": 40000, "unitText": "YEAR"},
    },
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
}


@pytest.mark.parametrize(
    ("payload", "provider", "title", "places", "pay", "workplace", "employment"),
    [
        (GREENHOUSE, "greenhouse", "Cook", ["Lyon, France"], (2500, 3000, "EUR"), "On-site", None),
        (LEVER, "lever", "Cook", ["Lyon", "Nice"], (30000, 40000, "EUR"), "onsite", "Full-time"),
        (ASHBY, "ashby", "Cook", ["Lyon", "Nice"], (30000, 40000, "EUR"), "remote", "FullTime"),
        (WORKDAY, "workday", "Cook", ["Lyon", "Nice"], None, "Hybrid", "Full time"),
        (SMART, "smartrecruiters", "Cook", ["Lyon, ARA, fr"], None, "hybrid", "Full-time"),
        (WORKABLE, "workable", "Cook", ["Lyon, Rhône, France"], (30000, 40000, "EUR"), "remote", "Full-time"),
        (RECRUITEE, "recruitee", "Cook", ["Lyon, France"], (30000, 40000, "EUR"), "hybrid", "fulltime_permanent"),
        (PERSONIO, "personio", "Koch", ["Köln"], None, None, "full-time, permanent"),
        (TEAMTAILOR, "teamtailor", "Kock", ["Lund, Sweden"], (30000, 40000, "SEK"), "hybrid", None),
        (SCHEMA_ORG, None, "Cook", ["Lyon, FR"], (30000, 40000, "EUR"), "remote", "FULL_TIME, CONTRACTOR"),
        (
            {"@graph": [{"@type": "WebPage"}, SCHEMA_ORG]},
            None,
            "Cook",
            ["Lyon, FR"],
            (30000, 40000, "EUR"),
            "remote",
            "FULL_TIME, CONTRACTOR",
        ),
    ],
)
def test_payloads(payload, provider, title, places, pay, workplace, employment):
    posting = read(payload)
    assert (posting.provider, posting.title, posting.location_text) == (provider, title, places)
    assert [(p.min, p.max, p.currency) for p in posting.pay] == ([pay] if pay else [])
    assert (posting.workplace_type, posting.employment_type) == (workplace, employment)
    assert "Soup" in posting.description or "Suppe" in posting.description or "Soppa" in posting.description
    assert posting.id and not posting.problems


def test_bamboohr(seed):
    posting = read(seed)
    assert posting.places == [PlaceParts("Berlin", "Berlin", "Germany")]
    assert posting.location_text == ["Berlin, Berlin, Germany"]
    assert (posting.id, posting.workplace_type, posting.employment_type) == ("374", "remote", "Deel")


@pytest.mark.parametrize(
    ("code", "kind"), [("0", "onsite"), ("1", "remote"), ("2", "hybrid"), (2, "hybrid"), (None, None)]
)
def test_bamboohr_location_type(code, kind):
    assert read({"detail_job_opening": {"jobOpeningName": "Cook", "locationType": code}}).workplace_type == kind


def test_schema_org_details():
    posting = read(SCHEMA_ORG)
    assert posting.pay == [PayParts(30000, 40000, "EUR", "YEAR")]
    assert (posting.remote_scope, posting.experience_months, posting.company) == (["France"], 24, "Bistro")


@pytest.mark.parametrize(
    "key", ["detail_job_opening", "jobPostingInfo", "jobAd", "jobDescriptions", "attributes", "@graph"]
)
@pytest.mark.parametrize("value", [None, 3, "x", [], [None], {"location": []}, {"title": {}}])
def test_malformed_payloads_never_raise(key, value):
    record = {key: value, "type": "jobs"} if key == "attributes" else {key: value}
    assert read(record).id
