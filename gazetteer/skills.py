"""Technologies by every name they go by: curated tables -> one automaton that finds them all in one pass.

A table (``data/skills/*.toml``) holds one family. Keys of an entry: ``name`` (usual full name), ``aliases`` (any
case), ``exact`` (count in exactly this case), ``implies`` (names of skills that follow as a fact), ``url`` (homepage,
the source), ``category`` (where it differs from the table's own), ``ambiguous`` (``true``, or the list of those
surfaces that are also a common word, a person or a company), ``context`` (words near an ambiguous surface that make it
the technology) and ``never`` (phrases around it that make it something else).

A space, a hyphen and an underscore are the same in names: ``Spring Boot`` is also found as ``spring-boot``, and as
``SpringBoot`` where the joined form is long enough to be nobody else's word. Accents count for nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from gazetteer.tables import compiled_path, load_toml

DATA = Path(__file__).with_name("data") / "skills"
KEYS = {"name", "aliases", "exact", "implies", "url", "category", "ambiguous", "context", "never"}
KEPT = b"+#.&"
"""Marks that are part of names (C++, C#, Node.js, AT&T); every other mark is a boundary."""
OTHER_SCRIPT = re.compile("[\u0100-\u1fff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff\uff66-\uffdc]")
JOINED = 8
"""Shortest joined form (``springboot``) that is made by itself."""


class TaxonomyError(ValueError):
    """A table of skills is not in order; the message names the entries and what to do."""


class Surface(NamedTuple):
    """One spelling of a skill: ``skill`` is its place in :attr:`Taxonomy.skills`."""

    skill: int
    exact: str | None
    ambiguous: bool
    slash: bool


class Technology(NamedTuple):
    """What is known of one skill."""

    name: str
    category: str
    url: str
    implies: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def _fold_table() -> bytes:
    table = bytearray(b" " * 256)
    for code in range(256):
        plain = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if code != 0xA8 and plain.isascii() and plain.isalnum():
            table[code] = ord(plain)
        elif code in KEPT:
            table[code] = code
    table[0xDF], table[0xE6], table[0xF8], table[0xC6], table[0xD8] = b"zaoao"
    return bytes(table)


_FOLD = _fold_table()


def fold(text: str) -> str:
    """``text`` in plain lower-case ASCII, one character for each code point, so that places stay the same.

    Marks that no name holds and letters beyond Latin-1 become spaces.

    >>> fold("Spring-Boot/Générateur(C#)")
    'spring boot generateur c# '
    """
    return text.encode("latin-1", "replace").translate(_FOLD).decode("ascii")


def lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Taxonomy:
    """All skills and one automaton over all their spellings; read-only once made.

    >>> t = default_taxonomy()
    >>> t.get("Spring Boot").implies
    ('Java', 'Spring')
    """

    __slots__ = ("_found", "_found_other", "_latin", "_other", "by_name", "other", "skills", "spelled")

    def __init__(
        self, tables: Iterable[tuple[str, Mapping[str, Any]]], categories: Iterable[str] | None = None
    ) -> None:
        allowed = set(categories or known_categories())
        self.skills: list[Technology] = []
        self.by_name: dict[str, int] = {}
        spelled: dict[str, list[Surface]] = {}
        other: dict[str, list[Surface]] = {}
        joined: dict[str, Surface] = {}
        for where, table in tables:
            for entry in table.get("skill", ()):
                self._add(where, table, entry, allowed, spelled, other, joined)
        for form, surface in joined.items():
            spelled.setdefault(form, [surface])
        self._ready(spelled, other)

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> Taxonomy:
        """A taxonomy from what :meth:`pack` gave, unchecked and so the faster made."""
        self = cls.__new__(cls)
        self.skills = [Technology(n, c, u, tuple(i), tuple(x), tuple(v)) for n, c, u, i, x, v in packed["skills"]]
        self.by_name = {skill[0]: i for i, skill in enumerate(packed["skills"])}
        groups = [[Surface._make(x) for x in group] for group in packed["groups"]]
        self._ready(*({form: groups[i] for form, i in packed[part].items()} for part in ("spelled", "other")))
        return self

    def pack(self) -> dict[str, Any]:
        """What JSON can hold of the taxonomy, for :meth:`unpack`: spellings that mean the same share one group."""
        groups: dict[tuple[Surface, ...], int] = {}
        spelled, other = (
            {form: groups.setdefault(tuple(found), len(groups)) for form, found in part.items()}
            for part in (self.spelled, self.other)
        )
        return {"skills": self.skills, "groups": list(groups), "spelled": spelled, "other": other}

    def _ready(self, spelled: dict[str, list[Surface]], other: dict[str, list[Surface]]) -> None:
        """Make the automata. A short name's pattern holds its end, so that few of its finds are in vain."""
        from ahocorasick_rs import AhoCorasick, Implementation

        patterns: list[str] = []
        self._found: list[tuple[int, list[Surface]]] = []
        for form, found in spelled.items():
            if len(form) <= 3:
                patterns += (f" {form} ", f" {form}.")
                self._found += ((2, found), (2, found))
            else:
                patterns.append(f" {form}")
                self._found.append((1, found))
        kind = Implementation.ContiguousNFA
        self.spelled, self.other = spelled, other
        self._found_other = list(other.values())
        self._latin = AhoCorasick(patterns, implementation=kind)
        self._other = AhoCorasick(list(other), implementation=kind) if other else None

    def _add(
        self,
        where: str,
        table: Mapping[str, Any],
        entry: Mapping[str, Any],
        allowed: set[str],
        spelled: dict[str, list[Surface]],
        other: dict[str, list[Surface]],
        joined: dict[str, Surface],
    ) -> None:
        name = entry.get("name")
        if not isinstance(name, str) or not name:
            raise TaxonomyError(f"{where}: an entry has no name: {dict(entry)!r}")
        unknown = set(entry) - KEYS
        if unknown:
            raise TaxonomyError(f"{where}: {name}: unknown keys {sorted(unknown)}; known are {sorted(KEYS)}")
        category = entry.get("category") or table.get("category")
        if category not in allowed:
            raise TaxonomyError(f"{where}: {name}: category {category!r} is not one of {sorted(allowed)}")
        if name in self.by_name:
            other_one = self.skills[self.by_name[name]]
            raise TaxonomyError(f"{where}: {name} is there twice (the other is in {other_one.category})")
        index = self.by_name[name] = len(self.skills)
        self.skills.append(
            Technology(
                name,
                category,
                entry.get("url", ""),
                tuple(entry.get("implies", ())),
                tuple(x.lower() for x in entry.get("context", ())),
                tuple(x.lower() for x in entry.get("never", ())),
            )
        )
        exact = list(entry.get("exact", ()))
        spellings = [] if name in exact else [name]
        spellings += entry.get("aliases", ())
        unclear = _ambiguous(name, spellings, exact, entry.get("ambiguous", False))
        for spelling, only in [(s, None) for s in spellings] + [(s, s) for s in exact]:
            surface = Surface(index, only, spelling in unclear, "/" in spelling)
            folded = " ".join(fold(spelling).split())
            if OTHER_SCRIPT.search(spelling):
                self._claim(where, other, lower(spelling), surface)
                continue
            if not folded:
                raise TaxonomyError(f"{where}: {name}: {spelling!r} holds no letter or digit")
            self._claim(where, spelled, folded, surface)
            if "/" in spelling:
                joined.setdefault(" ".join(fold(spelling.replace("/", " / ")).split(" ")), surface)
            if only is None and " " in folded and len(folded) > JOINED:
                joined.setdefault(folded.replace(" ", ""), surface)
            if folded.endswith(".js"):
                joined.setdefault(folded[:-3] + "js", surface)
                joined.setdefault(folded[:-3] + " js", surface)

    def _claim(self, where: str, spelled: dict[str, list[Surface]], form: str, surface: Surface) -> None:
        found = spelled.setdefault(form, [])
        for rival in found:
            if rival.exact is not None and surface.exact is not None and rival.exact != surface.exact:
                continue
            if rival.skill == surface.skill:
                return
            raise TaxonomyError(
                f"{where}: {form!r} is claimed by both {self.skills[rival.skill].name!r} and "
                f"{self.skills[surface.skill].name!r}; take it from one of them, or give both in `exact`"
            )
        found.append(surface)

    def get(self, name: str) -> Technology | None:
        """The skill with this canonical name."""
        index = self.by_name.get(name)
        return None if index is None else self.skills[index]

    def find(self, text: str) -> list[tuple[int, int, list[Surface]]]:
        """Every spelling that begins at the start of a word: (start, end, what it may be), as it lies in ``text``.

        The end of the word is the reader's to look at: ``Java`` is also found in ``Javascript``.
        """
        haystack = f" {fold(text)} "
        if "+" in haystack:
            haystack = _PLUS.sub(" ", haystack)
        if " #" in haystack:
            haystack = _HASH.sub(" ", haystack)
        surfaces = self._found
        out = []
        for pattern, start, end in self._latin.find_matches_as_indexes(haystack, overlapping=True):
            trim, found = surfaces[pattern]
            out.append((start, end - trim, found))
        if self._other is not None and OTHER_SCRIPT.search(text):
            low = lower(text)
            out += [
                (start, end, self._found_other[pattern])
                for pattern, start, end in self._other.find_matches_as_indexes(low, overlapping=True)
            ]
        return out


_PLUS = re.compile(r"\+(?<=[a-z0-9]\+)(?=[a-z])")
_HASH = re.compile(r"#(?<= #)(?=[a-z])")


def _ambiguous(name: str, spellings: list[str], exact: list[str], mark: bool | list[str]) -> set[str]:
    """The surfaces that need context. ``true`` means the name and what is in ``exact``; where the name is of several
    words (Microsoft Teams), its one-word spellings (Teams) instead."""
    if isinstance(mark, list):
        return set(mark)
    if not mark:
        return set()
    if " " in name or "." in name[1:]:
        single = {s for s in (*spellings, *exact) if " " not in s and s != name}
        return single or {name}
    return {name, *exact, *(s for s in spellings if s.lower() == name.lower())}


@lru_cache(maxsize=1)
def known_categories() -> tuple[str, ...]:
    """The categories a skill may be in, from ``_categories.toml``."""
    return tuple(load_toml(DATA / "_categories.toml")["categories"])


def read_tables(*more: Path) -> list[tuple[str, dict[str, Any]]]:
    """The curated tables, and those at ``more``, as (file name, table)."""
    paths = [p for p in sorted(DATA.glob("*.toml")) if not p.name.startswith("_")]
    return [(p.name, load_toml(p)) for p in (*paths, *more)]


def load(*more: Path | str) -> Taxonomy:
    """A taxonomy of the curated tables and one's own.

    Raises:
        TaxonomyError: an entry is not in order, or two entries claim the same spelling; the message names both.
        OSError, tomllib.TOMLDecodeError: a table can't be read.
    """
    return Taxonomy(read_tables(*map(Path, more)))


INDEX = "skills_index"


def _sources() -> bytes:
    return b"".join(p.read_bytes() for p in sorted(DATA.glob("*.toml")))


def compile_index() -> Path:
    """Write the curated tables' taxonomy in its compiled form; returns where.

    Raises:
        TaxonomyError: an entry is not in order.
    """
    target = compiled_path(INDEX, _sources())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(load().pack(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return target


@lru_cache(maxsize=1)
def default_taxonomy() -> Taxonomy:
    """The curated tables' taxonomy, made when first used: from its compiled form where the tables are unchanged."""
    try:
        packed = json.loads(compiled_path(INDEX, _sources()).read_bytes())
    except (OSError, ValueError):
        return load()
    return Taxonomy.unpack(packed)
