"""What the words around a technology say of it: vocabulary, compiled once a language."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer.skills import lower
from gazetteer.tables import load_toml

VOCABULARY = Path(__file__).with_name("vocabulary") / "skills.toml"
_SENTENCE_END = re.compile(r"[.!?;。；\n](?:(?<=[。；\n])|(?=\s|$))")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:e\.g|i\.e|z\.b|u\.a|bzw|etc|incl|inkl|ca|min|max|approx|vs|mind|ggf|d\.h|p\.ej|ex|resp))$", re.I
)


Cue = tuple[int, int, str]
"""Start, end and which: ``required`` or ``preferred``."""
Years = tuple[int, int, float]
"""Start, end and how many."""


@dataclass(slots=True)
class Words:
    """The vocabulary of a posting's language, English added: English words stand in postings of every language."""

    before: frozenset[str]
    after: frozenset[str]
    denies: dict[str, tuple[str, ...]]
    after_joined: tuple[str, ...]
    heads: frozenset[str]
    sections: dict[str, float]
    unknown: frozenset[str]
    years: re.Pattern[str]
    year_words: tuple[str, ...]
    cues: Any
    cue_kinds: list[str]

    def cues_in(self, text: str, low: int, high: int) -> tuple[list[Cue], list[int], list[Years]]:
        """What the lines in ``text[low:high]`` say: where something is required or preferred, where the employer begins
        to speak of itself, and numbers of years; each in order of place, of cues that overlap the longest."""
        plain = lower(text[low:high])
        cues: list[Cue] = []
        boasts: list[int] = []
        for pattern, start, end in self.cues.find_matches_as_indexes(plain):
            kind = self.cue_kinds[pattern]
            if start > 0 and plain[start - 1].isalnum() and _spaced(plain[start]):
                continue
            if kind == "boast":
                boasts.append(start + low)
            elif end >= len(plain) or not plain[end].isalnum() or not _spaced(plain[end - 1]):
                cues.append((start + low, end + low, kind))
        return cues, boasts, self._years_in(plain, text, low)

    def _years_in(self, plain: str, text: str, low: int) -> list[Years]:
        lines: dict[int, int] = {}
        for word in self.year_words:
            at = plain.find(word)
            while at >= 0:
                end = plain.find("\n", at) + 1 or len(plain)
                lines[plain.rfind("\n", 0, at) + 1] = end
                at = plain.find(word, end)
        return [
            (m.start() + start + low, m.end() + start + low, float(m[1]) + (0.5 if m[2] else 0.0))
            for start, end in sorted(lines.items())
            for part in (text[start + low : end + low],)
            for m in self.years.finditer(part)
            if m.start() == 0 or part[m.start() - 1] not in "0123456789.,"
        ]


def _spaced(char: str) -> bool:
    """Whether words of the character's script are parted by spaces."""
    return not ("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or "\u0590" <= char <= "\u06ff")


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, dict[str, Any]]:
    return load_toml(VOCABULARY)


@lru_cache(maxsize=64)
def words(language: str | None) -> Words:
    """The words of ``language`` (BCP 47 or ``None``); of all languages where it is not known."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    table = _vocabulary()
    code = (language or "").split("-")[0].lower()
    code = {"nb": "no", "nn": "no"}.get(code, code)
    used = [table["en"], table[code]] if code in table else [v for k, v in table.items() if k != "all"]
    years = sorted({y for t in used for y in t.get("years", ())}, key=len, reverse=True)
    kinds = {p: kind for kind in ("boast", "required", "preferred") for t in used for p in t.get(kind, ())}
    return Words(
        before=frozenset(p for t in used for p in t.get("before", ())),
        after=frozenset(p for t in used for p in t.get("after", ())),
        denies=_denies(table, code),
        after_joined=tuple(sorted({p for t in used for p in t.get("after", ()) if not p.isascii()})),
        heads=frozenset([*table["all"]["endings"], *(p for t in used for p in t.get("heads", ()))]),
        sections=dict(table["all"]["sections"]),
        unknown=frozenset(table["all"]["unknown"]),
        years=re.compile(
            r"(\d\d?)(?:[.,](5))?(?:\s?(?:-|–|to|bis|a|à|do)\s?\d{1,2})?\s?\+?\s?"
            rf"(?:{'|'.join(map(re.escape, years))})(?![a-z])",
            re.I,
        ),
        year_words=_parts(years),
        cues=AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest),
        cue_kinds=list(kinds.values()),
    )


def _denies(table: dict[str, Any], code: str) -> dict[str, tuple[str, ...]]:
    """The denials of one language by their last word, as it may be written; where the language is not known of all,
    but for "no": Portuguese for "in the"."""
    phrases = set(table[code].get("denies", ())) if code in table else set()
    if code not in table:
        phrases.update(*(t.get("denies", ()) for t in table.values()))
        phrases.discard("no")
    out: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(phrases):
        last = phrase.split()[-1]
        for written in {last, last.capitalize()}:
            out[written] = (*out.get(written, ()), phrase)
    return out


def _parts(words: list[str]) -> tuple[str, ...]:
    """The words that hold none of the others, in lower case: where none of them stands, no word does."""
    low = {w.lower() for w in words} | {w.lower().replace("ı", "i") for w in words}
    return tuple(sorted(w for w in low if not any(other in w for other in low - {w})))


class Reading:
    """One text with what its words say; only the lines between ``first`` and ``last`` are read, when first asked.

    What the sentence says that was asked about last is kept: technologies come in the order they stand in.
    """

    __slots__ = ("_ends", "_from", "_heard", "_high", "_low", "_said", "_to", "first", "last", "text", "words")

    def __init__(self, text: str, words: Words, first: int, last: int) -> None:
        self.text, self.words, self.first, self.last = text, words, first, last
        self._said: tuple[list[Cue], list[int], list[Years]] | None = None
        self._low, self._high, self._ends = -1, -1, list[int]()
        self._from, self._to, self._heard = -1, -1, (list[Cue](), list[Years]())

    def _all(self) -> tuple[list[Cue], list[int], list[Years]]:
        if self._said is None:
            text = self.text
            low = text.rfind("\n", 0, self.first) + 1
            high = text.find("\n", self.last) + 1 or len(text)
            self._said = self.words.cues_in(text, low, high)
        return self._said

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence (at most a line) around a place."""
        text = self.text
        if not self._low <= at < self._high:
            self._low = text.rfind("\n", 0, at) + 1
            self._high = text.find("\n", at) + 1 or len(text) + 1
            self._ends = [
                m.end()
                for m in _SENTENCE_END.finditer(text, self._low, min(self._high, len(text)))
                if m[0] != "." or not _ABBREVIATION.search(text, max(0, m.start() - 8), m.start())
            ]
        ends = self._ends
        i = bisect_left(ends, at + 1)
        return (ends[i - 1] if i else self._low), (ends[i] if i < len(ends) else min(self._high, len(text)))

    def boasts(self, start: int, end: int, reach: int) -> bool:
        """Whether the employer speaks of itself in the sentence, within ``reach``: "the leading provider of CRM"."""
        boasts = self._all()[1]
        i = bisect_left(boasts, start - reach)
        if i >= len(boasts) or boasts[i] >= end + reach:
            return False
        low, high = self.sentence(start)
        i = bisect_left(boasts, max(low, start - reach))
        return i < len(boasts) and boasts[i] < min(high, end + reach)

    def hear(self, at: int) -> tuple[list[Cue], list[Years]]:
        """The cues and the years of the sentence around a place."""
        if self._from <= at < self._to:
            return self._heard
        cues, _, years = self._all()
        if not cues and not years:
            self._from, self._to = 0, len(self.text)
            return self._heard
        low, high = self._from, self._to = self.sentence(at)
        self._heard = (
            cues[bisect_left(cues, (low, 0, "")) : bisect_left(cues, (high, 0, ""))],
            years[bisect_left(years, (low, 0, 0.0)) : bisect_left(years, (high, 0, 0.0))],
        )
        return self._heard


def requirement(cues: list[Cue], start: int, end: int) -> str | None:
    """What a sentence's cues say of its words at ``start``: the nearest does."""
    best, distance = None, 1 << 30
    for s, e, kind in cues:
        gap = start - e if e <= start else s - end
        if e > start and kind == "preferred":
            gap //= 3  # "..., Kotlin a plus" comes after what it speaks of
        if gap < distance:
            best, distance = kind, gap
    return best


def years_of(years: list[Years], start: int, end: int) -> float | None:
    """Years asked for: said before in the sentence ("5 years of Java"), or right after ("Java, 5+ years")."""
    best = None
    for s, e, number in years:
        if e <= start or s - end <= 6:
            best = number
    return best
