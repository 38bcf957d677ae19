"""Location strings and statements: what is read, and what is not."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import location
from enrich.job import Job
from enrich.location import parse_location
from enrich.posting import PlaceParts, Posting
from tests.casefile import cases

KEYS = {"text", "places", "country", "mode", "scope"}


def triples(text: str, country: str | None = None) -> list[tuple[str | None, str | None, str | None]]:
    return [(x.city, x.region, x.country_code) for x in parse_location(text, country=country).locations]


@pytest.mark.parametrize("case", cases("location", keys=KEYS))
def test_string(case: dict[str, Any]) -> None:
    places = parse_location(case["text"], country=case.get("country"))
    got = [(x.city, x.region, x.country_code) for x in places.locations]
    assert got == [tuple(p) for p in case["places"]]
    assert places.mode == case.get("mode")
    if "scope" in case:
        assert places.scope == case["scope"]
    for place in places.locations:
        assert place.is_remote == (case.get("mode") == "remote")


def read(posting: Posting, text: str = "") -> tuple[Job, Any]:
    job = Job(posting, text=text)
    job.evidence = location.propose(job)
    job.places = location.decide(job.evidence, job)
    return job, job.places


STATED = [
    ("Location: Lyon, France\nWe build things.", [("Lyon", "FR")]),
    ("Arbeitsort: Dresden\nDeine Aufgaben", [("Dresden", "DE")]),
    ("Standort: Hannover", [("Hanover", "DE")]),
    ("Lieu de travail : Nantes", [("Nantes", "FR")]),
    ("Ubicación: Sevilla, España", [("Seville", "ES")]),
    ("Sede di lavoro: Bologna", [("Bologna", "IT")]),
    ("Lokalizacja: Gdynia", [("Gdynia", "PL")]),
    ("Место работы: Самара", [("Samara", "RU")]),
    ("勤務地：福岡", [("Fukuoka", "JP")]),
    ("You will be based in our Lisbon office.", [("Lisbon", "PT")]),
    ("The position will be based in Nairobi, Kenya.", [("Nairobi", "KE")]),
    ("You will join our harbour data office in Antwerp, Belgium.", [("Antwerp", "BE")]),
    ("In unserem neu gebauten Werk in Zwickau stehen 80 Maschinen.", [("Zwickau", "DE")]),
    ("Au sein de notre agence de Nantes, vous conseillez nos clients.", [("Nantes", "FR")]),
    ("No nosso escritório em Curitiba somos vinte.", [("Curitiba", "BR")]),
    ("Nel nostro stabilimento di Bergamo si lavora su due turni.", [("Bergamo", "IT")]),
    ("Je komt te werken in ons kantoor in Utrecht.", [("Utrecht", "NL")]),
    ("Du sitter på vårt kontor i Malmö.", [("Malmö", "SE")]),
    ("Our other office in London and our new studio in Lima say hello.", []),
    ("Colleagues from the customer's plant in Detroit visit us.", []),
    ("Our offices in London and Lima say hello.", []),
    ("We are headquartered in Paris with offices in Berlin and Rome.", []),
    ("Our customers in London love us. Remote tech hubs in Oslo and Peru.", []),
    ("Location: our beautiful building", []),
    ("Founded in Munich in 1999, we ship to Austria.", []),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_statement(text: str, expected: list[tuple[str, str]]) -> None:
    _, places = read(Posting(title="Engineer"), text)
    assert [(x.city, x.country_code) for x in places.locations] == expected


TITLES = [
    ("Backend Engineer - Germany", [(None, "DE")]),
    ("Data Analyst (Madrid)", [("Madrid", "ES")]),
    ("Python Developer | Remote/Gdańsk", [("Gdańsk", "PL")]),
    ("Java Developer", []),
    ("Go Engineer - Mobile", []),
    ("Senior Manager, Partnerships", []),
    ("Nurse - Intensive Care", []),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_title(title: str, expected: list[tuple[str | None, str]]) -> None:
    _, places = read(Posting(title=title))
    assert [(x.city, x.country_code) for x in places.locations] == expected


def test_structured_place() -> None:
    posting = Posting(places=[PlaceParts("Berlin", "Berlin", "Germany")], location_text=["Berlin, Berlin, Germany"])
    job, places = read(posting)
    (place,) = places.locations
    assert (place.raw, place.city, place.region, place.country) == (
        "Berlin, Berlin, Germany",
        "Berlin",
        "Berlin",
        "Germany",
    )
    assert place.confidence is not None and place.confidence >= 0.8
    assert place.timezone == "Europe/Berlin" and place.region_code == "DE-BE"
    assert job.evidence[0].source == "location_text"


def test_country_refined_by_text() -> None:
    _, places = read(Posting(location_text=["Denmark"]), "Location: Aarhus")
    assert [(x.city, x.country_code) for x in places.locations] == [("Aarhus", "DK")]


def test_field_and_text_disagree() -> None:
    _, places = read(Posting(location_text=["Leeds, UK"]), "Location: Leeds or Glasgow")
    assert [x.city for x in places.locations] == ["Leeds", "Glasgow"]


def test_bare_remote() -> None:
    job, places = read(Posting(location_text=["Remote"]))
    assert places.locations == [] and places.mode == "remote"
    place = location.placeless(job)
    assert place is not None and (place.raw, place.is_remote, place.country) == ("Remote", True, None)


@pytest.mark.parametrize("text", ["Georgia", "Cambridge", "Portland", "Valencia", "San José", "Birmingham"])
def test_honest_probabilities(text: str) -> None:
    (place,) = parse_location(text).locations
    assert place.alternatives and place.confidence is not None
    assert (place.country_confidence or 0) >= (place.region_confidence or 0) >= 0
    assert sum(x["probability"] for x in place.alternatives) <= 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    job, places = read(Posting(location_text=[text]), text)
    assert read(Posting(location_text=[text]), text)[1] == places
    for e in job.evidence:
        source = text
        assert e.start is not None and e.end is not None and 0 <= e.start <= e.end <= len(source)


WORDS = st.sampled_from(
    ["Berlin", "CA", "Remote", "US", "Paris", "New York", "NY", "or", "Texas", "Hybrid", "12345", "東京都", "München"]
)
SEPARATORS = st.sampled_from([", ", " - ", "; ", " / ", " ", "-", " (", ") ", " | ", "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, SEPARATORS), max_size=8))
def test_any_combination(pieces: list[tuple[str, str]]) -> None:
    text = "".join(a + b for a, b in pieces)
    job, places = read(Posting(location_text=[text]))
    for e in job.evidence:
        assert text[e.start : e.end].strip()
    for x in places.locations:
        assert x.city or x.region or x.country
        assert 0 <= (x.confidence or 0) <= 1


HOSTILE = ["x" * 100_000, "Paris, " * 15_000, "(" * 100_000, "1" * 100_000, "a-" * 50_000, "US-" * 30_000,
           "Paris or " * 11_000, "Paris/" * 16_000, "東京都" * 33_000, "{a:'b'}" * 12_000,
           "[" + "'Paris'," * 12_000 + "]",
           "Springfield, " * 7_000, "Remote " * 14_000, "\n" * 100_000, "(US) " * 20_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile(text: str) -> None:
    parse_location("Paris")
    start = time.process_time()
    parse_location(text)
    assert time.process_time() - start < 1  # 40 ms at most, where nothing else runs: no text is read beyond its bounds
