"""Phrases of many languages found in one pass: what a topic's vocabulary calls by which name, and where it stands.

A vocabulary is a TOML file with one table a language, each of lists of phrases by kind. In a phrase

* ``{a,b,}`` stands for any of its parts (an empty one too): ``{fully,100%} remote`` is two phrases;
* ``*`` at the end stands for any end of the word: ``hybrid*`` is "hybrid", "hybride", "hybrides".

Case, kinds of hyphen, kinds of space and kinds of apostrophe make no difference, and a hyphen is as good as a space.
Where phrases overlap the one that begins first wins, of these the longest: so a longer phrase of a kind that means
nothing ("remote sensing") takes the word from a shorter one that means something ("remote").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.tables import load_toml

if TYPE_CHECKING:
    from enrich.job import Job

VOCABULARY = Path(__file__).with_name("vocabulary")
TRAP = "trap"
"""The kind that means nothing: it takes its words from every phrase that is not longer and holds it wholly."""
SURE_OF_LANGUAGE = 0.8
"""Below this the words of every language count."""
SISTERS = {
    "no": ("da", "sv"), "nb": ("no", "da", "sv"), "nn": ("no", "da", "sv"), "da": ("no", "sv"), "sv": ("no", "da"),
    "sk": ("cs",), "cs": ("sk",), "hr": ("sr", "sl"), "sr": ("hr", "sl", "bg"), "bs": ("hr", "sr"), "sl": ("hr",),
    "mk": ("bg",), "ms": ("id",), "id": ("ms",), "gl": ("es", "pt"), "ca": ("es",), "be": ("ru",), "uk": ("ru",),
    "lb": ("de", "fr"), "af": ("nl",),
}  # fmt: skip
"""Languages whose readers understand each other's words for work, or that borrow them."""
NO_LANGUAGES = frozenset({"fields"})
SENTENCE_MAX = 400
"""A sentence is looked at for so many characters either side of what was found in it."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_SAME = {"-": " ", "\u00a0": " ", "\u202f": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "_": " ", "’": "'", "ё": "е"}
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[\n。！？•●]|[.!?;]\s")
_ABBREVIATED = re.compile(
    r"(?:(?:^|[\s.(])[^\W\d_]|\b(?:ca|min|incl|inkl|approx|mind|max|tel|nr|no|st|ul|bzw|evtl|ggf|resp))$", re.IGNORECASE
)


class Hit(NamedTuple):
    """A phrase of ``kind`` at ``text[start:end]``."""

    start: int
    end: int
    kind: str


def fold(text: str) -> str:
    """``text`` in lower case with one hyphen, space and apostrophe, as many code points as before.

    >>> fold("On‑Site")
    'on site'
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    for a, b in _SAME.items():
        if a in low:
            low = low.replace(a, b)
    return low


def expand(phrase: str) -> list[str]:
    """The phrases that one with braces stands for.

    >>> expand("{fully,} remote {job,role}")
    ['fully remote job', 'fully remote role', 'remote job', 'remote role']
    """
    todo, done = [phrase], []
    while todo:
        text = todo.pop(0)
        found = _BRACES.search(text)
        if found is None:
            done.append(" ".join(text.split()))
            continue
        todo[:0] = [text[: found.start()] + part + text[found.end() :] for part in found.group(1).split(",")]
    return done


class Phrases:
    """A vocabulary made ready for search: one automaton for every language, and a light view of it for some.

    >>> words = Phrases({"en": {"place": ["remote"], "no": ["remote {sensing,control}"]}, "fr": {"time": ["an"]}})
    >>> words.find("Remote sensing by a remote team")
    [Hit(start=0, end=14, kind='no'), Hit(start=20, end=26, kind='place')]
    >>> words.find("an hour"), words.of(frozenset({"en"})).find("an hour")
    ([Hit(start=0, end=2, kind='time')], [])
    """

    def __init__(self, vocabulary: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation

        claims: dict[str, list[tuple[str, str, bool]]] = {}
        for code, table in vocabulary.items():
            for kind, phrases in table.items():
                for phrase in phrases:
                    for one in expand(phrase):
                        name = fold(one.rstrip("*"))
                        if name.strip():
                            open_end = one.endswith("*") or bool(_UNSPACED.search(name[-1]))
                            claims.setdefault(name, []).append((code, kind, open_end))
        self._claims = [(bool(_UNSPACED.search(name[0])), found) for name, found in claims.items()]
        self._search = AhoCorasick(list(claims), implementation=Implementation.ContiguousNFA)
        self._facts = self._facts_of(None)

    def _facts_of(self, tables: frozenset[str] | None) -> list[tuple[str, bool, bool] | None]:
        """By phrase: (kind, is its end open, has its script no spaces), by the first of the tables that has it."""
        out: list[tuple[str, bool, bool] | None] = []
        for unspaced, claims in self._claims:
            first = next((c for c in claims if tables is None or c[0] in tables), None)
            out.append(first and (first[1], first[2], unspaced))
        return out

    def of(self, tables: frozenset[str]) -> Phrases:
        """The same search for the phrases of some tables alone."""
        view = object.__new__(Phrases)
        view._claims, view._search, view._facts = self._claims, self._search, self._facts_of(tables)
        return view

    def find(self, text: str, *, folded: str | None = None) -> list[Hit]:
        """Every phrase of ``text`` (or of its ``folded`` form, where that is at hand) in order, none over another."""
        low = fold(text) if folded is None else folded
        hits: list[tuple[int, int, str]] = []
        size = len(low)
        for number, start, end in self._search.find_matches_as_indexes(low, overlapping=True):
            fact = self._facts[number]
            if fact is None:
                continue
            kind, open_end, unspaced = fact
            if start and not unspaced and low[start - 1].isalnum() and low[start].isalnum() and not _glued(text, start):
                continue
            if end < size and low[end].isalnum() and low[end - 1].isalnum() and not _glued(text, end):
                if not open_end:
                    continue
                if not unspaced:
                    while end < size and low[end].isalnum():
                        end += 1
            hits.append((start, -end, kind))
        hits.sort()
        out: list[Hit] = []
        last = 0
        traps = [(start, -end) for start, end, kind in hits if kind == TRAP]
        for start, end, kind in hits:
            if start >= last and (
                not traps
                or kind == TRAP
                or not any(
                    a < -end and start < b and not (start <= a and b <= -end and b - a < -end - start) for a, b in traps
                )
            ):
                out.append(Hit(start, -end, kind))
                last = -end
        return out


def _glued(text: str, at: int) -> bool:
    """Whether two words meet at ``at`` without a space: "full-timeLocation" where a page lost its line ends, "40h"."""
    left, right = text[at - 1], text[at]
    return (left.islower() and right.isupper()) or (left.isdigit() and right.isalpha())


def languages_of(job: Job, *, title: bool = False) -> frozenset[str]:
    """The languages that a posting's words may be of (with the title's, if asked for); empty where it is not sure."""
    if (job.language.confidence or 0.0) < SURE_OF_LANGUAGE:
        return frozenset()
    codes = (job.language.code, job.title_language if title else None)
    return frozenset(code for code in codes if code)


@lru_cache(maxsize=64)
def vocabulary(
    topic: str, kinds: frozenset[str] | None = None, languages: frozenset[str] = frozenset(), extra: str | None = None
) -> Phrases:
    """The phrases of ``vocabulary/<topic>.toml``: of these ``kinds``, languages (with sisters and English) and the
    ``extra`` table, or of every language where none is given or one of them is not in the vocabulary.

    Many a short word means something else next door: "an" is a year in French, "stage" no internship in English.
    """
    whole, tables = _whole(topic, kinds)
    return whole.of(_tables_of(tables, languages) | {extra or "en"})


@lru_cache(maxsize=16)
def _whole(topic: str, kinds: frozenset[str] | None) -> tuple[Phrases, frozenset[str]]:
    """The search for a topic's phrases of these kinds in every language, and the names of its tables."""
    tables = load_toml(VOCABULARY / f"{topic}.toml")
    chosen = {code: {k: v for k, v in t.items() if kinds is None or k in kinds} for code, t in tables.items()}
    return Phrases(chosen), frozenset(tables)


def _tables_of(tables: frozenset[str], languages: frozenset[str]) -> frozenset[str]:
    wanted = {"en"}
    for code in languages:
        family = {code, *SISTERS.get(code, ())} & tables
        if not family:
            return tables - NO_LANGUAGES
        wanted |= family
    return frozenset(wanted) if languages else tables - NO_LANGUAGES


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence (or the line, or the item of a list) begins and ends that ``text[start:end]`` stands in.

    >>> text = "We sell tea. Remote is fine. Apply!"
    >>> text[slice(*sentence(text, 13, 19))]
    'Remote is fine. '
    """
    left = max(0, start - SENTENCE_MAX)
    left = max(left, text.rfind("\n", left, start) + 1)
    for found in _SENTENCE_END.finditer(text, left, start):
        if not _is_abbreviation(text, found.start()):
            left = found.end()
    limit = min(len(text), end + SENTENCE_MAX)
    line_end = text.find("\n", end, limit)
    limit = limit if line_end == -1 else line_end + 1
    for found in _SENTENCE_END.finditer(text, end, limit):
        if not _is_abbreviation(text, found.start()):
            return left, found.end()
    return left, limit


def _is_abbreviation(text: str, at: int) -> bool:
    """Whether the full stop at ``text[at]`` belongs to a short word ("e.g.", "min.") and ends no sentence."""
    return text[at] == "." and bool(_ABBREVIATED.search(text, max(0, at - 8), at))


@lru_cache(maxsize=1)
def number_words() -> dict[str, int]:
    """Number words of every language ("drei", "три") and what they count."""
    out: dict[str, int] = {}
    for table in load_toml(VOCABULARY / "numbers.toml").values():
        for word, value in table.items():
            out.setdefault(fold(word), value)
    return out


@lru_cache(maxsize=64)
def number_pattern(languages: frozenset[str] = frozenset()) -> str:
    """A regular expression of one number, without groups, for lower-case text: up to two digits or a number word."""
    words: dict[str, Any] = {}
    tables = load_toml(VOCABULARY / "numbers.toml")
    for code in _tables_of(frozenset(tables), languages):
        for word in tables[code]:
            node = words
            for letter in fold(word):
                node = node.setdefault(letter, {})
            node[""] = {}
    return rf"(?:(?<!\d)(?<!\d[.,])\d{{1,2}}(?:[.,]5)?|(?<![^\W\d_])(?:{_any_of(words)})(?![^\W\d_]))"


def _any_of(node: dict[str, Any]) -> str:
    """The words below ``node`` as one pattern in which no letter is tried twice."""
    parts = [re.escape(letter) + _any_of(below) for letter, below in sorted(node.items()) if letter]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if '' in node else ''}"


def number(word: str) -> float | None:
    """What a number or number word counts.

    >>> number("3"), number("zwei"), number("2,5")
    (3.0, 2.0, 2.5)
    """
    try:
        return float(word.replace(",", "."))
    except ValueError:
        found = number_words().get(word.strip())
        return None if found is None else float(found)
