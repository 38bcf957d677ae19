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
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from gazetteer.tables import compiled_path, load_toml

DATA = Path(__file__).with_name("data") / "skills"
KEYS = {"name", "aliases", "exact", "implies", "url", "category", "ambiguous", "context", "never"}
KEPT = b"+#.&"
"""Marks that are part of names (C++, C#, Node.js, AT&T); every other mark is a boundary."""
OTHER_SCRIPT = "[\u0100-\u1fff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff\uff66-\uffdc]"
"""Letters beyond Latin-1, as a regular expression."""
JOINED = 8
"""Shortest joined form (``springboot``) that is made by itself."""
SHORT = 3
"""A name up to so long is looked for with its end, so that few of its finds are in vain."""
SLASH, AMBIGUOUS = 1, 2
"""What a mark says beside the number of the skill: :meth:`Taxonomy.find`."""
CONCEPT, SOCIAL, WARY = 1, 2, 4
"""Traits of a skill: it has no maker, is a social network, has phrases that make it something else."""
CONCEPT_HOST = "wikipedia.org"
"""A thing whose source is an encyclopedia has no maker: a method or a field of work more often than a product."""
NAMED = frozenset({"languages", "protocols_formats", "operating_systems", "databases", "office", "erp", "crm_saas"})
"""Categories whose entries are worked with even where they have no maker."""
SOCIAL_NETWORKS = frozenset(
    {"Facebook", "LinkedIn", "YouTube", "Instagram", "TikTok", "Twitter", "X", "XING", "Pinterest"}
)


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


Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""A :class:`Technology` as a plain tuple, which a garbage collection need not visit."""


def _traits(row: Row) -> int:
    name, category, url, _, _, never = row
    concept = CONCEPT if CONCEPT_HOST in url and category not in NAMED else 0
    return concept | (SOCIAL if name in SOCIAL_NETWORKS else 0) | (WARY if never else 0)


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
    return _folded(text).decode("ascii")


def _folded(text: str) -> bytes:
    return text.encode("latin-1", "replace").translate(_FOLD)


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

    __slots__ = (
        "_forms",
        "_groups",
        "_latin",
        "_marks",
        "_marks_other",
        "_other",
        "_short",
        "by_name",
        "rows",
        "traits",
    )

    def __init__(
        self, tables: Iterable[tuple[str, Mapping[str, Any]]], categories: Iterable[str] | None = None
    ) -> None:
        allowed = set(categories or known_categories())
        self.rows: list[Row] = []
        """Of each skill what :class:`Technology` holds."""
        self.by_name: dict[str, int] = {}
        spelled: dict[str, list[Surface]] = {}
        other: dict[str, list[Surface]] = {}
        joined: dict[str, Surface] = {}
        for where, table in tables:
            for entry in table.get("skill", ()):
                self._add(where, table, entry, allowed, spelled, other, joined)
        for form, surface in joined.items():
            spelled.setdefault(form, [surface])
        groups: dict[tuple[tuple[str | None, int], ...], int] = {}
        parts = [dict(sorted(part.items(), key=lambda x: len(x[0]) > SHORT)) for part in (spelled, other)]
        marks = [[_mark(found, groups) for found in part.values()] for part in parts]
        self._ready(["\n".join(part) for part in parts], marks, list(groups))

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> Taxonomy:
        """A taxonomy from what :meth:`pack` gave, unchecked and so the faster made."""
        self = cls.__new__(cls)
        self.rows = [(n, c, u, tuple(i), tuple(x), tuple(v)) for n, c, u, i, x, v in packed["skills"]]
        self.by_name = {skill[0]: i for i, skill in enumerate(self.rows)}
        self._ready(packed["forms"], packed["marks"], packed["groups"])
        return self

    def pack(self) -> dict[str, Any]:
        """What JSON can hold of the taxonomy, for :meth:`unpack`: spellings that mean the same share one group."""
        return {
            "skills": self.rows,
            "forms": self._forms,
            "marks": [list(self._marks[self._short // 2 :]), list(self._marks_other)],
            "groups": self._groups,
        }

    def _ready(self, forms: list[str], marks: list[list[int]], groups: Iterable[Any]) -> None:
        """Make the automata. Everything lies in flat arrays: small, and nothing for a garbage collection to visit."""
        from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation

        kind = Implementation.ContiguousNFA
        latin, other = (x.split("\n") if x else [] for x in forms)
        short = sum(len(form) <= SHORT for form in latin)
        patterns = [f" {form} " for form in latin[:short]] + [f" {form}." for form in latin[:short]]
        patterns += [f" {form}" for form in latin[short:]]
        self.traits = bytes(map(_traits, self.rows))
        """Of each skill :data:`CONCEPT`, :data:`SOCIAL` and :data:`WARY`."""
        self._forms, self._short = forms, 2 * short
        self._marks, self._marks_other = array("i", marks[0][:short] + marks[0]), array("i", marks[1])
        self._groups = [tuple((exact, mark) for exact, mark in group) for group in groups]
        self._latin = BytesAhoCorasick([p.encode("ascii") for p in patterns], implementation=kind)
        self._other = AhoCorasick(other, implementation=kind) if other else None

    def spellings(self) -> dict[str, list[Surface]]:
        """Every spelling, folded, with what it may be; made anew at each call."""
        out: dict[str, list[Surface]] = {}
        for forms, marks in zip(self._forms, (self._marks[self._short // 2 :], self._marks_other), strict=True):
            for form, mark in zip(forms.split("\n"), marks, strict=False):
                group = self._groups[~mark] if mark < 0 else ((None, mark),)
                out[form] = [Surface(m >> 2, exact, bool(m & AMBIGUOUS), bool(m & SLASH)) for exact, m in group]
        return out

    @property
    def skills(self) -> list[Technology]:
        """Every skill, made anew at each call; a skill's number is its place."""
        return [Technology._make(row) for row in self.rows]

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
            other_one = self.rows[self.by_name[name]]
            raise TaxonomyError(f"{where}: {name} is there twice (the other is in {other_one[1]})")
        index = self.by_name[name] = len(self.rows)
        implies = tuple(entry.get("implies", ()))
        context, never = (tuple(x.lower() for x in entry.get(key, ())) for key in ("context", "never"))
        self.rows.append((name, category, entry.get("url", ""), implies, context, never))
        exact = list(entry.get("exact", ()))
        spellings = [] if name in exact else [name]
        spellings += entry.get("aliases", ())
        unclear = _ambiguous(name, spellings, exact, entry.get("ambiguous", False))
        for spelling, only in [(s, None) for s in spellings] + [(s, s) for s in exact]:
            surface = Surface(index, only, spelling in unclear, "/" in spelling)
            folded = " ".join(fold(spelling).split())
            if _other_script().search(spelling):
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
                f"{where}: {form!r} is claimed by both {self.rows[rival.skill][0]!r} and "
                f"{self.rows[surface.skill][0]!r}; take it from one of them, or give both in `exact`"
            )
        found.append(surface)

    def get(self, name: str) -> Technology | None:
        """The skill with this canonical name."""
        index = self.by_name.get(name)
        return None if index is None else Technology._make(self.rows[index])

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Every spelling that begins at the start of a word: (start, end, mark), as it lies in ``text``.

        A mark is ``skill << 2``, with :data:`AMBIGUOUS` and :data:`SLASH` where the spelling is a common word too, or
        holds a slash. The end of the word is the reader's to look at: ``Java`` is also found in ``Javascript``.
        """
        haystack = b" %b " % _folded(text)
        if b"+" in haystack:
            haystack = _PLUS.sub(b" ", haystack)
        if b"#" in haystack:
            haystack = _HASH.sub(b" ", haystack)
        short, marks, groups = self._short, self._marks, self._groups
        out = []
        for pattern, start, end in self._latin.find_matches_as_indexes(haystack, overlapping=True):
            mark = marks[pattern]
            end -= 2 if pattern < short else 1
            if mark >= 0:
                out.append((start, end, mark))
            else:
                written = text[start:end]
                for exact, one in groups[~mark]:
                    if exact is None or exact == written:
                        out.append((start, end, one))
        if self._other is not None and _in_other_script(text):
            for pattern, start, end in self._other.find_matches_as_indexes(lower(text), overlapping=True):
                mark = self._marks_other[pattern]
                for exact, one in groups[~mark] if mark < 0 else ((None, mark),):
                    if exact is None or exact == text[start:end]:
                        out.append((start, end, one))
        return out


_NO_OTHER = bytes(x for x in range(256) if not (0xC4 <= x <= 0xE1 or 0xE3 <= x <= 0xEF))
"""Bytes that begin no letter of :data:`OTHER_SCRIPT` in UTF-8; old scripts that share 0xE2 with dashes aside."""


@lru_cache(maxsize=1)
def _other_script() -> re.Pattern[str]:
    return re.compile(OTHER_SCRIPT)


def _in_other_script(text: str) -> bool:
    return (
        not text.isascii()
        and bool(text.encode("utf-8", "replace").translate(None, _NO_OTHER))
        and _other_script().search(text) is not None
    )


_PLUS = re.compile(rb"\+(?<=[a-z0-9]\+)(?=[a-z])")
_HASH = re.compile(rb"#(?<= #)(?=[a-z])")


def _mark(found: list[Surface], groups: dict[tuple[tuple[str | None, int], ...], int]) -> int:
    """One number for what a spelling may be: the mark of its skill, or which of the ``groups`` (``~number``)."""
    group = tuple((s.exact, s.skill << 2 | s.ambiguous * AMBIGUOUS | s.slash * SLASH) for s in found)
    if len(group) == 1 and group[0][0] is None:
        return group[0][1]
    return ~groups.setdefault(group, len(groups))


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


INDEX = "skills_flat"


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
