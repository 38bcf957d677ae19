"""The vocabulary of where work is done, ready for search, and how a word stands in the text."""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.phrases import IN_TEXT, VOCABULARY, Hit, Phrases, vocabulary
from gazetteer.tables import load_toml

WEEKDAYS = {d: i for i, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
CONTEXT_KINDS = frozenset({"partly", "day", "week", "not", "rare", "perk", "asked", "must", "job", *WEEKDAYS})
SCOPE_KINDS = frozenset({"live", "outside"})
COUNTRY = "in_"
"""What a kind begins with that stands for a country: its code follows."""
_OPEN = frozenset({":", "|", "(", "[", "\n", "•", "-", "–", "/", ""})
_CLOSED = frozenset({"|", ")", "]", "\n", ".", ",", "/", ";", "-", "–", "!", ""})
_TIES = frozenset(
    {"in", "within", "from", "across", "or", "and", "only", "with", "for", "worldwide", "work", "working", "possible"}
    | {"option", "once", "twice", "en", "für", "ab"}
)
_NEXT_WORD = re.compile(r"\s*\(?([^\W\d_]+)")
_LINKS = ("://", "www.", ".com/", ".org/", ".net/", ".io/")


def mode_words() -> Phrases:
    """Phrases of any language on remote, hybrid and on-site work, for short strings."""
    return vocabulary("remote", IN_TEXT["remote"])


def context_words(languages: frozenset[str] = frozenset()) -> Phrases:
    """What turns or strengthens them in their sentence: denial, limits, numbers of days."""
    return vocabulary("remote", CONTEXT_KINDS, languages)


def trade_words(languages: frozenset[str] = frozenset()) -> Phrases:
    """Occupations that are only done at the place, for titles without a code."""
    return vocabulary("at_place", frozenset({"trade"}), languages)


def scope_words() -> Phrases:
    """Phrases on where a remote worker may live; read only of jobs that are remote."""
    return vocabulary("remote", _scope_kinds())


@lru_cache(maxsize=1)
def _scope_kinds() -> frozenset[str]:
    tables = load_toml(VOCABULARY / "remote.toml").values()
    return SCOPE_KINDS | {kind for table in tables for kind in table if kind.startswith(COUNTRY)}


def is_label(text: str, hit: Hit, *, short: bool = False) -> bool:
    """Whether the phrase stands as labels do: alone between marks, or at an end of a ``short`` line.

    >>> is_label("Set-up: remote | full time", Hit(8, 14, "remote"))
    True
    >>> is_label("Hybrid London", Hit(0, 6, "hybrid_word"), short=True)
    True
    >>> is_label("Hybrid seeds of maize", Hit(0, 6, "hybrid_word"), short=True)
    False
    """
    before = text[max(0, hit.start - 3) : hit.start].rstrip(" ")[-1:]
    rest = text[hit.end : hit.end + 16]
    after = rest.lstrip(" ")[:1]
    if after in _CLOSED and (before in _OPEN or short):
        return True
    if not short:
        return False
    word = _NEXT_WORD.match(rest)
    if word is None:
        return True
    next_word = word.group(1)
    if next_word.lower() == next_word.upper():  # a script without capitals
        return True
    return next_word.lower() in _TIES or (before in _OPEN and next_word[0].isupper())


def is_link(folded: str, hit: Hit) -> bool:
    """Whether the phrase is a part of an address on the web.

    >>> is_link("see https://example.org/remote jobs", Hit(24, 30, "remote"))
    True
    """
    left = max(
        folded.rfind(" ", max(0, hit.start - 200), hit.start), folded.rfind("\n", max(0, hit.start - 200), hit.start)
    )
    around = folded[left + 1 : hit.end + 5]
    return any(mark in around for mark in _LINKS)


@lru_cache(maxsize=1)
def bound_to_place() -> tuple[str, ...]:
    """The beginnings of ISCO-08 codes of occupations that can only be done at the place."""
    return tuple(load_toml(VOCABULARY / "at_place.toml")["isco08"]["begins"])


@lru_cache(maxsize=1)
def at_desk() -> tuple[str, ...]:
    """The beginnings of ISCO-08 codes of occupations of which a place named in passing says nothing."""
    return tuple(load_toml(VOCABULARY / "at_place.toml")["isco08"]["desk"])
