"""The places store: its making from a small frozen world, and what the built-in one must know."""

from __future__ import annotations

import csv
import json
import multiprocessing
import pickle
import sqlite3
import threading
import time
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.__main__ import main
from gazetteer.build import build_places, sources
from gazetteer.normalize import key
from gazetteer.places import STORE, Places, StoreError, default_places

FROZEN = Path(__file__).parent / "data" / "places"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Places:
    path = tmp_path_factory.mktemp("store") / "places.sqlite"
    _build(path)
    return Places.open(path)


@pytest.fixture(scope="module")
def places() -> Places:
    if not STORE.is_file():
        pytest.skip("the store is not built")
    return default_places()


def _build(path: Path) -> None:
    cities = json.loads((FROZEN / "cities.json").read_text(encoding="utf-8"))
    names = {"DE": {"Allemagne", "Германия"}, "GB": {"England", "Grande-Bretagne"}}
    build_places(path, FROZEN, cities, names, {"DE-BY": {"Bavière"}})


def _content(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        return [line for line in db.iterdump() if "INSERT" in line]


def found(places: Places, name: str, country: str | None = None) -> list[tuple[str, str, str]]:
    return [(m.place.kind, m.place.name, m.name_kind) for m in places.lookup(name, country)]


# -- the making ---------------------------------------------------------------------------------------------------


def test_a_rebuild_has_the_same_contents(small: Places, tmp_path: Path) -> None:
    _build(tmp_path / "again.sqlite")
    assert _content(tmp_path / "again.sqlite") == _content(small.path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("München", ("city", "Munich", "main")),
        ("MUENCHEN", ("city", "Munich", "alias")),
        ("Мюнхен", ("city", "Munich", "alias")),
        ("Raum München", ("city", "Munich", "alias")),
        ("MUC", ("city", "Munich", "weak")),
        ("Ota", ("city", "Ota", "main")),
        ("Ota-shi", ("city", "Ota", "main")),
        ("Köln", ("city", "Cologne", "main")),
        ("Koeln", ("city", "Cologne", "alias")),
        ("Dueren", ("city", "Düren", "alias")),
        ("NYC", ("city", "New York", "code")),
        ("JFK", ("city", "New York", "code")),
        ("new amsterdam", ("city", "New York", "historic")),
        ("New York", ("region", "New York", "main")),
        ("NRW", ("region", "North Rhine-Westphalia", "code")),
        ("BY", ("country", "Belarus", "code")),
        ("Bavière", ("region", "Bavaria", "alias")),
        ("Oxfordshire", ("region", "England", "alias")),
        ("England", ("region", "England", "main")),
        ("Bay Area", ("region", "California", "alias")),
        ("港区", ("city", "Tokyo", "alias")),
        ("UK", ("country", "United Kingdom", "code")),
        ("U.S.A.", ("country", "United States", "code")),
        ("deu", ("country", "Germany", "code")),
        ("Allemagne", ("country", "Germany", "alias")),
        ("D-A-CH", ("area", "DACH", "code")),
        ("OFallon", ("city", "O'Fallon", "main")),
        ("O’Fallon", ("city", "O'Fallon", "main")),
    ],
)
def test_names_find_their_place(small: Places, name: str, expected: tuple[str, str, str]) -> None:
    assert found(small, name)[0] == expected


@pytest.mark.parametrize("name", ["", "   ", "-", "mwnkh", "Lungsod ng Munich", "Minato 1", "Nowhere", "Atlantis"])
def test_what_is_no_name_finds_nothing(small: Places, name: str) -> None:
    assert small.lookup(name) == []


def test_facts_of_a_place(small: Places) -> None:
    munich = small.lookup("Munich")[0].place
    assert (munich.id, munich.local_name, munich.country, munich.region, munich.region_code) == (
        1, "München", "Germany", "Bavaria", "DE-BY",
    )  # fmt: skip
    assert (munich.latitude, munich.longitude, munich.timezone) == (48.13743, 11.57549, "Europe/Berlin")
    assert small.place(1) == munich
    bavaria = small.region("de-by")
    assert bavaria is not None and (bavaria.kind, bavaria.name, bavaria.population) == ("region", "Bavaria", 1500001)
    germany = small.country("de")
    assert germany is not None and (germany.name, germany.local_name) == ("Germany", "Deutschland")
    assert small.lookup("DACH")[0].place.expands == ("DE", "AT", "CH")
    assert small.region("XX-YY") is None and small.country("ZZ") is None and small.place(99) is None


def test_a_small_place_does_not_own_a_big_ones_name(small: Places) -> None:
    assert found(small, "Munich") == [("city", "Munich", "main"), ("city", "Paris", "weak")]


def test_order_and_country_filter(small: Places) -> None:
    assert [m.place.population for m in small.lookup("Springfield")] == [5000, 700]
    assert found(small, "Munich", "US") == [("city", "Paris", "weak")]
    assert found(small, "Springfield", "DE") == []
    assert len(small.lookup("Springfield", limit=1)) == 1
    assert [[m.place.name for m in row] for row in small.lookup_many(["Köln", "?"])] == [["Cologne"], []]


def test_moved_region_wins(small: Places) -> None:
    assert small.lookup("Twinville")[0].place.region_code == "US-CA"


def test_fuzzy_finds_typing_errors_and_no_more(small: Places) -> None:
    assert [(m.place.name, s > 0.8) for m, s in small.fuzzy("Sprinfield")] == [("Springfield", True)] * 2
    assert small.fuzzy("Zzzzzz") == [] and small.fuzzy("ab") == []


# -- the store as a file ------------------------------------------------------------------------------------------


def test_missing_and_damaged_stores_say_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"gazetteer\.build"):
        Places.open(tmp_path / "none.sqlite")
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"gazetteer\.build"):
        Places.open(tmp_path / "bad.sqlite")


def test_pickles_threads_and_forks(small: Places) -> None:
    copy = pickle.loads(pickle.dumps(small))
    assert found(copy, "Köln") == found(small, "Köln")
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(found(small, "Tokio"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[("city", "Tokyo", "alias")]] * 4
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_in_a_child, (str(small.path),)) == "Cologne"


def _in_a_child(path: str) -> str:
    return Places.open(Path(path)).lookup("Köln")[0].place.name


# -- keys ---------------------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)
    assert "  " not in key(text) and key(text) == key(text).strip()


# -- the built-in store -------------------------------------------------------------------------------------------


def test_every_country_by_name_and_codes(places: Places) -> None:
    missing = []
    for country in pycountry.countries:
        for name in (country.name, country.alpha_2, country.alpha_3):
            if country.alpha_2 not in {m.place.country_code for m in places.lookup(name) if m.place.kind == "country"}:
                missing.append((country.alpha_2, name))
    assert missing == []
    assert len(places.countries()) == 250  # 249 of ISO 3166-1, and Kosovo


@pytest.mark.parametrize("country", ["US", "CA", "DE", "AT", "CH", "IN", "BR", "AU", "MX", "IT", "ES", "FR", "PL"])
def test_every_region_by_name_alias_and_code(places: Places, country: str) -> None:
    missing = []
    for row in sources.table("regions.tsv"):
        if row["country_code"] != country or not row["iso_3166_2"]:
            continue
        code = row["iso_3166_2"]
        names = [row["name"], code, *filter(None, row["aliases"].split("|"))]
        if not code[3:].isdigit() and len(code) <= 6:
            names.append(code[3:])
        for name in names:
            if code not in {m.place.region_code for m in places.lookup(name, country) if m.place.kind == "region"}:
                missing.append((code, name))
    assert missing == []


REGIONS = [
    ("Munich", "DE", "Bavaria"),
    ("Vienna", "AT", "Vienna"),
    ("Zurich", "CH", "Zurich"),
    ("Paris", "FR", "Île-de-France"),
    ("Lyon", "FR", "Auvergne-Rhône-Alpes"),
    ("Rouen", "FR", "Normandy"),
    ("Ajaccio", "FR", "Corsica"),
    ("Rome", "IT", "Lazio"),
    ("Milan", "IT", "Lombardy"),
    ("Warsaw", "PL", "Mazovia"),
    ("Kraków", "PL", "Lesser Poland"),
    ("London", "GB", "England"),
    ("Cardiff", "GB", "Wales"),
    ("Dublin", "IE", "Leinster"),
    ("Galway", "IE", "Connacht"),
    ("Bergen", "NO", "Vestland"),
    ("Drammen", "NO", "Buskerud"),
    ("Tromsø", "NO", "Troms"),
    ("Stockholm", "SE", "Stockholm"),
    ("Madrid", "ES", "Madrid"),
    ("Barcelona", "ES", "Catalonia"),
    ("Valencia", "ES", "Valencian Community"),
    ("Brussels", "BE", "Brussels"),
    ("Antwerp", "BE", "Flanders"),
    ("Prague", "CZ", "Prague"),
    ("Brno", "CZ", "South Moravia"),
    ("Tel Aviv", "IL", "Tel Aviv District"),
    ("Haifa", "IL", "Haifa District"),
    ("Moscow", "RU", "Moscow"),
    ("Saint Petersburg", "RU", "Saint Petersburg"),
    ("Kyiv", "UA", "Kyiv"),
    ("Lviv", "UA", "Lviv Oblast"),
    ("Almaty", "KZ", "Almaty"),
    ("Astana", "KZ", "Astana"),
    ("Semey", "KZ", "Abai Region"),
    ("Delhi", "IN", "Delhi"),
    ("Bengaluru", "IN", "Karnataka"),
    ("Gurugram", "IN", "Haryana"),
    ("Srinagar", "IN", "Jammu and Kashmir"),
    ("Hohhot", "CN", "Inner Mongolia"),
    ("Shenzhen", "CN", "Guangdong"),
    ("Tokyo", "JP", "Tokyo"),
    ("Sapporo", "JP", "Hokkaido"),
    ("Seoul", "KR", "Seoul"),
    ("Cebu City", "PH", "Central Visayas"),
    ("Makati City", "PH", "Metro Manila"),
    ("Kuala Lumpur", "MY", "Kuala Lumpur"),
    ("Dubai", "AE", "Dubai"),
    ("Washington", "US", "District of Columbia"),
    ("Montreal", "CA", "Quebec"),
    ("Mexico City", "MX", "Mexico City"),
    ("Buenos Aires", "AR", "Buenos Aires"),
    ("La Plata", "AR", "Buenos Aires Province"),
    ("Bogotá", "CO", "Bogotá"),
    ("Brasília", "BR", "Federal District"),
    ("Copenhagen", "DK", "Capital Region of Denmark"),
    ("Tehran", "IR", "Tehran"),
    ("Taipei", "TW", "Taipei"),
    ("Hanoi", "VN", "Hanoi"),
    ("Da Nang", "VN", "Da Nang"),
    ("Bloemfontein", "ZA", "Free State"),
    ("Singapore", "SG", None),
    ("Hong Kong", "HK", None),
    ("Monaco", "MC", None),
    ("Casablanca", "MA", "Casablanca-Settat"),
]


@pytest.mark.parametrize(("city", "country", "region"), REGIONS)
def test_cities_lie_in_the_region_people_use(places: Places, city: str, country: str, region: str | None) -> None:
    place = next(m.place for m in places.lookup(city, country) if m.place.kind == "city")
    assert (place.name, place.region) == (city, region)


SAME = [
    ("NYC", "New York"),
    ("New York City", "New York"),
    ("Bangalore", "Bengaluru"),
    ("Bombay", "Mumbai"),
    ("Kiev", "Kyiv"),
    ("Gurgaon", "Gurugram"),
    ("Den Haag", "The Hague"),
    ("Wien", "Vienna"),
    ("Warszawa", "Warsaw"),
    ("Praha", "Prague"),
    ("Frankfurt", "Frankfurt am Main"),
    ("Köln", "Cologne"),
    ("Nürnberg", "Nuremberg"),
    ("Göteborg", "Gothenburg"),
    ("Sevilla", "Seville"),
    ("서울", "Seoul"),
    ("東京", "Tokyo"),
    ("Москва", "Moscow"),
    ("תל אביב", "Tel Aviv"),
    ("北京", "Beijing"),
    ("القاهرة", "Cairo"),
    ("Αθήνα", "Athens"),
    ("Greater London", "London"),
    ("Saigon", "Ho Chi Minh City"),
    ("CDMX", "Mexico City"),
    ("Lisboa", "Lisbon"),
    ("København", "Copenhagen"),
    ("กรุงเทพ", "Bangkok"),
    ("बेंगलुरु", "Bengaluru"),
]


@pytest.mark.parametrize(("name", "city"), SAME)
def test_names_in_every_script_mean_the_city(places: Places, name: str, city: str) -> None:
    assert next(m.place.name for m in places.lookup(name) if m.place.kind == "city") == city


def test_curated_areas_name_real_countries(places: Places) -> None:
    codes = {c.country_code for c in places.countries()}
    for name in ("EMEA", "DACH", "Benelux", "Nordics", "LATAM", "APAC", "EU", "EEA", "Schengen", "MENA", "ANZ", "UK&I"):
        area = next(m.place for m in places.lookup(name) if m.place.kind == "area")
        assert area.expands and set(area.expands) <= codes


def test_curated_tables_are_well_formed() -> None:
    for path in sources.DATA.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader((x for x in lines if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name


def test_look_ups_are_fast(places: Places) -> None:
    names = [place.name for place in places.countries()] * 4
    started = time.perf_counter()
    for name in names:
        places.lookup(name)
    assert (time.perf_counter() - started) / len(names) < 0.002


def test_command_line(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "München"]) == 0
    assert "Bavaria, Germany" in capsys.readouterr().out
    assert main(["lookup", "qqqqqqqq"]) == 1
    assert "no place" in capsys.readouterr().err
