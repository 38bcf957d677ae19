"""Generated from the store: every country in its forms, every region of six countries beside a city of its own."""

from __future__ import annotations

from functools import lru_cache

import pytest

from enrich.location import parse_location
from gazetteer.places import Place, default_places

STATES = ["US", "CA", "DE", "IN", "BR", "AU"]


@lru_cache(maxsize=1)
def iso3() -> dict[str, str]:
    import pycountry

    return {c.alpha_2: c.alpha_3 for c in pycountry.countries}


@lru_cache(maxsize=1)
def cities() -> dict[str, list[int]]:
    """The ids of the three biggest cities of every country and region, by its ISO code."""
    out: dict[str, list[int]] = {}
    rows = default_places()._db().execute(
        "SELECT place.id, place.country, region.code FROM place LEFT JOIN region ON region.id = place.region "
        "WHERE place.kind = 3 ORDER BY place.n"
    )  # fmt: skip
    for ident, *codes in rows:
        for code in filter(None, codes):
            some = out.setdefault(code, [])
            if len(some) < 3:
                some.append(ident)
    return out


def biggest(code: str | None, limit: int = 1) -> list[Place]:
    """The biggest cities of a country or a region."""
    return [p for ident in cities().get(code or "", ())[:limit] if (p := default_places().place(ident))]


def countries(text: str) -> list[str | None]:
    return [x.country_code for x in parse_location(text).locations]


def wrong(texts: list[tuple[str, str]]) -> list[tuple[str, str, list[str | None]]]:
    return [(text, code, got) for text, code in texts if (got := countries(text)) != [code]]


def all_countries() -> list[Place]:
    found = default_places().countries()
    assert len(found) == 250  # ISO 3166-1's 249, and Kosovo
    return found


def test_english_names() -> None:
    assert not wrong([(c.name, c.country_code or "") for c in all_countries()])


def test_english_names_beside_the_biggest_city() -> None:
    texts = []
    for country in all_countries():
        for city in biggest(country.country_code):
            texts.append((f"{city.name}, {country.name}", country.country_code or ""))
    assert len(texts) > 240
    assert not wrong(texts)


def test_native_names() -> None:
    texts = [(c.local_name, c.country_code or "") for c in all_countries() if c.local_name]
    assert len(texts) > 100
    assert not wrong(texts)


def test_native_names_beside_the_biggest_city() -> None:
    texts = []
    for country in all_countries():
        for city in biggest(country.country_code) if country.local_name else ():
            texts.append((f"{city.local_name or city.name}, {country.local_name}", country.country_code or ""))
    assert not wrong(texts)


def test_codes_beside_the_biggest_city() -> None:
    """Every ISO 3166-1 code, also those that are a region's code elsewhere (``Tirana, AL``; ``Panama, PA``)."""
    texts = []
    for country in all_countries():
        code = country.country_code or ""
        for city in biggest(code):
            texts += [(f"{city.name}, {code}", code), (f"{city.name}, {iso3().get(code, code)}", code)]
    assert not wrong(texts)


# Codes that people write for something else, too: regions of the US, Canada, Germany, Brazil, India, Switzerland,
# Spain, Italy ..., airports, a time zone, a continent. Alone they are that; beside a city they are the country.
ELSEWHERE = """
    CA IN DE IL CO AL AR LA GA PA SC MO ME MS KY MD NC NE VA MN SD MT ID PR BA PE SE ES TO CE MA AM RO AP AC GO RN RS
    NL NU ON QC SK MB NS BC PE BW BB ST SH BE HE HH MV NI TH MH MP AS GP TK AG BL GL SG TG VS ZG GE NE LU SZ SO LI
    GD CR KW BH VI CC TF PN GS AQ BV HM NA FJ TN SJ
""".split()  # noqa: SIM905
ELSEWHERE_3 = {"MMR", "HND", "BLR", "BRB", "NAM", "EST", "TLS", "MCO", "ALA", "COK", "MUS", "SHN", "NFK", "UMI", "ASM"}


def test_codes_alone() -> None:
    texts = [(f"Remote - {code}", code) for c in all_countries() if (code := c.country_code or "") not in ELSEWHERE]
    assert len(texts) > 150
    texts += [(f"Remote - {long}", code) for code, long in iso3().items() if long not in ELSEWHERE_3]
    assert not wrong(texts)


CLASHES = [
    ("San Jose, CA", "US"), ("Toronto, CA", "CA"), ("CA, ON, Toronto", "CA"), ("US-CA-San Jose", "US"),
    ("Fort Wayne, IN", "US"), ("Mumbai, IN", "IN"), ("IN, KA, Bengaluru", "IN"), ("US, IN, Carmel", "US"),
    ("Wilmington, DE", "US"), ("Stuttgart, DE", "DE"), ("Newark, DE 19711", "US"), ("DE, BY, Augsburg", "DE"),
    ("Scranton, PA", "US"), ("Panama City, PA", "PA"), ("Belém, PA", "BR"),
    ("Savannah, GA", "US"), ("Libreville, GA", "GA"), ("Huntsville, AL", "US"), ("Tirana, AL", "AL"),
    ("Maceió, AL", "BR"), ("Boulder, CO", "US"), ("Medellín, CO", "CO"), ("Baton Rouge, LA", "US"),
    ("Vientiane, LA", "LA"), ("Bangor, ME", "US"), ("Podgorica, ME", "ME"), ("Eugene, OR", "US"),
    ("Springfield, IL", "US"), ("Haifa, IL", "IL"), ("Little Rock, AR", "US"), ("Rosario, AR", "AR"),
    ("Charleston, SC", "US"), ("Florianópolis, SC", "BR"), ("Victoria, SC", "SC"), ("Boise, ID", "US"),
    ("Jakarta, ID", "ID"), ("Billings, MT", "US"), ("Valletta, MT", "MT"), ("Cuiabá, MT", "BR"),
    ("Annapolis, MD", "US"), ("Chișinău, MD", "MD"), ("Worcester, MA", "US"), ("Casablanca, MA", "MA"),
    ("Jackson, MS", "US"), ("Campo Grande, MS", "BR"), ("Norfolk, VA", "US"), ("Duluth, MN", "US"),
    ("Ulaanbaatar, MN", "MN"), ("Omaha, NE", "US"), ("Niamey, NE", "NE"), ("Neuchâtel, NE", "CH"),
    ("St. Gallen, SG", "CH"), ("Recife, PE", "BR"), ("Lima, PE", "PE"), ("Charlottetown, PE", "CA"),
    ("Aracaju, SE", "BR"), ("Malmö, SE", "SE"), ("Vila Velha, ES", "BR"), ("Murcia, ES", "ES"),
    ("Louisville, KY", "US"), ("George Town, KY", "KY"), ("St. John's, NL", "CA"), ("Eindhoven, NL", "NL"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), CLASHES)
def test_clash(text: str, code: str) -> None:
    assert countries(text) == [code]


@pytest.mark.parametrize("country", STATES)
def test_every_region_beside_three_cities(country: str) -> None:
    """By name, by abbreviation, in the orders that boards use."""
    places = default_places()
    codes = [c for (c,) in places._db().execute("SELECT code FROM region WHERE code LIKE ?", (f"{country}-%",))]
    assert len(codes) >= {"US": 51, "CA": 13, "DE": 16, "IN": 28, "BR": 27, "AU": 8}[country]
    missed = []
    for code in codes:
        for city in biggest(code, 3):
            short = code[3:]
            for text in (f"{city.name}, {city.region}", f"{city.name}, {short}", f"{country}-{short}-{city.name}",
                         f"{city.name}, {short}, {country}", f"Hybrid - {city.name}, {city.region}"):  # fmt: skip
                got = [(x.country_code, x.region_code) for x in parse_location(text).locations]
                if got != [(country, code)]:
                    missed.append((text, got))
    assert not missed
