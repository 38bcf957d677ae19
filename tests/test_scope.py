"""Launch scope: reasons and verdicts."""

from __future__ import annotations

import pytest

from enrich.result import Location
from enrich.scope import LaunchScope

BERLIN = Location(
    raw="Berlin, Berlin, Germany",
    city="Berlin",
    region="Berlin",
    country="Germany",
    country_code="DE",
    is_remote=True,
    confidence=0.8,
)


def test_included() -> None:
    verdict = LaunchScope(["Germany"], ["bamboohr"]).judge(BERLIN, provider="bamboohr", remote_policy="remote")
    assert verdict == {
        "reason": "bamboohr_production_catalog",
        "included": True,
        "location": BERLIN.parsed(),
        "countries": ["Germany"],
    }


@pytest.mark.parametrize(
    ("countries", "catalogs", "place", "policy", "scope", "reason", "matched"),
    [
        (["DE"], ["lever"], BERLIN, None, [], "provider_not_launched", ["Germany"]),
        (["France"], ["bamboohr"], BERLIN, None, [], "country_outside_scope", []),
        (["France"], ["bamboohr"], None, None, [], "country_unknown", []),
        (["France"], ["bamboohr"], Location(raw="Remote"), "remote", [], "country_unknown", []),
        (["France", "Spain"], None, BERLIN, "remote", ["EU"], "bamboohr_production_catalog", ["France", "Spain"]),
        (["Mexico"], None, None, "remote", ["worldwide"], "bamboohr_production_catalog", ["Mexico"]),
        (["Mexico"], None, BERLIN, "remote", ["EMEA"], "country_outside_scope", []),
        (["Deutschland"], None, BERLIN, "onsite", ["FR"], "bamboohr_production_catalog", ["Germany"]),
    ],
)
def test_reasons(
    countries: list[str],
    catalogs: list[str] | None,
    place: Location | None,
    policy: str | None,
    scope: list[str],
    reason: str,
    matched: list[str],
) -> None:
    verdict = LaunchScope(countries, catalogs).judge(
        place, provider="bamboohr", remote_policy=policy, remote_scope=scope
    )
    assert (verdict["reason"], verdict["countries"]) == (reason, matched)
    assert verdict["included"] == reason.endswith("_production_catalog")


def test_unknown_country() -> None:
    with pytest.raises(ValueError, match="Atlantis"):
        LaunchScope(["Atlantis"])
