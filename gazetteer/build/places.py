"""Sources and curated tables -> rows of the store: countries, regions, areas, cities, and all their names."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ..normalize import key
from . import sources
from .store import NAME_RANK, Row, synthetic_id

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe",
                          "å": "aa", "Å": "Aa"})  # fmt: skip
# Words that a list sets apart in a region's name and that are no name ("Khakasiya, Respublika").
_KIND_WORDS = {
    "respublika", "oblast", "okrug", "krai", "kray", "republic", "province", "region", "city", "capital", "territory",
    "state", "prefecture", "autonomous",
}  # fmt: skip
_CODE = re.compile(r"[A-Z.]{2,6}")
_ISO2 = re.compile(r"[A-Z]{2}")
_ISO_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


TOWN = 30_000
"""A name that a town of this size bears is hardly another's that is called quite differently."""
QUARTER_KM = 25
_PART = re.compile(
    r"(?i)[ ,-]+(?:\d+(?:er|re|e|[eè]me|nd)? arrondissement|[ivx]+\. kerület|cbd|central business district)$"
)
"""What stands behind a city's name where a list has its numbered districts and its centre as places of their own."""


def _is_unlike(name: str, own: str) -> bool:
    """Whether a name (a key) has nothing in common with a place's own: "Zaragoza" for Tijuana."""
    words = [*key(own).split(), key(own)]
    return not any(w in name or name in w or SequenceMatcher(None, name, w).ratio() > 0.5 for w in words if len(w) > 2)


def _is_near(one: Row, other: Row) -> bool:
    """Whether one place may be a quarter of the other."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    north, east = one.latitude - other.latitude, one.longitude - other.longitude
    return math.hypot(north, east * math.cos(math.radians(one.latitude))) < QUARTER_KM / 111


class World:
    """Everything on its way into the store. ``data`` is the folder of curated tables."""

    def __init__(self, data: Path = sources.DATA) -> None:
        self.data = data
        self.rows: list[Row] = []
        self.countries: dict[str, Row] = {}
        self.regions: dict[str, Row] = {}  # by ISO 3166-2 code, or "CC.admin1" where there is none
        self.region_names: dict[str, tuple[str | None, str]] = {}
        self.admin1: dict[tuple[str, str], str] = {}
        self.main_names: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.towns: set[tuple[str, str]] = set()  # (key, country) of every name of a town of some size

    def toml(self, name: str) -> dict[str, Any]:
        """A curated TOML table."""
        return tomllib.loads((self.data / name).read_text(encoding="utf-8"))

    # -- countries ------------------------------------------------------------------------------------------------

    def add_countries(self, facts: Mapping[str, Mapping[str, Any]], translations: Mapping[str, set[str]]) -> None:
        """Countries with their usual English names, codes, and names in every language."""
        import pycountry

        curated = self.toml("countries.toml")
        codes = {x for c in pycountry.countries for x in (c.alpha_2, c.alpha_3)}
        for code in sorted({c.alpha_2 for c in pycountry.countries} | {"XK"}):
            official: Any = pycountry.countries.get(alpha_2=code)
            fact = facts.get(code, {})
            name = curated["name"].get(code) or (
                getattr(official, "common_name", None) or official.name if official else fact["name"]
            )
            row = Row("country", int(fact.get("geonameid") or synthetic_id(code)), name, code,
                      population=int(fact.get("population") or 0))  # fmt: skip
            row.call(name, "main")
            row.call(code, "code")
            row.call(official.alpha_3 if official else "XKX", "code")
            if official:
                for other in (
                    official.name,
                    getattr(official, "official_name", ""),
                    getattr(official, "common_name", ""),
                ):
                    row.call(other, "alias")
            for other in translations.get(code, ()):
                if key(other).upper() in codes - {code}:
                    continue  # some language's "Ao" (Austria) is everyone's code of Angola
                row.call(other, "code" if _CODE.fullmatch(other) else "alias")
            for kind in ("main", "alias", "code", "historic"):
                for other in curated.get(kind, {}).get(code, ()):
                    row.call(other, "code" if _CODE.fullmatch(other) else kind)
            row.local = curated.get("local", {}).get(code)
            if row.local:
                row.call(row.local, "main")
            self.countries[code] = row
            self.rows.append(row)
        for code, wrong in curated["not"].items():
            for other in wrong:
                self.countries[code].names.pop(key(other), None)

    # -- regions --------------------------------------------------------------------------------------------------

    def add_regions(self, translations: Mapping[str, set[str]]) -> None:
        """First-level regions of the reviewed table, with their names in other languages."""
        for line in sources.table("regions.tsv", self.data):
            country, code, name = line["country_code"], line["iso_3166_2"], line["name"]
            if country not in self.countries:
                continue
            ident = code or f"{country}.{line['geonames_admin1']}"
            if line["geonames_admin1"]:
                self.admin1[country, line["geonames_admin1"]] = ident
            row = self.regions.get(ident)
            if row is None:
                row = Row("region", synthetic_id(ident), name, country, ident)
                row.call(name, "main")
                self.regions[ident] = row
                self.region_names[ident] = (code or None, name)
                self.rows.append(row)
                if code and not code[3:].isdigit():
                    row.call(code[3:], "code")
                if code:
                    row.call(code, "code")
            for alias in filter(None, (line["aliases"] or "").split("|")):
                row.call(alias, "code" if alias.isupper() and len(alias) <= 4 and alias.isascii() else "alias")
        for code, called in translations.items():
            region = self.regions.get(code)
            for name in called if region else ():
                if key(name) not in _KIND_WORDS:
                    region.call(name, "alias")  # type: ignore[union-attr]

    # -- cities ---------------------------------------------------------------------------------------------------

    def add_cities(self, cities: Mapping[str, Mapping[str, Any]]) -> None:
        """GeoNames' cities under their usual English names, with their other names in all scripts."""
        curated = self.toml("places_overrides.toml")
        english, local, drop, moved = (curated[part] for part in ("name", "local", "drop", "region"))
        plain = {country: re.compile(words) for country, words in curated.get("plain", {}).items()}
        biggest: dict[str, tuple[int, str]] = {}
        for ident, city in cities.items():
            label = f"{city['name']}, {city['countrycode']}"
            if any(label in part for part in (english, local, drop, moved)):
                biggest[label] = max(biggest.get(label, (-1, "")), (city["population"], ident))
        chosen = {ident: label for label, (_, ident) in biggest.items()}
        weight: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        zones: dict[str, Counter[str]] = defaultdict(Counter)
        for ident, city in cities.items():
            country = city["countrycode"]
            label = chosen.get(ident, "")
            if country not in self.countries or label in drop:
                continue
            region = moved.get(label) or self.admin1.get((country, city["admin1code"]))
            name = english.get(label) or (plain[country].sub("", city["name"]) if country in plain else city["name"])
            row = Row("city", int(ident), name, country, region, city["population"], city["latitude"],
                      city["longitude"], city["timezone"], local.get(label))  # fmt: skip
            row.call(name, "main")
            row.call(city["name"], "main")
            if row.local:
                row.call(row.local, "main")
            for other in (name, city["name"]):
                if not other.isascii():
                    row.call(other.translate(_UMLAUTS), "alias")
            for other in city["alternatenames"]:
                known = sources.alternate(other)
                if known:
                    row.call(*known)
            self.rows.append(row)
            self.main_names[key(name), country].append(row)
            if row.population >= 20_000:
                self.towns.update((called, country) for called in row.names)
            for place in (country, region):
                if place:
                    w, people = weight[place], city["population"] + 1
                    w[0] += people
                    w[1] += people * city["latitude"]
                    w[2] += people * city["longitude"]
                    zones[place][city["timezone"]] += people
        for place, at in [*self.countries.items(), *self.regions.items()]:
            if place not in weight:
                continue
            people, lat, lon = weight[place]
            at.latitude, at.longitude = round(lat / people, 5), round(lon / people, 5)
            zone, most = zones[place].most_common(1)[0]
            at.timezone = zone if most >= 0.98 * people else None
            at.population = at.population or int(people)

    def add_extra(self) -> None:
        """Places that GeoNames' list of cities lacks: they have a time zone, no coordinates."""
        for line in sources.table("places_extra.tsv", self.data):
            region, country = line["region"], line["region"][:2]
            if region not in self.regions:
                raise KeyError(f"no region {region!r}")
            zone = self.find(line["near"]).timezone
            for entry in line["names"].split(";"):
                name, _, people = entry.partition("=")
                if any(row.region == region for row in self.main_names.get((key(name), country), ())):
                    continue
                row = Row("city", synthetic_id(f"{region} {name}"), name, country, region, int(people or 5000),
                          timezone=zone)  # fmt: skip
                row.call(name, "main")
                self.rows.append(row)
                self.main_names[key(name), country].append(row)

    def weaken(self) -> None:
        """An alternate name of a city that is a bigger place's own name seldom means the smaller one."""
        biggest: dict[str, int] = {}
        for row in self.rows:
            for name, rank in row.names.items():
                if rank == 0:
                    biggest[name] = max(biggest.get(name, 0), row.population)
        for row in self.rows:
            if row.kind == "city":
                for name, rank in row.names.items():
                    people = biggest.get(name, 0) if rank == 1 else 0
                    if people > row.population or (people >= TOWN and name.isascii() and _is_unlike(name, row.name)):
                        row.names[name] = NAME_RANK["weak"]

    def join_quarters(self) -> None:
        """``Hamburg-Altona``, another name of Altona, names the city with its quarter: it is Hamburg's."""
        for row in self.rows:
            own = key(row.name.partition(" (")[0])
            for name in [n for n, rank in row.names.items() if rank and row.kind == "city" and n.endswith(" " + own)]:
                around = self.main_names.get((name[: -len(own) - 1], row.country or ""), ())
                city = max(around, key=lambda x: x.population, default=row)
                if city.population > max(TOWN, 1.5 * row.population) and _is_near(city, row):
                    del row.names[name]
                    city.call(name, "alias")

    def join_parts(self) -> None:
        """``Paris 13e Arrondissement``, ``Budapest XI. kerület``, ``Brisbane CBD``: their names are the city's."""
        for row in [row for row in self.rows if row.kind == "city" and _PART.search(row.name)]:
            name = key(_PART.sub("", row.name))
            around = [x for x in self.main_names.get((name, row.country or ""), ()) if _is_near(x, row)]
            if around:
                city = max(around, key=lambda x: x.population)
                for part in row.names:
                    city.call(part, "alias")
                self.rows.remove(row)

    # -- areas and other names ------------------------------------------------------------------------------------

    def add_areas(self) -> None:
        """Areas of several countries (EMEA, DACH), and metropolitan areas as names of their city or region."""
        curated = self.toml("areas.toml")
        for code, area in curated["area"].items():
            row = Row("area", synthetic_id("area." + code), area["name"], expands=tuple(area["countries"]))
            row.population = sum(self.countries[c].population for c in row.expands if c in self.countries)
            row.call(area["name"], "main")
            for name in area.get("names", ()):
                row.call(name, "alias")
            for name in area.get("codes", ()):
                row.call(name, "code")
            self.rows.append(row)
        for reference, names in curated["metro"].items():
            row = self.find(reference)
            for name in names:
                row.call(name, "alias")

    def add_aliases(self) -> None:
        """Names and codes of the curated tables: abbreviations, past names, sub-regions, districts, airports."""
        for line in sources.table("aliases.tsv", self.data):
            self.find(line["place"]).call(line["alias"], line["kind"])
        for line in sources.table("airports.tsv", self.data):
            self.find(line["place"]).call(line["code"], "code")
        for line in sources.table("districts.tsv", self.data):
            row = self.find(line["place"])
            for name in line["names"].split("|"):
                row.call(name, "alias")
        for table in ("subregions.tsv", "subregions_curated.tsv"):
            for line in sources.table(table, self.data):
                row = self.find(line["region"])
                for name in line["names"].split("|"):
                    # A code, or a city's own name (Milan, Barcelona), seldom means the region around it.
                    shared = (key(name), line["region"][:2]) in self.towns
                    if not (shared and line["region"][:2] in ("GB", "IE")):
                        row.call(name, "weak" if shared or len(name) <= 3 else "alias")

    def find(self, reference: str) -> Row:
        """The row a curated table means: "DE", "DE-BY", "Munich, DE" or "Portland, US-OR" (the biggest of that name).

        Raises:
            KeyError: there is none.
        """
        if _ISO2.fullmatch(reference):
            return self.countries[reference]
        if _ISO_REGION.fullmatch(reference):
            return self.regions[reference]
        name, _, where = reference.rpartition(", ")
        named = self.main_names.get((key(name), where[:2]), [])
        if len(where) > 2:
            named = [row for row in named if row.region == where]
        if not named:
            raise KeyError(f"no place {reference!r}")
        return max(named, key=lambda row: row.population)
