"""Places of the world by any of their names: candidates with facts, strongest first; the caller decides.

The store is one read-only SQLite file, made by :mod:`gazetteer.build` from GeoNames, CLDR and ISO lists and the
curated tables in ``gazetteer/data``. Its pages are read when they are needed: a connection keeps 3 MB of them, the
rest stays in the system's file cache, which processes share.

>>> places = default_places()
>>> match = places.lookup("München")[0]
>>> match.place.name, match.place.region, match.place.country, match.name_kind
('Munich', 'Bavaria', 'Germany', 'main')
>>> [(m.place.kind, m.place.name, m.name_kind) for m in places.lookup("CA")[:2]]
[('country', 'Canada', 'code'), ('region', 'California', 'code')]
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .normalize import key

STORE = Path(__file__).with_name("store") / "places.sqlite"
FORMAT = 2
KINDS = ("country", "area", "region", "city")
NAME_KINDS = ("main", "alias", "code", "historic", "weak")
_COLUMNS = "id, place.kind, name, local, country, region, population, lat / 1e5, lon / 1e5, zone, expands"
_NAMED = f"SELECT {_COLUMNS}, name.kind FROM name CROSS JOIN place ON place.n = name.n "
_REMEDY = "build it with `python -m gazetteer.build`, or install the package again"


class StoreError(RuntimeError):
    """The places store is there but cannot be read; the message says the remedy."""


class Place(NamedTuple):
    """One city, region, country or area.

    ``id`` is the GeoNames id of a city or a country; a region's and an area's is negative and stable between
    builds. Coordinates are degrees (WGS 84); those of regions and countries are the mean of their cities,
    weighted by population. ``timezone`` is an IANA name, ``None`` where a region or country has several.
    """

    id: int
    kind: str
    name: str
    local_name: str | None
    country_code: str | None
    country: str | None
    region_code: str | None
    region: str | None
    population: int
    latitude: float | None
    longitude: float | None
    timezone: str | None
    expands: tuple[str, ...] = ()


class Match(NamedTuple):
    """A place that goes by the name looked up; ``name_kind`` says how firmly the name means it.

    ``main``: its usual English, official or local name; ``alias``: another name in use, in any language;
    ``code``: an abbreviation or code; ``historic``: a name of the past; ``weak``: a name that seldom means it.
    """

    place: Place
    name_kind: str


class Places:
    """The places store, open for look-ups. Use :meth:`open`, or :func:`default_places` for the built-in store.

    Safe to share between threads, and to use after a fork (each process and thread reads through a connection of
    its own). Answers are remembered in bounded caches.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._regions: dict[int, tuple[str, str | None]] = {}
        self._countries: dict[str, str] = {}
        self._zones: dict[int, str] = {}
        try:
            db = self._db()
            meta = dict(db.execute("SELECT key, value FROM meta"))
            if meta.get("format") != str(FORMAT):
                raise StoreError(f"places store {path} has format {meta.get('format')}, not {FORMAT}: {_REMEDY}")
            self._zones = dict(db.execute("SELECT id, name FROM zone"))
            self._regions = {i: (c, n) for i, c, n in db.execute("SELECT id, code, name FROM region")}
            self._countries = dict(
                db.execute("SELECT country, name FROM place WHERE n <= ?", (int(meta["countries"]),))
            )
        except sqlite3.DatabaseError as error:
            raise StoreError(f"places store {path} cannot be read ({error}): {_REMEDY}") from error
        self.meta: dict[str, str] = meta
        self._place = lru_cache(maxsize=512)(self._read_place)
        self._matches = lru_cache(maxsize=512)(self._read_matches)

    @classmethod
    def open(cls, path: Path | None = None) -> Places:
        """Open a store; the built-in one by default.

        Raises:
            FileNotFoundError: there is no store at ``path``.
            StoreError: the file is no places store, or one of another format.
        """
        path = path or STORE
        if not path.is_file():
            raise FileNotFoundError(f"no places store at {path}: {_REMEDY}")
        return cls(path)

    @property
    def version(self) -> str:
        """Ten hex digits that name the data: the pinned sources and the curated tables it was built from."""
        return self.meta["version"]

    def __repr__(self) -> str:
        return f"<Places {self.path}>"

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Places, (self.path,)

    def _db(self) -> sqlite3.Connection:
        held = getattr(self._local, "held", None)
        pid = os.getpid()
        if held is not None and held[0] == pid:
            return held[1]  # type: ignore[no-any-return]
        db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        db.execute("PRAGMA mmap_size=0")  # mapped pages would count as the worker's own: 30 MB for a gain of 10 us
        db.execute("PRAGMA cache_size=-3072")
        self._local.held = (pid, db)
        return db

    def _read_place(self, n: int) -> Place:
        row = self._db().execute(f"SELECT {_COLUMNS}, 0 FROM place WHERE n = ?", (n,))
        return self._make(row.fetchone())

    def _make(self, row: Sequence[Any]) -> Place:
        ident, kind, name, local, country, region, population, lat, lon, zone, expands, _ = row
        code, region_name = self._regions.get(region, (None, None))
        return Place(
            ident, KINDS[kind], name, local, country, self._countries.get(country), code, region_name, population,
            lat, lon, self._zones.get(zone), tuple(expands.split()) if expands else (),
        )  # fmt: skip

    def _read_matches(self, name_key: str, country: str | None, limit: int) -> tuple[Match, ...]:
        if country is None:
            rows = self._db().execute(_NAMED + "WHERE key = ? LIMIT ?", (name_key, limit))
        else:
            rows = self._db().execute(
                _NAMED + "WHERE key = ? AND country = ? ORDER BY name.n LIMIT ?", (name_key, country, limit)
            )
        make = self._make
        return tuple([Match(make(row), NAME_KINDS[row[-1]]) for row in rows])

    def lookup(self, name: str, country: str | None = None, limit: int = 40) -> list[Match]:
        """Every place that goes by a name, in any script, case and accents aside.

        Args:
            name: a name or a code, alone: "Köln", "NRW", "Deutschland", "EMEA", "東京".
            country: ISO 3166-1 alpha-2; only places of this country (areas belong to one or none).
            limit: how many at most.

        Returns:
            Countries first, then areas, regions, cities; each by population, biggest first. Empty if unknown.
        """
        name_key = key(name)
        return list(self._matches(name_key, country, limit)) if name_key else []

    def named(self, name_key: str, limit: int = 40) -> tuple[Match, ...]:
        """:meth:`lookup` by a key (see :func:`gazetteer.normalize.key`), for who keeps the answers; not remembered."""
        return self._read_matches(name_key, None, limit) if name_key else ()

    def lookup_many(self, names: Iterable[str], country: str | None = None, limit: int = 40) -> list[list[Match]]:
        """:meth:`lookup` of several names, answers in the order of the names."""
        return [self.lookup(name, country, limit) for name in names]

    def beginning(self, start: str, limit: int = 300) -> list[str]:
        """The keys that begin so, in their order: "pfaffenhofen an der ilm" for "pfaffenhofen "."""
        rows = self._db().execute(
            "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? LIMIT ?", (start, start + "\U0010ffff", limit)
        )
        return [name for (name,) in rows]

    def known(self, name_key: str) -> bool:
        """Whether any place goes by this key (see :func:`gazetteer.normalize.key`): the cheapest question."""
        return self._db().execute("SELECT 1 FROM name WHERE key = ? LIMIT 1", (name_key,)).fetchone() is not None

    def fuzzy(self, name: str, country: str | None = None, limit: int = 5) -> list[tuple[Match, float]]:
        """Places whose name is *nearly* this one, for names with a typing error that :meth:`lookup` does not know.

        Only names that begin or end with the same three letters and are at most two letters longer or shorter are
        compared. Near names invent places ("Mücheln" for "München"): try :meth:`lookup` first, believe this little.

        Returns:
            Matches with their similarity (0..1, from 0.8 up; Damerau-Levenshtein over length), best first, then by
            population.
        """
        from rapidfuzz.distance import OSA

        name_key = key(name)
        if len(name_key) < 4:
            return []
        near: dict[str, float] = {}
        size = len(name_key)
        db = self._db()
        for gram in ("^" + name_key[:3], name_key[-3:] + "$"):
            rows = db.execute(
                "SELECT key FROM gram WHERE gram = ? AND size BETWEEN ? AND ?", (gram, size - 2, size + 2)
            )
            for (other,) in rows:
                score = OSA.normalized_similarity(name_key, other, score_cutoff=0.8)
                if score:
                    near[other] = score
        found: dict[int, tuple[Match, float]] = {}
        for other in sorted(near, key=lambda k: (-near[k], k))[: limit * 4]:
            for match in self._matches(other, country, limit):
                found.setdefault(match.place.id, (match, near[other]))
        return sorted(found.values(), key=lambda x: (-round(x[1], 2), -x[0].place.population))[:limit]

    def place(self, ident: int) -> Place | None:
        """The place with this id (see :class:`Place`), or ``None``."""
        row = self._db().execute("SELECT n FROM place WHERE id = ?", (ident,)).fetchone()
        return self._place(row[0]) if row else None

    def region(self, code: str) -> Place | None:
        """The region with this ISO 3166-2 code ("DE-BY"), or ``None``."""
        row = self._db().execute("SELECT n FROM region WHERE code = ?", (code.upper(),)).fetchone()
        return self._place(row[0]) if row else None

    def country(self, code: str) -> Place | None:
        """The country with this ISO 3166-1 alpha-2 code, or ``None``."""
        row = self._db().execute(
            "SELECT n FROM place WHERE country = ? AND n <= ?", (code.upper(), int(self.meta["countries"]))
        )
        found = row.fetchone()
        return self._place(found[0]) if found else None

    def countries(self) -> list[Place]:
        """All countries and territories with an ISO 3166-1 code (and Kosovo), biggest first."""
        return [self._place(n) for n in range(1, int(self.meta["countries"]) + 1)]


@lru_cache(maxsize=1)
def default_places() -> Places:
    """The built-in store, opened once a process.

    Raises:
        FileNotFoundError, StoreError: the store was not built or is damaged; the message says the remedy.
    """
    return Places.open()
