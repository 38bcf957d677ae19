"""The tables behind :mod:`gazetteer.titles`: roles by name and language, and what titles are built of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gazetteer.tables import load_toml

DATA = Path(__file__).with_name("data") / "titles"
HEADS = "heads"
WORD = re.compile(r"[^\W_]+[+#]*")
_MARKS = re.compile("[\u0300-\u036f]")
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_POSSESSIVE = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation: English singular name, the function it belongs to, its ISCO-08 unit group (4 digits)."""

    name: str
    function: str | None
    isco08: str | None


def fold(text: str) -> str:
    """Case and Latin/Cyrillic accents off: the form that names are compared in.

    >>> fold("Développeur"), fold("Köchin"), fold("Straße")
    ('developpeur', 'kochin', 'strasse')
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
        text = text.replace("ł", "l").replace("ø", "o").replace("æ", "ae")
    return text


def words(text: str) -> list[str]:
    """The folded words of a string, with the spellings of one thing made one.

    >>> words("Full-Stack / Front End (C++)")
    ['fullstack', 'frontend', 'c++']
    """
    text = fold(text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    found = WORD.findall(text)
    joined = load().joined
    out: list[str] = []
    for word in found:
        if out:
            one = joined.get((out[-1], word))
            if one is not None:
                out[-1] = one
                continue
        out.append(word)
    return out


@dataclass(slots=True)
class Tables:
    """The tables of roles and the grammar of titles, ready for look-ups; all keys folded."""

    roles: list[Role]
    names: dict[str, dict[str, int]]  # folded words -> language -> role
    unspaced: dict[str, list[tuple[str, int]]]  # first two characters -> names written without spaces
    heads: dict[str, dict[str, str]]  # language -> folded head -> English head
    domains: dict[str, dict[str, str]]
    suffixes: dict[str, list[tuple[str, str]]]  # language -> (head as it ends a compound, English head), longest first
    head_roles: dict[str, tuple[str, str]]  # English head -> function, isco08
    activities: dict[str, str]
    strong: dict[str, str]
    frontend: frozenset[str]
    technologies: dict[str, str]
    plain: frozenset[str]
    generic: frozenset[str]
    drop: frozenset[str]
    cut: frozenset[str]
    small: frozenset[str]
    joined: dict[tuple[str, str], str]


@lru_cache(maxsize=1)
def load() -> Tables:
    grammar = load_toml(DATA / f"{HEADS}.toml")
    joined = {(k.split()[0], k.split()[1]): v for k, v in grammar["joined"].items()}

    def key(text: str) -> str:
        out: list[str] = []
        for word in WORD.findall(fold(text)):
            one = joined.get((out[-1], word)) if out else None
            if one is not None:
                out[-1] = one
            else:
                out.append(word)
        return " ".join(out)

    roles: list[Role] = []
    names: dict[str, dict[str, int]] = {}
    unspaced: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(DATA.glob("*.toml")):
        if path.stem == HEADS:
            continue
        table = load_toml(path)
        for row in table["role"]:
            number = len(roles)
            roles.append(Role(row["name"], table["function"], row["isco08"]))
            names.setdefault(key(row["name"]), {})["en"] = number
            for language, aliases in row.items():
                if language in ("name", "isco08"):
                    continue
                for alias in aliases:
                    folded = key(alias)
                    names.setdefault(folded, {}).setdefault(language, number)
                    if UNSPACED.search(alias):
                        compact = folded.replace(" ", "")
                        unspaced.setdefault(compact[:2], []).append((compact, number))
    for bucket in unspaced.values():
        bucket.sort(key=lambda x: -len(x[0]))
    heads = {lang: {key(k): v for k, v in table.items()} for lang, table in grammar["heads"].items()}
    compounds = grammar["compounding"]
    suffixes = {
        lang: sorted(((k, v) for k, v in heads[lang].items() if len(k) > 3 and " " not in k), key=lambda x: -len(x[0]))
        for lang in compounds
    }
    return Tables(
        roles=roles,
        names=names,
        unspaced=unspaced,
        heads=heads,
        domains={lang: {key(k): v for k, v in table.items()} for lang, table in grammar["domains"].items()},
        suffixes=suffixes,
        head_roles={k: (v[0], v[1]) for k, v in grammar["head_roles"].items()},
        activities=grammar["activities"],
        strong=grammar["strong"],
        frontend=frozenset(grammar["frontend"]),
        technologies={key(x): x for x in grammar["technologies"]},
        plain=frozenset(grammar["plain"]),
        generic=frozenset(grammar["generic"]),
        drop=frozenset(grammar["drop"]),
        cut=frozenset(grammar["cut"]),
        small=frozenset(grammar["small"]),
        joined=joined,
    )
