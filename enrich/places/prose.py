"""Where a job text or a title says where the job is: labels ("Location: ..."), sentences ("is based in ...")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from enrich.places.words import words
from gazetteer.normalize import key
from gazetteer.places import default_places

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

    from enrich.location import Reading

MAX_STATEMENTS = 4
MAX_BANDS = 12
HEAD = 500
"""A line of its own with a place and its region counts this far from the text's beginning."""
MAX_COLONS = 80
VALUE_LENGTH, LABEL_LENGTH = 160, 45
MIN_PEOPLE, MIN_PEOPLE_IN_TITLE = 5_000, 30_000
"""A city named alone in prose, and in a title, is believed from this size on."""
MIN_CONFIDENCE = 0.3
OURS = 70
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_][\w'’-]*\s)+\Z")
_LABEL_TRIM = " *-–#>[(\t📍"
_BEFORE = re.compile(r"[^\n.!?:：•|]{2,40}\Z")
_SENTENCE_END = re.compile(r"\n|(?<=[a-zà-ÿ)]{2})\.(?=\s|\Z)|[!?;•]|\s[-–—|]\s(?=[A-Z]?[a-z]+:)|。")
_PARTICLE = r"(?:de|la|el|am|an|der|im|do|da|dos|del|di|sur|en|upon|of|den|les|le)\b"
_NAME = r"[^\W\d_a-zà-öø-ÿ](?:[\w'’-]|\.(?=\w)|(?<=St)\.|(?<=Ft)\.)*\)?"
_BETWEEN = (
    r"(?:\s|,\s?(?:à\s)?|\s?/\s?|\s\(|\.?\s(?:or|and|oder|und|ou|et|of|en|y|e|o|lub|i|eller|och|og)\s|,\s(?:or|and)\s)"
)
_NAMES = re.compile(
    r"(?:(?:the|our|our new|unserem|unserer|unseren|nos|notre|nuestra|nuestras|nossa|nosso|nostra|ons|onze)\s+)?"
    rf"(?:{_NAME}|{_PARTICLE})(?:{_BETWEEN}(?:{_NAME}|{_PARTICLE}(?=\s[^\W\d_a-zà-öø-ÿ])))*"
)
_LEAD = re.compile(r"\A(?:[a-z]+\s+)*")
_PIECE = re.compile(r"[^()\[\]|,/–—【】｜・:]+")
_THAI = re.compile(r"(?:อำเภอ|อ\.|เขต)\s*([\u0e00-\u0e7f]+)\s+(?:จังหวัด|จ\.)?\s*([\u0e00-\u0e7f]+)")
_HEBREW_IN = re.compile(r"(?<![\u05d0-\u05ea])ב-?([\u05d0-\u05ea]{2,}(?:[ -][\u05d0-\u05ea]{2,})?)")
_DASH = re.compile(r"\s+[-–—]\s+|\s+[-–—](?=\w)|(?<=\w)[-–—]\s+")
_SEEKING = re.compile(r"(?:seeking|looking for|hiring|recruiting|searching for|suchen|recherch|buscamos)[^.\n]{3,90}\Z")
_BASED_IN = re.compile(r"based in ")
_DASHED_LABEL = re.compile(r"[(\n][ \t]*([^\W\d_][^\W_]{2,14}(?: [^\W_]{2,10}){0,2})\s[-–]\s([^()\n]{2,60})")
_REMOTE_LINE = re.compile(r"(?m)^[ \t]*Remote[ ,(–-]+((?:[A-Z][\w.]+ ?){1,4})\)?[ \t]*$")
_HEAD_LINE = re.compile(r"(?m)^[ \t]*([A-Z][\w.'’ -]{1,30}, [A-Z][\w.'’ -]{1,30}(?:, [A-Z][\w.'’ -]{1,30})?)[ \t]*$")
_TITLE_IN = re.compile(r"(?<=\s)(?:à|in|at|en|em|w|we|i|v|à la|near)\s+(?=[^\W\d_a-zà-öø-ÿ])")
_SHORT = frozenset(("us", "usa", "uk", "uae"))
_CHOICE = (
    "een van onze vestigingen",
    "einem unserer standorte",
    "l'un de nos",
    "one of the following",
    "any of the following",
    "following locations",
    "following cities",
    "in one of our",
)
_SIGNS = ("US,", "USA,", "อ", "เขต", " –", " -\n")
"""What a text must hold before it is read for bands of pay, Thai districts and labels before rare dashes."""
_SPECIAL = frozenset(range(4))
"""The first of them, for bands and districts."""
_CHOICE_SIGNS = (
    "onze vestigingen",
    "unserer standorte",
    "un de nos",
    "following locations",
    "following cities",
    "in one of our",
)
"""Parts of those phrases that are written without accents: without one of them, there is no need to look closer."""
_PAY_PLACE = re.compile(r"\b(USA?, ?[A-Z]{2}, ?[A-Z][\w .'-]{2,30}?) ?[-–:] ?\$?\d{2,3},\d{3}")


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """A head office, customers, other offices: what a place named shortly after it is the place of."""
    names = "|".join((*words().head_office, "customers?", "clients?", "offices around"))
    return re.compile(rf"\b(?:{names})\b[^.\n]{{0,25}}\Z")


@lru_cache(maxsize=1)
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    phrases = tuple(sorted({*words().based, *words().house}, key=len, reverse=True))
    return AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest), phrases


@lru_cache(maxsize=1)
def _signs() -> tuple[BytesAhoCorasick, BytesAhoCorasick]:
    """Of :data:`_SIGNS`, and of :data:`_CHOICE_SIGNS`.

    So few phrases are sought many bytes at a time, which a search for the leftmost alone does.
    """
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    return (
        BytesAhoCorasick([x.encode() for x in _SIGNS], matchkind=MatchKind.LeftmostFirst),
        BytesAhoCorasick([x.encode() for x in _CHOICE_SIGNS], matchkind=MatchKind.LeftmostFirst),
    )


@lru_cache(maxsize=1)
def _label_ends() -> frozenset[str]:
    """The last words of labels."""
    return frozenset([label.split()[-1] for label in words().label])


@lru_cache(maxsize=1)
def _accents() -> tuple[re.Pattern[str], dict[str, str]]:
    """Small letters with accents to bare ones, one to one, so that positions stay; and a pattern of those letters."""
    import unicodedata

    out = {"’": "'", "\xa0": " "}
    for i in [*range(0xC0, 0x250), *range(0x370, 0x500)]:
        letter = chr(i).lower()
        base = unicodedata.normalize("NFKD", letter)[:1].lower()[:1]
        if base and base != letter:
            out[letter[:1]] = base
    return re.compile(f"[{''.join(map(re.escape, out))}]"), out


@lru_cache(maxsize=1)
def _bent() -> tuple[AhoCorasick, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    forms = tuple(words().inflected)
    return AhoCorasick([fold(f) for f in forms], matchkind=MatchKind.LeftmostLongest), forms


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """The text in small letters without accents, every character at its own position."""
    low = text.lower()
    if low.isascii():
        return low
    if len(low) != len(text):  # "İ" has two small letters
        low = "".join(c.lower()[:1] or c for c in text)
    accents, bare = _accents()
    for letter in set(accents.findall(low)):
        low = low.replace(letter, bare[letter])
    return low


def statements(text: str, *, weak: bool = True) -> list[tuple[int, str, bool]]:
    """(start, words, strong) of what the text says of the place of work; strong where a label says so.

    ``weak``: whether the sentences are wanted, too, that only mention where one is based.
    """
    out = _labelled(text)
    head = text[:40_000]
    data = head.encode("utf-8", "surrogatepass")
    special, choices = _signs()
    signs = {sign for sign, _, _ in special.find_matches_as_indexes(data)}
    if signs & _SPECIAL:
        bands = list(_PAY_PLACE.finditer(head))
        if len(bands) > 1:  # one band of pay for each place of work
            out += [(m.start(1), m.group(1), True) for m in bands[:MAX_BANDS]]
        out += [(m.start(1), text[m.start(1) : m.end(2)], True) for m in _THAI.finditer(head)][:1]
    out += [(m.start(1), m.group(1), True) for m in _HEAD_LINE.finditer(head, 0, HEAD)][:2]
    out += _dashed(head, bool(signs))
    if weak and "Remote" in head:
        out += [(m.start(1), m.group(1).rstrip(), False) for m in _REMOTE_LINE.finditer(head)][:3]
    if weak:
        return out + _sentences(text, fold(head))
    return out + _choices(text, head) if choices.find_matches_as_indexes(data.lower()) else out


def _choices(text: str, head: str) -> list[tuple[int, str, bool]]:
    """The strong ones of :func:`_sentences`, looked for around :data:`_CHOICE_SIGNS` alone."""
    near: dict[int, tuple[int, str, bool]] = {}
    plain = head.lower()
    if len(plain) == len(head):
        for sign in _CHOICE_SIGNS:
            at = plain.find(sign)
            while at >= 0:
                low = max(0, at - 100)
                some = text[low : at + VALUE_LENGTH + 60]
                for start, names, strong in _sentences(some, fold(some)):
                    if strong:
                        near[low + start] = (low + start, names, True)
                at = plain.find(sign, at + 1)
    return [near[a] for a in sorted(near)]


def _dashed(head: str, rare: bool) -> list[tuple[int, str, bool]]:
    """``Location - Berlin``, and a list's first item below a line that is a label; ``rare``: other dashes, too."""
    starts = []
    at = 0
    *before, _ = head.split("- ")
    for piece in before:
        at += len(piece) + 2
        if (0 <= piece.find("\n") < len(piece) - 1 or "(" in piece) and piece[-2:-1].isalnum() and piece[-1].isspace():
            near = piece[-LABEL_LENGTH:-1]
            opening = max(near.rfind("\n"), near.rfind("("))
            if opening >= 0:
                starts.append(at - 3 - len(near) + opening)
    for dash in (" – ", " –\n", " -\n") if rare else ():
        at = head.find(dash)
        while at >= 0:
            low = max(0, at - LABEL_LENGTH)
            opening = max(head.rfind("\n", low, at), head.rfind("(", low, at))
            if opening >= 0:
                starts.append(opening)
            at = head.find(dash, at + 2)
    out, end = [], 0
    for start in sorted(starts):
        found = _DASHED_LABEL.match(head, start) if start >= end else None
        if found:
            end = found.end()
            if key(found.group(1)) in words().label:
                out.append((found.start(2), found.group(2), True))
    return out


def _sentences(text: str, low: str) -> list[tuple[int, str, bool]]:
    """``is based in <names>``, ``one of the following locations: <names>``; the latter are strong."""
    out: list[tuple[int, str, bool]] = []
    finder, phrases = _finder()
    for m in _BASED_IN.finditer(low):
        if not low[m.start() - 1 : m.start()].isalnum() and _SEEKING.search(low, max(0, m.start() - 120), m.start()):
            named = _names_at(text, m.end())
            if named:
                out.append((*named, False))
                break
    for pattern, start, end in finder.find_matches_as_indexes(low):
        if (start and low[start - 1].isalnum()) or (end < len(low) and low[end].isalnum()):
            continue
        if _elsewhere().search(low, max(0, start - 60), start):
            continue
        if phrases[pattern] in words().house and not _is_ours(low, start):
            continue
        at = end
        while at < len(text) and text[at] in " \u00a0:\t":
            at += 1
        named = _names_at(text, at)
        if named:
            out.append((*named, phrases[pattern].startswith(_CHOICE)))
        if len(out) >= MAX_STATEMENTS * 2 + MAX_BANDS:
            break
    return out


def _is_ours(low: str, start: int) -> bool:
    """Whether ``our`` stands at most four words before, in the same sentence, and no word for another house between."""
    before = _WORDS_BEFORE.search(low, max(0, start - OURS), start)
    names = before.group().split() if before else []
    for i in range(len(names) - 1, max(-1, len(names) - 6), -1):
        if names[i] in words().passing:
            return False
        if names[i] in words().ours:
            return True
    return False


def _names_at(text: str, at: int) -> tuple[int, str] | None:
    names = _NAMES.match(text, at, at + VALUE_LENGTH)
    if not names:
        return None
    lead = len(names.group()) - len(_LEAD.sub("", names.group()))
    return at + lead, names.group()[lead:].rstrip(" ,.'")


def bent_names(text: str) -> list[tuple[int, int, str]]:
    """(start, end, place) of big cities as they stand after "in" in languages that bend names."""
    finder, forms = _bent()
    low = fold(text[:40_000])
    return [
        (start, end, words().inflected[forms[number]])
        for number, start, end in finder.find_matches_as_indexes(low)
        if not (start and low[start - 1].isalnum()) and not (end < len(low) and low[end].isalnum())
    ]


def hebrew_names(text: str) -> list[tuple[int, int, str]]:
    """(start, end, name) of Israeli towns written with the prefix "in" (``בחיפה``)."""
    out: list[tuple[int, int, str]] = []
    if text.isascii() or "\u05d1" not in text:
        return out
    for match in _HEBREW_IN.finditer(text, 0, 20_000):
        for name in (match.group(1), match.group(1).split(" ")[0].split("-")[0]):
            found = default_places().lookup(name, "IL")
            if any(m.place.kind == "city" and m.place.population >= 20_000 for m in found):
                out.append((match.start(1), match.start(1) + len(name), name))
                break
    return out


def _labelled(text: str) -> list[tuple[int, str, bool]]:
    vocabulary = words()
    out: list[tuple[int, str, bool]] = []
    ends = _label_ends()
    at = seen = 0
    wide = -1 if text.isascii() else text.find("：")
    while seen < MAX_COLONS and len(out) < MAX_STATEMENTS:
        colon = text.find(":", at, at + 20_000)
        if 0 <= wide < at:
            wide = text.find("：", at)
        if 0 <= wide < at + 20_000 and (wide < colon or colon < 0):
            colon = wide
        if colon < 0:
            break
        seen += 1
        at = colon + 1
        last = text[max(0, colon - 40) : colon].rstrip(_LABEL_TRIM).split()[-1:]
        if not last or key(last[0]).rpartition(" ")[2] not in ends:
            continue
        before = _BEFORE.search(text, max(0, colon - 40), colon)
        if not before:
            continue
        label = before.group().strip(_LABEL_TRIM)
        names = key(label).split()
        size = next((n for n in range(min(4, len(names)), 0, -1) if " ".join(names[-n:]) in vocabulary.label), 0)
        if not size:
            continue
        if size < len(names):  # mid-line: the label must begin with a capital letter
            tail = label.split()[-size:]
            if len(tail) < size or not tail[0][:1].isupper():
                continue
        start = colon + 1
        while start < len(text) and text[start] in " \u00a0\t\n*":
            start += 1
        end = min(len(text), start + VALUE_LENGTH)
        stop = _SENTENCE_END.search(text, start, end)
        if stop:
            end = stop.start()
        following = text.find(":", start, end)
        if following >= 0:
            end = max(start, text.rfind(" ", start, following))
        value = text[start:end].rstrip(" ,.-")
        if value:
            out.append((start, value, True))
    return out


def title_pieces(title: str) -> list[tuple[int, str]]:
    """The pieces of a title that may be a place: what follows a dash, a bracket, a comma or a bar."""
    out = [(m.end(), title[m.end() : m.end() + 40]) for m in _TITLE_IN.finditer(title[:300])]
    out = [(a, _PIECE.match(t).group().strip()) for a, t in out]  # type: ignore[union-attr]
    for match in _PIECE.finditer(title[:300]):
        position = match.start()
        piece = match.group()
        bounds = [0, *(x for m in _DASH.finditer(piece) for x in m.span()), len(piece)]
        for a, b in zip(bounds[::2], bounds[1::2], strict=True):
            text = piece[a:b]
            start = position + a + len(text) - len(text.lstrip())
            text = text.strip()
            if text and start > 0 and len(text) < 60:
                out.append((start, text))
    return out


def may_be_plain(piece: str, least: int) -> bool:
    """Whether a piece of prose is worth reading: it begins with a capital, is no common word, in a title no number."""
    if key(piece) in words().title_words or (least >= MIN_PEOPLE_IN_TITLE and any(c.isdigit() for c in piece)):
        return False
    first = piece.lstrip()[:1]
    return not first.lower() == first != first.upper()


def is_plain(piece: str, reading: Reading, least: int) -> bool:
    """Whether a piece (see :func:`may_be_plain`) is a place and nothing else: no unknown words, no common word.

    ``least``: how many inhabitants a city named alone must have.
    """
    if not reading.locations or reading.unknown:
        return False
    for place, levels, head in zip(reading.locations, reading.levels, reading.heads, strict=True):
        if (place.confidence or 0.0) < MIN_CONFIDENCE:
            return False
        if levels == 1 and place.city and head.population < least and len(reading.locations) == 1:
            return False
    short = piece.isascii() and len(key(piece)) <= 3 and sum(reading.levels) == 1
    return not short or key(piece) in _SHORT
