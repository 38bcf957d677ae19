"""Phrases of many languages found in one pass: what a topic's vocabulary calls by which name, and where it stands.

A vocabulary is a TOML file with one table a language, each of lists of phrases by kind. In a phrase

* ``{a,b,}`` stands for any of its parts (an empty one too): ``{fully,100%} remote`` is two phrases;
* ``*`` at the end stands for any end of the word: ``hybrid*`` is "hybrid", "hybride", "hybrides"; at the beginning for
  any beginning, as compounds have one: ``*erfahrung`` is "Berufserfahrung".

Case, kinds of hyphen, kinds of space and kinds of apostrophe make no difference, and a hyphen is as good as a space.
Where phrases overlap the one that begins first wins, of these the longest: so a longer phrase of a kind that means
nothing ("remote sensing") takes the word from a shorter one that means something ("remote").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import product
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
ENGLISH = frozenset({"en"})
"""Its words count everywhere, and its table is the first of each vocabulary."""
SENTENCE_MAX = 400
"""A sentence is looked at for so many characters either side of what was found in it."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_SAME = {"\u00a0": " ", "\u202f": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "’": "'"}
_SENTENCE_END = re.compile(r"[\n。！？•●.!?;](?:(?<![.!?;])|\s)")  # one set of letters first: it is searched for faster
_ABBREVIATED = re.compile(
    r"(?:(?:^|[\s.(])[^\W\d_]|\b(?:ca|min|incl|inkl|approx|mind|max|tel|nr|no|st|ul|bzw|evtl|ggf|resp))$", re.IGNORECASE
)


class Hit(NamedTuple):
    """A phrase of ``kind`` at ``text[start:end]``."""

    start: int
    end: int
    kind: str


Fact = tuple[str, bool, bool, bool]
"""What is known of a phrase: its kind, whether any beginning of its first word will do, and any end of its last one,
whether its script has no spaces."""


def fold(text: str) -> str:
    """``text`` in lower case with one hyphen, space and apostrophe, as many code points as before.

    >>> fold("On‑Site")
    'on site'
    """
    if not text.isascii():  # first: without its typographic marks a text is often ASCII, which is quicker from here on
        for a, b in _SAME.items():
            if a in text:
                text = text.replace(a, b)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.replace("-", " ").replace("_", " ").replace("ё", "е")


def is_unspaced(char: str) -> bool:
    """Whether a letter is of a script that sets no spaces between words, or as Korean does between words and endings.

    >>> is_unspaced("語"), is_unspaced("ä")
    (True, False)
    """
    return char >= "\u0e00" and (
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\u0e00" <= char <= "\u0e7f"
        or "\uac00" <= char <= "\ud7af"
    )


def expand(phrase: str) -> list[str]:
    """The phrases that one with braces stands for.

    >>> expand("{fully,} remote {job,role}")
    ['fully remote job', 'fully remote role', 'remote job', 'remote role']
    """
    if "{" not in phrase:
        return [" ".join(phrase.split())]
    parts = _BRACES.split(phrase)  # by turns what stands between braces and what stands in them
    choices = [part.split(",") if number % 2 else [part] for number, part in enumerate(parts)]
    return [" ".join("".join(chosen).split()) for chosen in product(*choices)]


class Phrases:
    """A vocabulary made ready for search, whole or :meth:`of` some of its tables.

    >>> words = Phrases({"en": {"place": ["remote"], "no": ["remote {sensing,control}"]}, "fr": {"time": ["an"]}})
    >>> words.find("Remote sensing by a remote team")
    [Hit(start=0, end=14, kind='no'), Hit(start=20, end=26, kind='place')]
    >>> words.find("an hour"), words.of(frozenset({"en"})).find("an hour")
    ([Hit(start=0, end=2, kind='time')], [])
    """

    _views: tuple[Phrases, ...] = ()

    def __init__(self, vocabulary: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        self._vocabulary = vocabulary
        self._tables = tuple(vocabulary)
        self._read: dict[str, dict[str, Fact]] = {}
        self._base: Phrases | None = None

    @staticmethod
    def together(views: tuple[Phrases, ...]) -> Phrases:
        """What several find, as one: for pairs of languages, of which there are too many to make a search for each."""
        both = object.__new__(Phrases)
        both._views = views
        return both

    def of(self, tables: frozenset[str], base: Phrases | None = None) -> Phrases:
        """The phrases of some tables alone; the search for those of ``base``, the first of them, is not made anew."""
        view = object.__new__(Phrases)
        view._vocabulary, view._read, view._base = self._vocabulary, self._read, base
        view._tables = tuple(code for code in self._vocabulary if code in tables)
        return view

    def facts(self) -> dict[str, Fact]:
        """What is known of each phrase, by the first of the tables that has it."""
        out: dict[str, Fact] = {}
        for code in reversed(self._tables):
            if code not in self._read:
                self._read[code] = _facts(self._vocabulary[code])
            out.update(self._read[code])
        return out

    @cached_property
    def _search(self) -> Search:
        return Search({"": self}, self._base._search if self._base else None)

    def find(self, text: str, *, folded: str | None = None) -> list[Hit]:
        """Every phrase of ``text`` (or of its ``folded`` form, where that is at hand) in order, none over another."""
        folded = fold(text) if folded is None else folded
        hits = [hit for view in self._views or (self,) for hit in view._search.collect(text, folded)[0]]
        return _none_over_another(hits)


def _facts(table: Mapping[str, Iterable[str]]) -> dict[str, Fact]:
    """What a table says of its phrases, each folded."""
    out: dict[str, Fact] = {}
    alike: dict[Fact, Fact] = {}  # one object for many phrases
    for kind, phrases in table.items():
        for phrase in phrases:
            for one in expand(phrase):
                name = fold(one.strip("*"))
                known = out.get(name)
                if not name.strip() or (known and known[0] != kind):
                    continue
                unspaced = name[0] > "~" and is_unspaced(name[0])
                open_start = unspaced or one[0] == "*" or (known is not None and known[1])
                open_end = one[-1] == "*" or is_unspaced(name[-1]) or (known is not None and known[2])
                fact = (kind, open_start, open_end, unspaced)
                out[name] = alike.setdefault(fact, fact)
    return out


class Search:
    """Phrases of several topics found in one pass over a text; one topic's phrases do not hide another's.

    Args:
        topics: the phrases of each.
        base: a search for some of them, of the same topics: it is shared, and for the rest there is a second pass.

    >>> pay, place = Phrases({"en": {"pay": ["remote pay"]}}), Phrases({"en": {"place": ["remote"]}})
    >>> Search({"pay": pay, "place": place}).find("Remote pay", "remote pay")
    {'pay': [Hit(start=0, end=10, kind='pay')], 'place': [Hit(start=0, end=6, kind='place')]}
    """

    def __init__(self, topics: Mapping[str, Phrases], base: Search | None = None) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation

        self._base = base
        self._topics = tuple(topics)
        self._meanings: dict[str, tuple[tuple[int, Fact], ...]] = {}
        meanings, shared = self._meanings, base._meanings if base else {}
        alike: dict[Any, Any] = {}  # one object for many phrases
        for topic, phrases in enumerate(topics.values()):
            alone: dict[Fact, tuple[tuple[int, Fact], ...]] = {}
            for name, fact in phrases.facts().items():
                if name in shared and any(t == topic for t, _ in shared[name]):
                    continue
                if name in meanings:
                    meaning = (*meanings[name], (topic, fact))
                    meanings[name] = alike.setdefault(meaning, meaning)
                else:
                    meanings[name] = alone.get(fact) or alone.setdefault(fact, ((topic, fact),))
        whole = {id(m): not any(fact[1] for _, fact in m) for m in {id(m): m for m in meanings.values()}.values()}
        self._by_number = [  # with whether a letter before it, or after it, makes the phrase a part of a word
            (whole[id(meaning)] and name[0].isalnum(), name[-1].isalnum(), meaning)
            for name, meaning in meanings.items()
        ]
        self._automaton = AhoCorasick(list(meanings), implementation=Implementation.ContiguousNFA)

    def find(self, text: str, folded: str) -> dict[str, list[Hit]]:
        """By topic: its phrases in ``text``, whose folded form is at hand, in order, none over another."""
        found = self.collect(text, folded)
        return {topic: _none_over_another(found[number]) for number, topic in enumerate(self._topics)}

    def collect(self, text: str, folded: str) -> list[list[tuple[int, int, str]]]:
        """By number of the topic: every phrase that stands as words do, each (start, -end, kind)."""
        found = self._base.collect(text, folded) if self._base else [[] for _ in self._topics]
        size = len(folded)
        by_number = self._by_number
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            opens, closes, meanings = by_number[number]
            if opens and start and folded[start - 1].isalnum() and not _glued(text, start):
                continue
            goes_on = closes and end < size and folded[end].isalnum() and not _glued(text, end)
            for topic, (kind, open_start, open_end, unspaced) in meanings:
                while open_start and not unspaced and start and folded[start - 1].isalnum():
                    start -= 1
                if not goes_on:
                    found[topic].append((start, -end, kind))
                elif open_end:
                    last = end
                    while not unspaced and last < size and folded[last].isalnum():
                        last += 1
                    found[topic].append((start, -last, kind))
        return found


def _none_over_another(hits: list[tuple[int, int, str]]) -> list[Hit]:
    """Of overlapping hits, each (start, -end, kind), the one that counts."""
    if len(hits) < 2:
        return [Hit(start, -end, kind) for start, end, kind in hits]
    hits.sort()
    out: list[Hit] = []
    last = 0
    traps = [(start, -end) for start, end, kind in hits if kind == TRAP]
    for start, end, kind in hits:
        if start >= last and (not traps or kind == TRAP or not _trapped(start, -end, traps)):
            out.append(Hit(start, -end, kind))
            last = -end
    return out


def _trapped(start: int, end: int, traps: list[tuple[int, int]]) -> bool:
    """Whether a trap takes a word from ``start:end``, and is not a shorter part of it."""
    return any(a < end and start < b and not (start <= a and b <= end and b - a < end - start) for a, b in traps)


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


IN_TEXT: dict[str, frozenset[str] | None] = {
    "remote": frozenset(
        {"full", "remote", "home", "hybrid", "hybrid_word", "onsite", "onsite_word", "no_remote", "office", TRAP}
    ),
    "at_place": frozenset({"place", "off"}),
    "employment": None,
    "experience": frozenset({"year", "month", "none", *(f"years_{n}" for n in range(1, 11))}),
}
"""By topic the kinds that a whole text is searched for (all, where there is ``None``); the others are read only of the
words around those."""


@lru_cache(maxsize=256)
def vocabulary(
    topic: str, kinds: frozenset[str] | None = None, languages: frozenset[str] = frozenset(), extra: str | None = None
) -> Phrases:
    """The phrases of ``vocabulary/<topic>.toml``: of these ``kinds``, languages (with sisters and English) and the
    ``extra`` table, or of every language where none is given or one of them is not in the vocabulary.

    Many a short word means something else next door: "an" is a year in French, "stage" no internship in English.
    """
    if len(languages) > 1:
        return Phrases.together(tuple(vocabulary(topic, kinds, frozenset({code})) for code in sorted(languages)))
    known = _whole(topic, kinds)[1]
    tables = _tables_of(known, languages) | {extra or "en"}
    return _view(topic, kinds, tables, 1 < len(tables) < len(known - NO_LANGUAGES) and extra is None)


@lru_cache(maxsize=256)
def _view(topic: str, kinds: frozenset[str] | None, tables: frozenset[str], shares: bool) -> Phrases:
    """The phrases of some tables, once for all languages that need the same; ``shares``: the English ones' search."""
    return _whole(topic, kinds)[0].of(tables, vocabulary(topic, kinds, ENGLISH) if shares else None)


@lru_cache(maxsize=256)
def search_of_text(languages: frozenset[str] = frozenset()) -> Search:
    """The search for the phrases of every topic of :data:`IN_TEXT`, of these languages as in :func:`vocabulary`."""
    views = tuple(vocabulary(topic, kinds, languages) for topic, kinds in IN_TEXT.items())
    return _search_of(views, languages != ENGLISH)


@lru_cache(maxsize=64)
def _search_of(views: tuple[Phrases, ...], shares: bool) -> Search:
    return Search(dict(zip(IN_TEXT, views, strict=True)), search_of_text(ENGLISH) if shares else None)


@lru_cache(maxsize=16)
def _whole(topic: str, kinds: frozenset[str] | None) -> tuple[Phrases, frozenset[str]]:
    """A topic's phrases of these kinds in every language, and the names of its tables."""
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
    return rf"(?:\d(?<!\d\d)(?<!\d[.,]\d)\d?(?:[.,]5)?|(?<![^\W\d_])(?:{_any_of(words)})(?![^\W\d_]))"


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
