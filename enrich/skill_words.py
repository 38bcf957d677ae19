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
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|[。；\n]")
_DIGIT = re.compile(r"\d")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:e\.g|i\.e|z\.b|u\.a|bzw|etc|incl|inkl|ca|min|max|approx|vs|mind|ggf|d\.h|p\.ej|ex|resp))$", re.I
)


@dataclass(slots=True)
class Words:
    """The vocabulary of a posting's language, English added: English words stand in postings of every language."""

    before: frozenset[str]
    after: frozenset[str]
    after_joined: tuple[str, ...]
    heads: frozenset[str]
    sections: dict[str, float]
    unknown: frozenset[str]
    years: re.Pattern[str]
    cues: Any
    cue_kinds: list[str]

    def cues_in(self, text: str) -> list[tuple[int, int, str]]:
        """Where the text says required or preferred, or the employer speaks of itself (``boast``): (start, end, which),
        in order of place, the longest first."""
        low = lower(text)
        found: list[tuple[int, int, str]] = []
        for pattern, start, end in self.cues.find_matches_as_indexes(low):
            kind = self.cue_kinds[pattern]
            if start > 0 and low[start - 1].isalnum() and _spaced(low[start]):
                continue
            if kind != "boast" and end < len(low) and low[end].isalnum() and _spaced(low[end - 1]):
                continue
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
    kinds = {p: kind for kind in ("boast", "required", "preferred") for t in used for p in t.get(kind, ())}
    return Words(
        before=frozenset(p for t in used for p in t.get("before", ())),
        after=frozenset(p for t in used for p in t.get("after", ())),
        after_joined=tuple(sorted({p for t in used for p in t.get("after", ()) if not p.isascii()})),
        heads=frozenset([*table["all"]["endings"], *(p for t in used for p in t.get("heads", ()))]),
        sections=dict(table["all"]["sections"]),
        unknown=frozenset(table["all"]["unknown"]),
        years=re.compile(
            r"(\d\d?)(?:[.,](5))?(?:\s?(?:-|–|to|bis|a|à|do)\s?\d{1,2})?\s?\+?\s?"
            rf"(?:{'|'.join(map(re.escape, years))})(?![a-z])",
            re.I,
        ),
        cues=AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest),
        cue_kinds=list(kinds.values()),
    )


@dataclass(slots=True)
class Line:
    """What one line says: where its sentences end, its cues and its numbers of years."""

    low: int
    high: int
    ends: list[int] | None
    cues: list[tuple[int, int, str]]
    boasts: list[int]
    years: list[tuple[int, int, float]]


@dataclass(slots=True)
class Reading:
    """One text with what its words say; only the lines that are asked about are read, each once."""

    text: str
    words: Words
    _line: Line = field(default_factory=lambda: Line(-1, -1, None, [], [], []))
    _lines: dict[int, Line] = field(default_factory=dict)

    def line(self, at: int) -> Line:
        """The line around a place."""
        line = self._line
        if line.low <= at < line.high:
            return line
        text = self.text
        low = text.rfind("\n", 0, at) + 1
        known = self._lines.get(low)
        if known is not None:
            self._line = known
            return known
        high = text.find("\n", at) + 1 or len(text) + 1
        part = text[low:high]
        found = self.words.cues_in(part)
        cues = [(start + low, end + low, kind) for start, end, kind in found if kind != "boast"]
        boasts = [start + low for start, _, kind in found if kind == "boast"]
        years = [
            (m.start() + low, m.end() + low, float(m[1]) + (0.5 if m[2] else 0.0))
            for m in (self.words.years.finditer(part) if _DIGIT.search(part) else ())
            if m.start() == 0 or part[m.start() - 1] not in "0123456789.,"
        ]
        line = self._line = self._lines[low] = Line(low, high, None, cues, boasts, years)
        return line

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence (at most a line) around a place."""
        line, text = self.line(at), self.text
        if line.ends is None:
            line.ends = [
                m.end()
                for m in _SENTENCE_END.finditer(text, line.low, min(line.high, len(text)))
                if m[0] != "." or not _ABBREVIATION.search(text, max(0, m.start() - 8), m.start())
            ]
        i = bisect_left(line.ends, at + 1)
        low = line.ends[i - 1] if i else line.low
        return low, (line.ends[i] if i < len(line.ends) else min(line.high, len(text)))

    def boasts(self, start: int, end: int, reach: int) -> bool:
        """Whether the employer speaks of itself in the sentence, within ``reach``: "the leading provider of CRM"."""
        boasts = self.line(start).boasts
        if not boasts:
            return False
        low, high = self.sentence(start)
        i = bisect_left(boasts, max(low, start - reach))
        return i < len(boasts) and boasts[i] < min(high, end + reach)

    def requirement(self, start: int, end: int) -> str | None:
        """What the sentence says of the words at ``start``: the cue nearest to them."""
        cues = self.line(start).cues
        if not cues:
            return None
        low, high = self.sentence(start)
        best, distance = None, 1 << 30
        for s, e, kind in cues[bisect_left(cues, (low, 0, "")) :]:
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
        years = self.line(start).years
        if not years:
            return None
        low, high = self.sentence(start)
        best = None
        for s, e, number in years[bisect_left(years, (low, 0, 0.0)) :]:
            if s >= high:
                break
            if e <= start or s - end <= 6:
                best = number
        return best
