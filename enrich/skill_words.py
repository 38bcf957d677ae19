"""What the words around a technology say of it: vocabulary, compiled once a language."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer.skills import lower
from gazetteer.tables import load_toml

VOCABULARY = Path(__file__).with_name("vocabulary") / "skills.toml"
_SENTENCE_END = re.compile(r"[.!?;。；\n]")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:e\.g|i\.e|z\.b|u\.a|bzw|etc|incl|inkl|ca|min|max|approx|vs|mind|ggf|d\.h|p\.ej|ex|resp))$", re.I
)


@dataclass(slots=True)
class Words:
    """The vocabulary of a posting's language, English added: English words stand in postings of every language."""

    before: frozenset[str]
    after: frozenset[str]
    heads: frozenset[str]
    sections: dict[str, float]
    unknown: frozenset[str]
    years: re.Pattern[str]
    boast: re.Pattern[str]
    cues: Any
    cue_kinds: list[str]

    def cues_in(self, text: str) -> list[tuple[int, int, str]]:
        """Where the text says required or preferred: (start, end, which), in order of place, the longest first."""
        low = lower(text)
        found: list[tuple[int, int, str]] = []
        for pattern, start, end in self.cues.find_matches_as_indexes(low):
            kind = self.cue_kinds[pattern]
            inside = start > 0 and low[start - 1].isalnum() and _spaced(low[start])
            goes_on = end < len(low) and low[end].isalnum() and _spaced(low[end - 1])
            if not inside and not goes_on:
                found.append((start, end, kind))
        return found


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
    kinds = {p: kind for kind in ("required", "preferred") for t in used for p in t.get(kind, ())}
    return Words(
        before=frozenset(p for t in used for p in t.get("before", ())),
        after=frozenset(p for t in used for p in t.get("after", ())),
        heads=frozenset([*table["all"]["endings"], *(p for t in used for p in t.get("heads", ()))]),
        sections=dict(table["all"]["sections"]),
        unknown=frozenset(table["all"]["unknown"]),
        years=re.compile(
            r"(\d\d?)(?:[.,](5))?(?:\s?(?:-|–|to|bis|a|à|do)\s?\d{1,2})?\s?\+?\s?"
            rf"(?:{'|'.join(map(re.escape, years))})(?![a-z])",
            re.I,
        ),
        boast=re.compile("|".join(sorted({re.escape(p) for t in used for p in t.get("boast", ())})) or r"(?!)", re.I),
        cues=AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest),
        cue_kinds=list(kinds.values()),
    )


@dataclass(slots=True)
class Reading:
    """One text with what its words say, looked up lazily and once."""

    text: str
    words: Words
    cues: list[tuple[int, int, str]] = field(default_factory=list)
    years: list[tuple[int, int, float]] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _boasts: list[int] = field(default_factory=list)
    _boasts_read: bool = False

    def __post_init__(self) -> None:
        self.cues = self.words.cues_in(self.text)
        text = self.text
        self.years = [
            (m.start(), m.end(), float(m[1]) + (0.5 if m[2] else 0.0))
            for m in self.words.years.finditer(text)
            if m.start() == 0 or text[m.start() - 1] not in "0123456789.,"
        ]
        for m in _SENTENCE_END.finditer(text):
            at = m.start()
            char = text[at]
            if char in "\n。；" or (
                (at + 1 == len(text) or text[at + 1].isspace())
                and (char != "." or not _ABBREVIATION.search(text, max(0, at - 8), at))
            ):
                self._ends.append(at + 1)

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence (at most a line) around a place."""
        i = bisect_left(self._ends, at + 1)
        return (self._ends[i - 1] if i else 0), (self._ends[i] if i < len(self._ends) else len(self.text))

    def boasts(self, low: int, high: int) -> bool:
        """Whether the employer speaks of itself between the two places: "the leading provider of cloud security"."""
        if not self._boasts_read:
            self._boasts_read = True
            self._boasts = [m.start() for m in self.words.boast.finditer(self.text)]
        i = bisect_left(self._boasts, low)
        return i < len(self._boasts) and self._boasts[i] < high

    def requirement(self, start: int, end: int) -> str | None:
        """What the sentence says of the words at ``start``: the cue nearest to them."""
        low, high = self.sentence(start)
        best, distance = None, 1 << 30
        for s, e, kind in self.cues[bisect_left(self.cues, (low, 0, "")) :]:
            if s >= high:
                break
            gap = start - e if e <= start else s - end
            if e > start and kind == "preferred":
                gap //= 3  # "..., Kotlin a plus" comes after what it speaks of
            if gap < distance:
                best, distance = kind, gap
        return best

    def years_at(self, start: int, end: int) -> float | None:
        """Years asked for: said before in the sentence ("5 years of Java"), or right after ("Java, 5+ years")."""
        low, high = self.sentence(start)
        best = None
        for s, e, number in self.years[bisect_left(self.years, (low, 0, 0.0)) :]:
            if s >= high:
                break
            if e <= start or s - end <= 6:
                best = number
        return best
