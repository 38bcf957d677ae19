"""Whether a record's place lies where the pipeline has launched: a policy, its verdict and its reason.

The reasons are stable, and the first that holds is given:

- ``provider_not_launched``: the policy names catalogs, and the record's provider is none of them.
- ``country_unknown``: neither the place nor, for a remote role, its scope tells a country.
- ``country_outside_scope``: the countries are known, and none has launched.
- ``<provider>_production_catalog``: included (``bamboohr_production_catalog``); ``unknown_...`` where the record
  names no provider.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enrich.result import Location
from gazetteer.places import default_places

AREAS = {"EU": "EU", "EMEA": "EMEA", "LATAM": "LATAM", "APAC": "APAC", "NA": "North America", "Europe": "Europe"}


class LaunchScope:
    """Countries and catalogs that have launched.

    Args:
        countries: names in any language or ISO codes (``["Germany", "MX"]``).
        catalogs: providers whose catalogs are in production (``["bamboohr"]``); ``None`` takes every provider.

    Raises:
        ValueError: a country that is not known, with its name.

    >>> scope = LaunchScope(["Germany"], ["bamboohr"])
    >>> berlin = Location(raw="Berlin", city="Berlin", country="Germany", country_code="DE")
    >>> verdict = scope.judge(berlin, provider="bamboohr")
    >>> verdict["reason"], verdict["included"], verdict["countries"]
    ('bamboohr_production_catalog', True, ['Germany'])
    """

    def __init__(self, countries: Iterable[str], catalogs: Iterable[str] | None = None) -> None:
        if isinstance(countries, str) or isinstance(catalogs, str):
            raise ValueError("countries and catalogs are lists of names, not one string")
        self.countries: dict[str, str] = {}
        for name in countries:
            code, english = country_of(name)
            self.countries[code] = english
        self.catalogs = None if catalogs is None else {c.strip().lower() for c in catalogs}

    def judge(
        self,
        location: Location | None,
        *,
        provider: str | None = None,
        remote_policy: str | None = None,
        remote_scope: Iterable[str] = (),
    ) -> dict[str, Any]:
        """The verdict on one record: ``reason``, ``included``, ``location`` and the launched ``countries`` it matches.

        A remote role is judged by where one may live, if it says so; otherwise by its place. ``countries`` holds the
        English names of the launched countries that match, in the policy's order.
        """
        codes = self._codes(location, remote_policy, remote_scope)
        matched = [name for code, name in self.countries.items() if code in codes or "*" in codes]
        catalog = (provider or "unknown").strip().lower()
        if self.catalogs is not None and catalog not in self.catalogs:
            reason = "provider_not_launched"
        elif not codes:
            reason = "country_unknown"
        elif not matched:
            reason = "country_outside_scope"
        else:
            reason = f"{catalog}_production_catalog"
        return {
            "reason": reason,
            "included": reason.endswith("_production_catalog"),
            "location": location.parsed() if location else None,
            "countries": matched,
        }

    @staticmethod
    def _codes(location: Location | None, remote_policy: str | None, remote_scope: Iterable[str]) -> set[str]:
        codes: set[str] = set()
        if remote_policy == "remote":
            for entry in remote_scope:
                if entry == "worldwide":
                    codes.add("*")
                elif entry in AREAS:
                    codes.update(expand(AREAS[entry]))
                else:
                    codes.add(entry.upper())
        if not codes and location is not None and location.country_code:
            codes.add(location.country_code)
        return codes


def expand(area: str) -> tuple[str, ...]:
    """The ISO codes of a wider area's countries; none where the area is not known."""
    for match in default_places().lookup(area):
        if match.place.kind == "area" and match.place.expands:
            return tuple(match.place.expands)
    return ()


def country_of(name: str) -> tuple[str, str]:
    """(ISO code, English name) of a country by its name in any language or its code.

    Raises:
        ValueError: no such country.
    """
    for match in default_places().lookup(name):
        if match.place.kind == "country" and match.place.country_code:
            return match.place.country_code, match.place.country or match.place.name
    raise ValueError(f"unknown country {name!r}; give an English name or an ISO 3166-1 code such as 'DE'")
