"""The parts of a posting: headings found by markup, form and words, and what each part is about.

A line is a heading where the markup says so (``<h3>``, wholly bold) or where its form does (capitals, a colon at its
end) or where its words are exactly a known heading. Its kind comes from ``vocabulary/sections.toml``: the longest
known phrase in it decides. Boilerplate on equal opportunity and privacy is ``legal`` wherever it stands, for as long
as it lasts. A posting given as one long line is parted inside it: at known headings that stand in the line, and around
its sentences of boilerplate.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from enrich.lines import BOLD, HEADING, Text
from enrich.phrases import is_unspaced
from enrich.result import Section
from gazetteer.tables import load_toml

KINDS = ("about", "role", "responsibilities", "requirements", "preferred", "benefits", "process", "legal", "other")

VOCABULARY = Path(__file__).with_name("vocabulary") / "sections.toml"
LONGEST_HEADING = 90
LONGEST_PHRASE = 8

_WORDS = re.compile(r"[^\W_]+(?:['’\-/&][^\W_]+)*|&")
_COLON = re.compile(r"^(?:- )?([^:：\n]{2,60}?) ?[:：](?=\s|$|[\u3000-\u9fff])")
_BRACKETED = re.compile(r"^(?:[【\[<〈《「■◆●▼□☆★◎○・#\-=~*]|\d{1,2}[.)、])\s*(.{1,30}?)\s*[】\]>〉》」:：]?$")
_SENTENCE_END = re.compile(r"[.;,。，；]$")

FEW = 48
_ASCII = bytes(range(128))

LONG_LINE = 500
"""A line from so many characters on may hold headings."""
NEAR = 300
"""Words between two places of boilerplate belong to it where they are fewer characters."""
_BEFORE = re.compile(r"(?:^|[.!?:;)\]*•·–—…|\"”-])\s*$")
_AFTER = re.compile(r"\s*[:：]|\s*[-–—•·*]+\s|\s*[^\W\d_a-z]|\s+\d")
_INLINE_COLON = re.compile(r"[^\W\d_a-z](?<![^\s.!?;)].)[^.:：;!?\n,()]{2,50}[:：](?=\s|$)")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+(?=\W{0,3}[^\W\d_a-z])|\s+(?=[-•·*]\s)")
_INNER_START = re.compile(r"(?<=[^\W_A-Z] )[A-Z]")

# How sure the form makes it that a line is a heading: an unknown heading ends a part only where it is as strong as the
# heading that opened it.
_BY_FORM, _BY_BOLD, _BY_TAG = 1, 2, 3


@lru_cache(maxsize=1)
def phrases() -> tuple[dict[str, str], tuple[tuple[str, str], ...], dict[str, None]]:
    """Heading phrase -> kind; the phrases of languages without spaces, longest first; words of legal boilerplate."""
    spaced: dict[str, str] = {}
    unspaced: dict[str, str] = {}
    legal: dict[str, None] = {}
    for language, table in load_toml(VOCABULARY).items():
        if language == "_inline":
            continue
        for kind, names in table.items():
            if kind == "_legal_text":
                legal.update(dict.fromkeys(map(str.casefold, names)))
                continue
            for name in names:
                if not name.isascii() and any(map(is_unspaced, name)):
                    unspaced.setdefault(name.replace(" ", ""), kind)
                else:
                    spaced.setdefault(" ".join(_WORDS.findall(name.casefold())), kind)
    return spaced, tuple(sorted(unspaced.items(), key=lambda x: -len(x[0]))), legal


@lru_cache(maxsize=1)
def _openings() -> dict[str, int]:
    """First word of a phrase -> words of the longest phrase that begins with it, at most :data:`LONGEST_PHRASE`."""
    longest: dict[str, int] = {}
    for phrase in phrases()[0]:
        first, *others = phrase.split(" ")
        longest[first] = max(longest.get(first, 0), min(LONGEST_PHRASE, 1 + len(others)))
    return longest


@lru_cache(maxsize=1)
def _legal_sign() -> Any:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(list(phrases()[2]))


@lru_cache(maxsize=1)
def _legal_signs() -> list[Any]:
    """The same words in finders of so few that each seeks the leftmost of them many bytes at a time."""
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    words = [word.encode() for word in phrases()[2]]
    return [
        BytesAhoCorasick(words[at : at + FEW], matchkind=MatchKind.LeftmostFirst) for at in range(0, len(words), FEW)
    ]


@lru_cache(maxsize=1)
def _inline_phrases() -> tuple[Any, list[str], frozenset[str]]:
    """A finder of the phrases that may be headings inside a line, the phrases, and which of them need a colon there."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    subjects = frozenset(load_toml(VOCABULARY)["_inline"]["colon_only"])
    names = [name for name in phrases()[0] if len(name) > 5]
    weak = frozenset([name for name in names if name in subjects or name.split(" ")[0] in subjects])
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names, weak


def kind_of(heading: str) -> tuple[str | None, float]:
    """The kind that a heading's words name, and the share of the heading that names it (0..1).

    >>> kind_of("Das bringst du mit:")
    ('requirements', 1.0)
    >>> kind_of("Preferred qualifications")[0]
    'preferred'
    >>> kind_of("Lorem ipsum")
    (None, 0.0)
    """
    return _kind_of(heading[: 2 * LONGEST_HEADING])


@lru_cache(maxsize=1024)
def _kind_of(heading: str) -> tuple[str | None, float]:
    """As :func:`kind_of`; most headings stand in many postings."""
    spaced, unspaced, _ = phrases()
    words = _WORDS.findall(heading.casefold().replace("’", "'"))
    if not words:
        return None, 0.0
    openings = _openings()
    best, length = None, 0
    for start, word in enumerate(words):
        longest = openings.get(word, 0)
        if longest > len(words) - start:
            longest = len(words) - start
        while longest > length:
            kind = spaced.get(" ".join(words[start : start + longest]))
            if kind:
                best, length = kind, longest
                break
            longest -= 1
    if best:
        return best, length / len(words)
    if not heading.isascii() and any(map(is_unspaced, heading)):
        compact = "".join(heading.split())
        for name, kind in unspaced:
            if name in compact:
                return kind, min(1.0, len(name) / max(1, sum(map(str.isalnum, compact))))
    return None, 0.0


def split(document: Text | str) -> list[Section]:
    """The sections of a clean text, without gaps, in order; ``[]`` for an empty text.

    Args:
        document: what :func:`enrich.html.read` gives, or clean text alone.

    >>> [(s.kind, s.heading) for s in split("We build boats.\\n\\nYour profile:\\n- Java\\n\\nWe offer:\\n- Fruit")]
    [('other', None), ('requirements', 'Your profile'), ('benefits', 'We offer')]
    """
    if isinstance(document, str):
        document = Text(document)
    text, hints = document.text, document.headings
    if not text:
        return []
    found: list[tuple[int, str, str | None]] = [(0, "other", None)]
    strength = 0
    position = 0
    after_blank = True
    legal = _legal_places(text)
    last_legal = -1  # where the boilerplate without a heading of its own ends that the last section is
    lines = text.split("\n")
    for number, line in enumerate(lines):
        start, position = position, position + len(line) + 1
        if not line:
            after_blank = True
            continue
        hint = hints.get(start, 0) if hints else 0
        listed = line[0] == "-" and line.startswith("- ")
        strong = 0
        if hint or _may_head(line, listed):
            heading, kind, strong = _heading(line, hint, after_blank, lines, number)
        kind_now = found[-1][1]
        if strong:
            weaker = strong < strength
            if (kind is None and (weaker or strong == _BY_FORM)) or (kind == kind_now and weaker):
                pass
            else:
                found.append((start, kind or "other", heading))
                strength = strong
                last_legal = -1
        elif start in legal and not listed and len(line) < LONG_LINE:
            if last_legal >= 0:
                last_legal = position
            elif kind_now not in ("legal", "process"):
                found.append((start, "legal", None))
                strength, last_legal = _BY_FORM, position
        elif last_legal >= 0 and not _legal_within(legal, lines, number, start):
            found.append((start, "other", None))
            last_legal = -1
        if len(line) >= LONG_LINE:
            parts = _parts(line, start, found[-1][1], legal.get(start, []))
            if parts:
                found += parts
                strength, last_legal = _BY_FORM, -1
        after_blank = False
    return _sections(found, len(text))


def _may_head(line: str, listed: bool) -> bool:
    """Whether a line that the markup says nothing of has the form of a heading, or may open with one."""
    short = len(line) <= LONGEST_HEADING and (line[-1] in ":：" or (len(line) <= 60 and (not listed or line.isupper())))
    return short or (not listed and (":" in line[:70] or "：" in line[:70]))


def _sections(found: list[tuple[int, str, str | None]], end: int) -> list[Section]:
    """Section objects from their starts; an empty first one goes."""
    out = [
        Section(kind, heading, start, stop)
        for (start, kind, heading), stop in zip(found, [x[0] for x in found[1:]] + [end], strict=True)
        if stop > start
    ]
    return out


def _lower(text: str) -> str:
    """``text`` in lower case, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _legal_places(text: str) -> dict[int, list[int]]:
    """Where the lines begin that hold words of legal boilerplate, and where in the text these words begin."""
    places: dict[int, list[int]] = {}
    if not _has_legal(text):
        return places
    line = before = 0
    for _, start, _ in _legal_sign().find_matches_as_indexes(_lower(text)):
        newline = text.rfind("\n", before, start)
        line = newline + 1 if newline >= 0 else line
        before = start
        places.setdefault(line, []).append(start)
    return places


def _has_legal(text: str) -> bool:
    """Whether words of legal boilerplate stand in the text, which most texts answer with no."""
    data = text.encode("utf-8", "surrogatepass")
    if not text.isascii():
        rest = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
        if rest != rest.lower():
            data = text.lower().encode("utf-8", "surrogatepass")
    data = data.lower()
    return any(finder.find_matches_as_indexes(data) for finder in _legal_signs())


def _legal_within(legal: dict[int, list[int]], lines: list[str], number: int, start: int) -> bool:
    """Whether boilerplate goes on :data:`NEAR` characters from ``start`` on, without a list between."""
    end = start + NEAR
    while number < len(lines) and start < end:
        if start in legal:
            return True
        if lines[number].startswith("- "):
            return False
        start += len(lines[number]) + 1
        number += 1
    return False


def _parts(line: str, start: int, kind_now: str, legal: list[int]) -> list[tuple[int, str, str | None]]:
    """Sections that begin inside a long line, which begins at ``start``: at headings, at and after boilerplate.

    >>> line = "We bake bread. Requirements: flour and a warm heart. What we offer Cake on Fridays. " * 2
    >>> [(kind, heading) for _, kind, heading in _parts(line[:84], 0, "other", [])]
    [('requirements', 'Requirements'), ('benefits', 'What we offer')]
    """
    found: dict[int, tuple[str, str | None]] = dict(_inline_headings(line))
    headed = sorted(found)
    ends = [match.end() for match in _SENTENCE.finditer(line)] if legal else []
    last = -1
    for place in legal:
        place -= start
        at = bisect_right(ends, place)
        begin = ends[at - 1] if at else 0
        end = ends[at] if at < len(ends) else len(line)
        if place - begin > 100:  # a sentence without its full stop before it
            inner = [match.start() for match in _INNER_START.finditer(line, place - 60, place)]
            begin = inner[-1] if inner else begin if place - begin < NEAR else place
        if last >= 0 and begin - last <= NEAR and bisect_left(headed, last) == bisect_left(headed, begin):
            found.pop(last, None)
        elif begin not in found:
            found[begin] = ("legal", None)
        if end < len(line):
            found.setdefault(end, ("other", None))
        last = end
    out: list[tuple[int, str, str | None]] = []
    for place, (kind, heading) in sorted(found.items()):
        if heading or kind != kind_now:
            out.append((start + place, kind, heading))
            kind_now = kind
    return out


def _inline_headings(line: str) -> Iterator[tuple[int, tuple[str, str | None]]]:
    """(place, (kind, heading)) of the headings inside a line: capital first, then a colon or a new beginning."""
    covered = 0
    spans = []
    for match in _INLINE_COLON.finditer(line) if ":" in line or "：" in line else ():
        name = match[0][:-1].strip()
        kind, share = kind_of(name)
        if kind and share >= 0.75:
            spans.append((match.start(), match.end()))
            yield match.start(), (kind, name)
    spans.reverse()
    finder, names, weak = _inline_phrases()
    kinds = phrases()[0]
    for which, begin, end in finder.find_matches_as_indexes(_lower(line)):
        while spans and spans[-1][0] <= begin:
            covered = spans.pop()[1]
        if begin < covered or not line[begin].isupper() or line[end : end + 1].islower():
            continue
        after = _AFTER.match(line, end)
        if not after or line[begin - 1 : begin].isupper():
            continue
        colon = after[0].endswith((":", "："))
        if not colon and names[which] in weak:
            continue
        before = line[max(0, begin - 4) : begin]
        fresh = bool(_BEFORE.search(before)) or before[-1:].islower()
        if fresh or " " in names[which] or (colon and before[-1:].isspace()):
            yield begin, (kinds[names[which]], line[begin:end])


def _heading(
    line: str, hint: int, after_blank: bool, lines: list[str], number: int
) -> tuple[str | None, str | None, int]:
    """(heading, kind, strength) of a line that is a heading or opens with one; strength 0 where it is none."""
    if hint and len(line) <= LONGEST_HEADING:
        name = line.rstrip(" :：")
        kind, share = kind_of(name)
        if kind and share < 0.25 and hint == BOLD:
            kind = None
        if _SENTENCE_END.search(name) and len(name.split()) > 8:
            return None, None, 0
        return name, kind, _BY_TAG if hint == HEADING else _BY_BOLD
    short = len(line) <= LONGEST_HEADING
    if short and line[-1] in ":：":
        name = line.rstrip(" :：").removeprefix("- ")
        kind, share = kind_of(name)
        listed = line.startswith("- ")
        if kind and share >= (0.99 if listed else 0.34):
            return name, kind, _BY_FORM
        return (None, None, 0) if listed else (name, None, _BY_FORM)
    if short and len(line) <= 60 and not _SENTENCE_END.search(line):
        bracketed = None if line.startswith("- ") else _BRACKETED.match(line)
        name = bracketed[1] if bracketed else line.rstrip(" !?？！")
        if line.startswith("- ") and not (number + 1 < len(lines) and lines[number + 1].startswith("- ")):
            return None, None, 0
        kind, share = kind_of(name)
        capitals = name.isupper() and sum(map(str.isalpha, name)) > 4
        following = number + 1 < len(lines) and (not lines[number + 1] or lines[number + 1].startswith("- "))
        needed = 0.5 if capitals or bracketed else 0.99 if not line.startswith("- ") else 2.0
        if kind and share >= needed and (after_blank or following or bracketed or capitals):
            return name, kind, _BY_FORM
        if kind and share >= 0.6 and after_blank and following and line[:1].isupper() and not line.startswith("- "):
            return name, kind, _BY_FORM
    opening = _COLON.match(line) if ":" in line[:70] or "：" in line[:70] else None
    if opening and not line.startswith("- "):
        kind, share = kind_of(opening[1])
        if kind and share >= 0.99:
            return opening[1], kind, _BY_FORM
    return None, None, 0
