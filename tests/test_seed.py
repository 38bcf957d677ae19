"""The main job on the real posting that the library began with."""

from __future__ import annotations

import pytest
from conftest import NOW

from enrich import Enricher, LaunchScope

EXPECTED_SKILLS = [
    "Java",
    "Spring Boot",
    "PostgreSQL",
    "Apache Kafka",
    "Docker",
    "Microservices",
    "REST",
    "Prometheus",
    "Grafana",
    "Kibana",
    "AWS",
    "GitHub Actions",
    "Kubernetes",
    "Istio",
    "Terraform",
    "Terragrunt",
]
ALSO_FINE = {"HTTP", "Unit Testing", "Integration Testing", "End-to-End Testing", "Database Sharding"}
PREFERRED = {
    "Prometheus",
    "Grafana",
    "Kibana",
    "AWS",
    "GitHub Actions",
    "Kubernetes",
    "Istio",
    "Terraform",
    "Terragrunt",
}


@pytest.fixture(scope="module")
def record(seed):
    scope = LaunchScope(countries=["Germany"], catalogs=["bamboohr"])
    return Enricher(launch_scope=scope, clock=lambda: NOW, strict=True).enrich(seed)


def test_parsed_structured(record):
    got = record.to_parsed_structured()
    confidence = got["location"]["confidence"]
    assert confidence >= 0.8
    location = {
        "raw": "Berlin, Berlin, Germany",
        "city": "Berlin",
        "region": "Berlin",
        "country": "Germany",
        "is_remote": True,
        "confidence": confidence,
    }
    assert got == {
        "language": "en",
        "location": location,
        "salary_max": None,
        "salary_min": None,
        "inferred_at": "2026-06-06T10:22:29.999Z",
        "launch_scope": {
            "reason": "bamboohr_production_catalog",
            "included": True,
            "location": location,
            "countries": ["Germany"],
        },
        "remote_policy": "remote",
        "salary_period": None,
        "workplace_type": "remote",
        "salary_currency": None,
    }


def test_what_the_record_left_empty(record):
    assert record.normalized_title == "Senior Backend Engineer"
    assert record.title_info.role == "Backend Engineer"
    assert record.seniority == "senior"
    assert record.employment_type == "full_time"
    assert record.experience_years_min == 5
    assert record.remote_scope == ["DE"]
    assert record.salary_raw is None
    assert record.department == "B2B"
    assert record.url == "https://klar.bamboohr.com/careers/374"
    assert any("Deel" in p.message for p in record.problems)


def test_skills(record):
    names = [s.name for s in record.skills]
    assert [n for n in names if n not in ALSO_FINE] == EXPECTED_SKILLS
    requirement = {s.name: s.requirement for s in record.skills}
    assert {n for n in PREFERRED if requirement[n] == "preferred"} == PREFERRED
    assert requirement["Apache Kafka"] == "required"


def test_every_field_has_evidence(record):
    fields = {e.field for e in record.evidence}
    for field in (
        "language",
        "location",
        "remote_policy",
        "normalized_title",
        "employment_type",
        "experience_years_min",
        "skills",
    ):
        assert field in fields, (field, fields)
