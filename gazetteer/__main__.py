"""``python -m gazetteer lookup NAME``: what the places store knows of a name, as rows one can read."""

from __future__ import annotations

import argparse
import sys

from .places import Match, Places, StoreError


def row(match: Match, similarity: float | None = None) -> str:
    """One line about one match."""
    place = match.place
    where = ", ".join(x for x in (place.region if place.kind == "city" else None, place.country) if x)
    if place.kind == "country":
        where = place.country_code or ""
    if place.expands:
        where = " ".join(place.expands)
    at = "" if place.latitude is None or place.longitude is None else f"{place.latitude:.3f},{place.longitude:.3f}"
    known_as = match.name_kind if similarity is None else f"~{similarity:.2f}"
    return (
        f"{place.kind:8}{place.name:28} {where:40} {place.region_code or '':7} {place.population:>11,} "
        f"{at:>17}  {place.timezone or '':22} {known_as:9}{place.id if place.id > 0 else ''}"
    ).rstrip()


def main(argv: list[str] | None = None) -> int:
    """The command; returns 0 when the name is known, 1 when it is not, 2 for a usage error or a missing store."""
    parser = argparse.ArgumentParser(prog="python -m gazetteer", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    lookup = commands.add_parser("lookup", help="places that go by a name, in any language or script, or by a code")
    lookup.add_argument("name", nargs="+")
    lookup.add_argument("--country", help="only places of this country (ISO 3166-1 alpha-2)")
    lookup.add_argument("--limit", type=int, default=12, help="how many rows at most (default 12)")
    args = parser.parse_args(argv)
    name = " ".join(args.name)
    try:
        places = Places.open()
    except (FileNotFoundError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    country = args.country.upper() if args.country else None
    matches = places.lookup(name, country, args.limit)
    for match in matches:
        print(row(match))
    if not matches:
        for match, similarity in places.fuzzy(name, country, args.limit):
            print(row(match, similarity))
        print(f"no place goes by the name {name!r}; near names, if any, are above", file=sys.stderr)
    return 0 if matches else 1


if __name__ == "__main__":
    raise SystemExit(main())
