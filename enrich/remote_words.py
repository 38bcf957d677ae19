"""The vocabulary of where work is done, ready for search, and how a word stands in the text."""

from __future__ import annotations

from functools import lru_cache

from enrich.phrases import VOCABULARY, Hit, Phrases
from gazetteer.tables import load_toml

MODE_KINDS = frozenset(
    {"full", "remote", "home", "hybrid", "hybrid_word", "onsite", "onsite_word", "no_remote", "office", "trap"}
)
CONTEXT_KINDS = frozenset({"partly", "day", "week", "not", "rare", "perk", "asked", "must", "job"})
SCOPE_KINDS = frozenset({"live", "outside"})
_LINKS = ("://", "www.", ".com/", ".org/", ".net/", ".io/")


def _phrases(kinds: frozenset[str]) -> Phrases:
    tables = load_toml(VOCABULARY / "remote.toml")
    return Phrases({code: {k: v for k, v in table.items() if k in kinds} for code, table in tables.items()})


@lru_cache(maxsize=1)
def mode_words() -> Phrases:
    """Phrases on remote, hybrid and on-site work: a sentence without any of them is never looked at."""
    return _phrases(MODE_KINDS)


@lru_cache(maxsize=1)
def context_words() -> Phrases:
    """What turns or strengthens them in their sentence: denial, limits, numbers of days."""
    return _phrases(CONTEXT_KINDS)


@lru_cache(maxsize=1)
def scope_words() -> Phrases:
    """Phrases on where a remote worker may live; read only of jobs that are remote."""
    return _phrases(SCOPE_KINDS)


def is_label(folded: str, hit: Hit) -> bool:
    """Whether the phrase stands alone between marks, as labels do: "Setup: remote |", "(remote)".

    >>> is_label("set up: remote | full time", Hit(8, 14, "remote"))
    True
    """
    before = folded[max(0, hit.start - 3) : hit.start].rstrip(" ")[-1:]
    after = folded[hit.end : hit.end + 3].lstrip(" ")[:1]
    return before in (":", "|", "(", "[", "\n", "•", "") and after in ("|", ")", "]", "\n", ".", ",", "/", ";", "")


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
