"""The compiled store: rows of places and their names into one read-only SQLite file.

Places are numbered in the order look-ups answer in (countries, areas, regions, cities; each by population), so the
primary key of the ``name`` table, (key, number), needs no sorting when read.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..normalize import key
from ..places import FORMAT, KINDS, NAME_KINDS

RANK = {kind: i for i, kind in enumerate(KINDS)}
NAME_RANK = {kind: i for i, kind in enumerate(NAME_KINDS)}
GRAM_POPULATION = 15_000  # other names of places of this size, too, are compared in a fuzzy look-up

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE region (id INTEGER PRIMARY KEY, code TEXT, name TEXT, n INTEGER);
CREATE TABLE place (n INTEGER PRIMARY KEY, id INTEGER, kind INTEGER, name TEXT, local TEXT, country TEXT,
    region INTEGER, population INTEGER, lat INTEGER, lon INTEGER, zone INTEGER, expands TEXT);
CREATE TABLE name (key TEXT, n INTEGER, kind INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT, size INTEGER, key TEXT, PRIMARY KEY (gram, size, key)) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Row:
    """A place on its way into the store; ``names`` are keys with the firmest kind of name each."""

    kind: str
    id: int
    name: str
    country: str | None = None
    region: str | None = None  # an internal region key, see Region
    population: int = 0
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None
    local: str | None = None
    expands: tuple[str, ...] = ()
    names: dict[str, int] = field(default_factory=dict)

    def call(self, name: str, kind: str) -> None:
        """Also known as ``name``; the firmest kind stays. Names with an apostrophe are known without it, too."""
        rank = NAME_RANK[kind]
        spellings = {key(name)}
        if "'" in name or "’" in name or "ʻ" in name:
            spellings.add(key(name.replace("'", "").replace("’", "").replace("ʻ", "")))
        for spelling in spellings:
            if spelling and rank < self.names.get(spelling, 99):
                self.names[spelling] = rank


def synthetic_id(text: str) -> int:
    """A negative id for a place that GeoNames' city list does not number: the same in every build."""
    return -1 - (zlib.crc32(text.encode()) & 0x3FFFFFFF)


def write(path: Path, rows: list[Row], regions: Mapping[str, tuple[str | None, str]], meta: Mapping[str, str]) -> None:
    """Write the store to ``path`` (whole or not at all). ``regions``: internal key -> (ISO 3166-2 or None, name)."""
    rows.sort(key=lambda r: (RANK[r.kind], -r.population, r.country or "", r.name, r.id))
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(part)
    db.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    zones = {z: i for i, z in enumerate(sorted({r.timezone for r in rows if r.timezone}), 1)}
    region_ids = {k: i for i, k in enumerate(sorted(regions), 1)}
    number = {id(r): n for n, r in enumerate(rows, 1)}
    region_rows = {r.region: number[id(r)] for r in rows if r.kind == "region"}
    db.executemany("INSERT INTO zone VALUES (?, ?)", ((i, z) for z, i in zones.items()))
    db.executemany(
        "INSERT INTO region VALUES (?, ?, ?, ?)", ((i, *regions[k], region_rows.get(k)) for k, i in region_ids.items())
    )
    db.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (n, r.id, RANK[r.kind], r.name, r.local, r.country, region_ids.get(r.region or ""), r.population,
             _degrees(r.latitude), _degrees(r.longitude), zones.get(r.timezone or ""), " ".join(r.expands) or None)
            for n, r in enumerate(rows, 1)
        ),
    )  # fmt: skip
    names = sorted((k, n, kind) for n, r in enumerate(rows, 1) for k, kind in r.names.items())
    db.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
    del names
    db.executemany("INSERT INTO gram VALUES (?, ?, ?)", sorted(_grams(rows)))
    countries = sum(r.kind == "country" for r in rows)
    facts = {**meta, "format": str(FORMAT), "places": str(len(rows)), "countries": str(countries)}
    db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
    db.execute("CREATE INDEX place_id ON place (id)")
    db.execute("CREATE INDEX region_code ON region (code)")
    db.commit()
    db.close()
    part.replace(path)


def _degrees(value: float | None) -> int | None:
    return None if value is None else round(value * 1e5)


def _grams(rows: Iterable[Row]) -> set[tuple[str, int, str]]:
    """What a fuzzy look-up compares with: main names, and of big places the other names in Latin letters."""
    out: set[tuple[str, int, str]] = set()
    for row in rows:
        for name, kind in row.names.items():
            if len(name) < 4 or kind > 1 or not (kind == 0 or (row.population >= GRAM_POPULATION and name.isascii())):
                continue
            out.add(("^" + name[:3], len(name), name))
            out.add((name[-3:] + "$", len(name), name))
    return out
