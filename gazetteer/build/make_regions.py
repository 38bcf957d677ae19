"""How ``regions.tsv`` and ``subregions.tsv`` are made: run by hand when sources move, then reviewed.

    npm pack cldr-subdivisions-full@48.2.0 && tar xzf cldr-subdivisions-full-48.2.0.tgz
    apt-get download libtimezonemap-data && dpkg-deb -x libtimezonemap-data_*.deb tz
    python -m gazetteer.build.make_regions package/subdivisions tz/usr/share/libtimezonemap/ui/admin1Codes.txt

GeoNames' admin-1 codes are joined with ISO 3166-2 by the regions' names (CLDR, pycountry, the names of GeoNames' own
list). Rows that ``regions.tsv`` has already are reviewed and stay as they are; only (country, admin-1) pairs that it
lacks are added, to be read by a person. ``subregions.tsv`` is written anew from CLDR and pycountry; what is kept by
hand stands in ``subregions_curated.tsv``. Names of regions in other languages come from pycountry at build time.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pycountry
from rapidfuzz import fuzz

from ..normalize import key
from . import sources

# No first-level region in use, so no rows: city states and small islands; and admin-1 codes that are no region.
WITHOUT = {
    "AD", "AX", "GF", "GI", "GP", "HK", "LI", "MC", "MO", "MQ",
    "NC", "PF", "PR", "RE", "SG", "SM", "VA", "YT",
}  # fmt: skip
WITHOUT_CODE = {("TW", "04"), ("RS", "SE"), ("IL", "WE"), ("KE", "08"), ("CI", "78"), ("HU", "19")}
_GENERIC = re.compile(
    r"(?:province|state|region|county|department|district|prefecture|oblast|of|the|voivodeship|governorate|municipality|canton|land|republi"
    r"c|krai|autonomous|city|capital|parish|division|emirate|council|metropolitan|provincia|departamento|estado|de|do|da|des|du|fylke|la"
    r"n|kanton|wilaya|special|area|territory|federal|kraj|okres|judet|comunidad|rayon)"
)


def bare(name: str) -> str:
    """A region's name without the words that say what kind of region it is."""
    words = [word for word in key(name).split() if not _GENERIC.fullmatch(word)]
    return " ".join(words) or key(name)


def cldr(folder: Path) -> dict[str, dict[str, str]]:
    """Names of ISO 3166-2 codes by language, from the npm package cldr-subdivisions-full."""
    out: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*/*.json")):
        names = json.loads(path.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
        out[path.stem] = {f"{code[:2]}-{code[2:]}".upper(): name for code, name in names.items()}
    return out


def propose(names: dict[str, dict[str, str]], admin1_list: Path) -> list[tuple[str, str, str, str]]:
    """(country, admin-1, ISO 3166-2, name) for pairs in GeoNames' cities that ``regions.tsv`` lacks and ISO has."""
    known = {(row["country_code"], row["geonames_admin1"]) for row in sources.table("regions.tsv")}
    used = {row["iso_3166_2"] for row in sources.table("regions.tsv")}
    people: Counter[tuple[str, str]] = Counter()
    biggest: dict[tuple[str, str], str] = {}
    top: Counter[tuple[str, str]] = Counter()
    for city in sources.geonames_cities().values():
        pair = (city["countrycode"], city["admin1code"])
        people[pair] += city["population"]
        if city["population"] >= top[pair]:
            top[pair], biggest[pair] = city["population"], city["name"]
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in admin1_list.read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, _ = line.split("\t")
        country, _, admin1 = code.partition(".")
        listed[country, admin1] |= {name, ascii_name}
    subdivisions: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for division in pycountry.subdivisions:
        called = {division.name, *re.split(r"[\[\]/]", division.name)}
        called |= {by_code[division.code] for by_code in names.values() if division.code in by_code}
        subdivisions[division.country_code][division.code] = {bare(name) for name in called if name.strip()}
    out = []
    for country, admin1 in sorted(people, key=lambda pair: (pair[0], -people[pair])):
        pair = (country, admin1)
        if pair in known or pair in WITHOUT_CODE or country in WITHOUT or admin1 in ("", "00"):
            continue
        mine = [bare(name) for name in listed[country, admin1] if name] or [bare(biggest[country, admin1])]
        best = max(
            ((fuzz.ratio(a, b), code) for code, called in subdivisions[country].items() for a in mine for b in called),
            default=(0.0, ""),
        )
        code = best[1] if best[0] >= 85 and best[1] not in used else ""
        if code:
            out.append((country, admin1, code, names["en"].get(code) or biggest[pair]))
    return out


def main(cldr_folder: Path, admin1_list: Path) -> None:
    """Write both tables; say what was added to the reviewed one."""
    names = cldr(cldr_folder)
    added = propose(names, admin1_list)
    with (sources.DATA / "regions.tsv").open("a", encoding="utf-8") as out:
        for row in added:
            out.write("\t".join((*row, "")) + "\n")
    print(f"regions.tsv: {len(added)} rows to review")

    codes = {row["iso_3166_2"] for row in sources.table("regions.tsv") if row["iso_3166_2"]}
    with (sources.DATA / "subregions.tsv").open("w", encoding="utf-8") as out:
        out.write(
            "# Second-level regions (provinces, counties, departments) that stand for their first-level region:\n"
        )
        out.write("# ISO 3166-2 (pycountry), CLDR. Written by build/make_regions.py; see also subregions_curated.tsv\n")
        out.write("names\tregion\n")
        for division in sorted(pycountry.subdivisions, key=lambda d: d.code):
            parent = division.parent_code
            if not parent or parent not in codes or division.code in codes:
                continue
            called = dict.fromkeys(
                [division.name, *(x.strip() for x in re.split(r"[\[\]/]", division.name) if x.strip())]
            )
            called |= dict.fromkeys(by_code[division.code] for by_code in names.values() if division.code in by_code)
            kept = [name for name in called if name.isascii() or division.country_code not in ("GB", "IE")][:12]
            out.write(f"{'|'.join([*kept, division.code[3:]])}\t{parent}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
