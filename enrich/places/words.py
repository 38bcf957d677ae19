"""The words around places, from ``vocabulary/location.toml``, ready for look-up by key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gazetteer.normalize import key
from gazetteer.tables import load_toml

TABLE = Path(__file__).parent.parent / "vocabulary" / "location.toml"
OTHER_TABLES = {"street", "postcode", "time_zone", "scope", "weight", "department"}
OTHER_TABLES |= {"house", "market", "speakers", "signs", "inflected"}
MODES = ("hybrid", "remote", "onsite")


@dataclass(slots=True)
class Words:
    """The vocabulary of place strings; every word is a key of :func:`gazetteer.normalize.key`."""

    mode: dict[str, str] = field(default_factory=dict)
    """phrase -> remote, hybrid or onsite"""
    mode_words: frozenset[str] = frozenset()
    """first words of those phrases: a cheap trigger"""
    mode_unspaced: tuple[tuple[str, str], ...] = ()
    """phrases of scripts that write no spaces"""
    noise: frozenset[str] = frozenset()
    noise_words: frozenset[str] = frozenset()
    nowhere: frozenset[str] = frozenset()
    street: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    """words before the number of a part of a city: sector, block"""
    compass: frozenset[str] = frozenset()
    """points of the compass, which beside a word such as "industrial estate" tell which one"""
    head_office: tuple[str, ...] = ()
    """words for a firm's first house, longest first"""
    vague: frozenset[str] = frozenset()
    """words for a part of some land, whichever: northern, district"""
    beside: frozenset[str] = frozenset()
    """short words for "near": the town stands before them"""
    quarter: frozenset[str] = frozenset()
    """names that quarters of many cities bear"""
    way: frozenset[str] = frozenset()
    """words for "street" that stand before its name"""
    sites: frozenset[str] = frozenset()
    street_suffixes: tuple[str, ...] = ()
    time_zone: frozenset[str] = frozenset()
    join: re.Pattern[str] = re.compile("$^")
    postcode: tuple[tuple[str, re.Pattern[str]], ...] = ()
    scope: dict[str, str] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)
    market: dict[str, float] = field(default_factory=dict)
    inflected: dict[str, str] = field(default_factory=dict)
    signs: dict[str, list[str]] = field(default_factory=dict)
    speakers: dict[str, list[str]] = field(default_factory=dict)
    title_words: frozenset[str] = frozenset()
    department: dict[str, str] = field(default_factory=dict)
    label: frozenset[str] = frozenset()
    based: tuple[str, ...] = ()
    house: frozenset[str] = frozenset()
    """words for a place of work with the word "in": ``office in``"""
    ours: frozenset[str] = frozenset()
    """words for "our" that stand before them"""
    passing: frozenset[str] = frozenset()
    """words between the two that speak of another house than the job's"""
    contact: frozenset[str] = frozenset()
    direction: frozenset[str] = frozenset()


def is_unspaced(text: str) -> bool:
    """Whether the text is of a script that writes no spaces between words (kana, Han, Thai)."""
    return any("\u0e00" <= c <= "\u0e7f" or "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" for c in text)


def is_mark(c: str) -> bool:
    """Whether the character is a sign that belongs to the letter before it (vowel signs of Burmese, Khmer, Thaana)."""
    return c > "\u02ff" and unicodedata.category(c)[0] == "M"


@lru_cache(maxsize=1)
def words() -> Words:
    """The vocabulary, read once."""
    table = load_toml(TABLE)
    languages = [t for name, t in table.items() if name not in OTHER_TABLES]

    def keys(kind: str) -> list[str]:
        return [k for language in languages for text in language.get(kind, ()) if (k := key(text))]

    mode = {k: m for m in reversed(MODES) for k in keys(m)}
    joins = sorted({j for language in languages for j in language.get("join", ())}, key=len, reverse=True)
    spaced = [re.escape(j.strip()) for j in joins if j != j.strip()]
    unspaced = [re.escape(j) for j in joins if j == j.strip()]
    noise = frozenset(keys("noise"))
    return Words(
        mode=mode,
        mode_words=frozenset(k.split()[0] for k in mode),
        mode_unspaced=tuple((k, m) for k, m in mode.items() if is_unspaced(k)),
        noise=noise,
        noise_words=frozenset(k for k in noise if " " not in k),
        nowhere=frozenset(keys("nowhere")),
        street=frozenset(key(w) for w in table["street"]["words"]),
        street_suffixes=tuple(table["street"]["suffixes"]),
        sites=frozenset(table["street"]["sites"]),
        quarter=frozenset(key(x) for x in table["street"]["quarters"]),
        numbered=frozenset(key(x) for x in table["street"]["numbered"]),
        compass=frozenset(key(x) for x in table["street"]["compass"]),
        head_office=tuple(sorted(map(key, table["street"]["head_office"]), key=len, reverse=True)),
        vague=frozenset(w for x in table["street"]["vague"] for w in key(x).split()),
        beside=frozenset(key(x) for x in table["street"]["beside"]),
        way=frozenset(table["street"]["way"]),
        ends=frozenset(table["street"]["ends"]),
        time_zone=frozenset(key(w) for w in table["time_zone"]["words"]),
        join=re.compile(rf"\s(?:{'|'.join(spaced)})\s|{'|'.join(unspaced)}", re.IGNORECASE),
        postcode=tuple((country, re.compile(shape)) for country, shape in table["postcode"].items()),
        scope={key(name): code for name, code in table["scope"].items()},
        weight={name: float(value) for name, value in table["weight"].items()},
        market={name: float(value) for name, value in table.get("market", {}).items()},
        inflected=table.get("inflected", {}),
        signs=table.get("signs", {}),
        title_words=frozenset(table["street"]["title_words"]),
        speakers=table.get("speakers", {}),
        department={number: region for region, numbers in table["department"].items() for number in numbers},
        label=frozenset(keys("label")),
        based=tuple(keys("based")),
        house=frozenset(
            key(f"{noun} {word}") for x in table["house"].values() for noun in x["nouns"] for word in x["in"]
        ),
        ours=frozenset(key(word) for x in table["house"].values() for word in x["our"]),
        passing=frozenset(key(word) for x in table["house"].values() for word in x["passing"]),
        contact=frozenset(key(x) for x in table["street"]["contact"]),
        direction=frozenset(table["street"]["directions"]),
    )
