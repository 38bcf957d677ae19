"""A board's location string, cut into parts: what may be a place, what says how one works, what is noise.

Nothing here knows a place but through ``known``, a function that says whether a text names one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from enrich.places.words import Words, is_mark, is_unspaced, words
from gazetteer.normalize import key

Known = Callable[[str], bool]
MAX_LENGTH = 2000
MAX_PARTS = 40
MAX_HYPHENS = 10

_IDS = re.compile(
    r"""(?ix)
      \{[^{}]*\}                                                   # dict repr of the same place
    | \b(?:r|jr|req|job|id|ref|wd)[-_\# ]?\#?[0-9][0-9-]{2,}\b     # requisition ids
    | \(\s*\#?[0-9]{2,}\s*\)                                       # (1010)
    | \bstore\s*\#\s*[0-9]+
    | \+?\s*\b[0-9]+\s*\+?\s*(?:more|other|weitere|autres|andra|fler|otras|outras|altre)?\s*
      (?:locations?|standorte?|orte|offices|lieux|sites|cities|countries|ubicaciones|locais|orter|plaatsen|others?|more)\b
    """
)
_LIST = re.compile(r"""['"]\s*,\s*['"]""")
_WHOLE_REPR = re.compile(r"""\s*(?:\[.*\]|\{.*\})\s*\Z""", re.DOTALL)
_REPR_KEY = re.compile(r"""['"]?\b[A-Za-z_]+['"]?\s*:\s*""")
_BREAK = re.compile(r"[;|\n\r\t•●▪‣→／、]+|\s//?\s")
_LEVEL = re.compile(r"[,:，：()\[\]<>（）【】\"“”*…·]|\s[-–—~]+(?=\s)|(?<=\s)[-–—~]+|(?<=\w)[-–—]\s|\sI\s|–|—|,?\s@\s")
_WORD = re.compile(r"\w+(?:['’.\u05f3\u05f4\"]\w+)*\.?")
_DIGITS = re.compile(r"\d")


@dataclass(slots=True)
class Part:
    """A piece of the string, ``raw[start:end]``."""

    text: str
    start: int
    end: int
    opens: bool = False
    """A new place must begin here: the separator before it divides places, not levels."""
    bracketed: bool = False
    after_mode: bool = False
    """A mode word stands right before it (``Remote Canada``): it rarely is the country of what follows."""


@dataclass(slots=True)
class Cut:
    """A string cut into parts; ``remote_parts`` are the numbers of the parts that a remote word stands with."""

    parts: list[Part] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    remote_stretches: set[int] = field(default_factory=set)
    stretch_of: list[int] = field(default_factory=list)
    mode_spans: list[tuple[str, int, int]] = field(default_factory=list)
    nowhere: bool = False
    void: int = -1
    """The stretch that speaks of something else than a place (a contact person)."""
    postcodes: set[str] = field(default_factory=set)
    scope: list[str] = field(default_factory=list)


def blank(text: str) -> str:
    """The text without requisition ids, counts of places and reprs, at the same positions."""
    text = text[:MAX_LENGTH]
    if _WHOLE_REPR.match(text):
        text = _LIST.sub(lambda m: ";" + " " * (len(m.group()) - 1), text)
        text = _REPR_KEY.sub(lambda m: " " * len(m.group()), text)
        text = re.sub(r"[\[\]{}'\"]", " ", text)
    if _DIGITS.search(text) or "{" in text:
        text = _IDS.sub(lambda m: " " * len(m.group()), text)
    return text


def cut(raw: str, known: Known, code: Known, country: Known) -> Cut:
    """The parts of a location string.

    Args:
        raw: the string.
        known: whether a text, as a whole, names a place.
        code: whether a text names a country or a region (by name or by code).
        country: whether it names a country.
    """
    vocabulary = words()
    out = Cut()
    text = blank(raw)
    if key(text) in vocabulary.nowhere:
        out.nowhere = True
        return out
    whole = text.strip()
    if ("(" in whole or whole.count(" - ") == 1) and len(whole) < 60 and known(whole):
        # "Cocos (Keeling) Islands", "Tel Aviv - Yafo"
        start = text.index(whole)
        out.parts.append(Part(whole, start, start + len(whole), True))
        out.stretch_of.append(0)
        return out
    if "(" in whole and len(whole) < 60:  # "West Island, Cocos (Keeling) Islands"
        comma = text.find(",") + 1
        if comma and "(" in text[comma:] and country(text[comma:].strip()):
            text = text[:comma] + text[comma:].replace("(", " ").replace(")", " ")
    if _DIGITS.search(text):
        for postal, shape in vocabulary.postcode:
            text, found = shape.subn(lambda m: " " * len(m.group()), text)
            if found:
                out.postcodes.add(postal)
    text = _slash(text, known, code, country)
    before = 0
    for stretch, (start, end) in enumerate(_stretches(text, known, vocabulary)):
        opens = True
        if stretch - 1 in out.remote_stretches and (
            _open_bracket(text, start)
            or (out.parts and country(text[start:end].strip()) and not _BREAK.search(text, before, start))
        ):
            out.remote_stretches.add(stretch)  # "Remote (US or Canada)", "Remote - US & Canada"
        before = end
        bracket_depth = 0
        position = start
        for match in _LEVEL.finditer(text, start, end):
            opens = _level(out, text, position, match.start(), opens, bracket_depth > 0, stretch, known, code, country)
            if match.group() in "([（【":
                bracket_depth += 1
            elif match.group() in ")]）】":
                bracket_depth = max(0, bracket_depth - 1)
                if stretch in out.remote_stretches and out.stretch_of and out.stretch_of[-1] == stretch:
                    opens = opens or (out.parts[-1].bracketed and len(_tail(out, stretch)) == 1)
            position = match.end()
            if len(out.parts) >= MAX_PARTS:
                return out
        _level(out, text, position, end, opens, bracket_depth > 0, stretch, known, code, country)
    return out


def _slash(text: str, known: Known, code: Known, country: Known) -> str:
    """``Lyon / France``, ``Natal/RN``: the one slash divides levels, so it is a comma."""
    if text.count("/") != 1:
        return text
    at = text.index("/")
    left, right = text[:at].strip(), text[at + 1 :].partition(",")[0].strip()
    wider = country(right) or (len(right) == 2 and right.isupper() and code(right))
    if wider and len(left) > 3 and known(left) and not country(left):
        return text[:at] + "," + text[at + 1 :]
    return text


def _open_bracket(text: str, position: int) -> bool:
    return text.rfind("(", 0, position) > text.rfind(")", 0, position)


def _tail(out: Cut, stretch: int) -> list[Part]:
    return [p for p, s in zip(out.parts, out.stretch_of, strict=True) if s == stretch]


def _stretches(text: str, known: Known, vocabulary: Words) -> list[tuple[int, int]]:
    """Where the string divides into places that have nothing to do with each other's levels."""
    out: list[tuple[int, int]] = []
    position = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > position:
            out += _joined(text, position, end, known, vocabulary)
        position = match.end() if match else end
    return out


def _joined(text: str, start: int, end: int, known: Known, vocabulary: Words) -> list[tuple[int, int]]:
    """``A or B``, ``A/B``, ``A & B``: two places, unless a level with the word in it is one place."""
    cuts = [m.span() for m in vocabulary.join.finditer(text, start, end)]
    cuts += [(i, i + 1) for i in range(start, end) if text[i] == "/"]
    if not cuts:
        return [(start, end)]
    cuts.sort()
    bounds = [start, *(m.start() for m in _LEVEL.finditer(text, start, end)), end]
    out = []
    position = start
    for a, b in cuts:
        if a < position:
            continue
        left = max(x for x in bounds if x <= a)
        right = min(x for x in bounds if x >= b)
        level = text[left:right].strip(" ,:()[]-–—")
        if known(level) or ("-" in level and known(level.rpartition("-")[2])):  # "AU-VIC-City of Port Phillip"
            continue
        out.append((position, a))
        position = b
    out.append((position, end))
    return [(a, b) for a, b in out if text[a:b].strip()]


def _level(
    out: Cut,
    text: str,
    start: int,
    end: int,
    opens: bool,
    bracketed: bool,
    stretch: int,
    known: Known,
    code: Known,
    country: Known,
) -> bool:
    """Add what stands between two level separators; returns whether the next part opens a place."""
    while start < end and not (text[start].isalnum() or text[start] == "#"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".'" or is_mark(text[end - 1])):
        end -= 1
    if start >= end:
        return opens
    vocabulary = words()
    piece = text[start:end]
    name = key(piece)
    if not name:
        return opens
    if name in vocabulary.mode and not (name in vocabulary.scope and name not in vocabulary.mode):
        _mode(out, vocabulary.mode[name], start, end, stretch, name, vocabulary)
        return opens or not bracketed
    if name in vocabulary.contact:
        out.void = stretch
    if out.void == stretch or name in vocabulary.nowhere or name in vocabulary.time_zone:
        return opens
    if name not in vocabulary.noise_words and known(piece):
        out.parts.append(Part(piece, start, end, opens, bracketed))
        out.stretch_of.append(stretch)
        return False
    for a, b in _hyphens(piece, known, code, country, vocabulary):
        opens = _words(out, text, start + a, start + b, opens, bracketed, stretch, known, vocabulary)
    return opens


def _mode(out: Cut, mode: str, start: int, end: int, stretch: int, name: str, vocabulary: Words) -> None:
    out.modes.append(mode)
    out.mode_spans.append((mode, start, end))
    if mode == "remote":
        out.remote_stretches.add(stretch)
        if vocabulary.scope.get(name) and vocabulary.scope[name] not in out.scope:
            out.scope.append(vocabulary.scope[name])


def _hyphens(piece: str, known: Known, code: Known, country: Known, vocabulary: Words) -> list[tuple[int, int]]:
    """``US-CA-Mountain View``, ``Remote-Kentucky``, ``São Paulo-SP``, ``IND.Bangalore``: codes and modes come off."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^-_]+", piece)]
    if len(spans) > MAX_HYPHENS:
        return [(0, len(piece))]
    if len(spans) == 1:
        dotted = re.match(r"([A-Z]{2,3})\.(?=\w{3})", piece)
        if dotted and code(dotted.group(1)):
            return [(0, dotted.end(1)), (dotted.end(), len(piece))]
        return [(0, len(piece))]

    def ends(text: str) -> bool:
        text = text.strip()
        return key(text) in vocabulary.mode or (code(text) and (text.isupper() if len(text) < 4 else country(text)))

    out_left: list[tuple[int, int]] = []
    out_right: list[tuple[int, int]] = []
    while len(spans) > 1 and (
        ends(piece[slice(*spans[0])])
        or (out_left and code(piece[slice(*spans[0])].strip()) and not known(piece[spans[0][0] :]))
    ):  # "US-Texas-Austin": after a country, a region by its name
        out_left.append(spans.pop(0))
    while len(spans) > 1 and ends(piece[slice(*spans[-1])]):
        out_right.insert(0, spans.pop())
    if not (out_left or out_right):
        if known(piece[slice(*spans[0])].strip()) and any(c.isdigit() for c in piece[slice(*spans[-1])]):
            return spans
        return [(0, len(piece))]
    if len(spans) > 1 and not known(piece[spans[0][0] : spans[-1][1]].strip()):
        digits = next((i for i, s in enumerate(spans) if i and any(c.isdigit() for c in piece[slice(*s)])), len(spans))
        middle = [(spans[0][0], spans[digits - 1][1])]
        if digits < len(spans):
            middle.append((spans[digits][0], spans[-1][1]))
    else:
        middle = [(spans[0][0], spans[-1][1])]
    return [*out_left, *middle, *out_right]


def _words(
    out: Cut,
    text: str,
    start: int,
    end: int,
    opens: bool,
    bracketed: bool,
    stretch: int,
    known: Known,
    vocabulary: Words,
) -> bool:
    """Take the mode words out of a piece and add what is left of it."""
    piece = text[start:end]
    if is_unspaced(piece):
        for phrase, mode in vocabulary.mode_unspaced:
            at = piece.find(phrase)
            if at >= 0:
                _mode(out, mode, start + at, start + at + len(phrase), stretch, phrase, vocabulary)
                piece = piece[:at] + " " * len(phrase) + piece[at + len(phrase) :]
        spans = [(start + m.start(), start + m.end()) for m in _WORD.finditer(piece)]
    else:
        spans = [(start + m.start(), start + m.end()) for m in _WORD.finditer(piece)]
    names = [key(text[a:b]) for a, b in spans]
    run: list[int] = []
    after_mode = False
    i = 0
    while i < len(spans):
        size = 0
        if names[i] in vocabulary.mode_words or names[i].isdigit():
            for n in range(min(4, len(spans) - i), 0, -1):
                if " ".join(names[i : i + n]) in vocabulary.mode:
                    size = n
                    break
        if size:
            opens = _flush(out, text, spans, run, opens, bracketed, stretch, after_mode)
            run, after_mode = [], True
            phrase = " ".join(names[i : i + size])
            _mode(out, vocabulary.mode[phrase], spans[i][0], spans[i + size - 1][1], stretch, phrase, vocabulary)
            opens = opens or not bracketed
            i += size
        else:
            run.append(i)
            i += 1
    return _flush(out, text, spans, run, opens, bracketed, stretch, after_mode)


def _flush(
    out: Cut,
    text: str,
    spans: list[tuple[int, int]],
    run: list[int],
    opens: bool,
    bracketed: bool,
    stretch: int,
    after_mode: bool,
) -> bool:
    if not run:
        return opens
    start, end = spans[run[0]][0], spans[run[-1]][1]
    out.parts.append(Part(text[start:end], start, end, opens, bracketed, after_mode))
    out.stretch_of.append(stretch)
    return False
