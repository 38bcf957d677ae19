"""The parts of a place string with the places that each may name.

Exact names first, then a name within the part (after an address, before a word such as "office"), then, where the
country is known, a name that is nearly one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from enrich.places.context import Context
from enrich.places.strings import Cut, Part
from enrich.places.words import Words, is_unspaced, words
from gazetteer.normalize import key
from gazetteer.places import Match, Place, default_places

MAX_CANDIDATES = 80
BIG = 100_000
"""A city of so many people is believed by another of its names, too."""
QUARTERED = 5_000
"""A town of so many people may have quarters that job posters name behind a hyphen."""
_SHORT_WORD = re.compile(r"(?<=[\s.])[^\W\d_]{1,4}\.(?=[\s\w]|\Z)|(?<=\s)[bkn]/(?=\w)")
_STATION = re.compile(r"(?:м|ст\.? ?м|метро|станция)[. ]\s*\w")
"""After a town, a stop of its underground: "Москва, м. Курская"; elsewhere the Ukrainian "town" is shortened so."""
_LETTERS = re.compile(r"[^\W\d_]+")
LONG_STRING, FEW_CANDIDATES = 10, 8
"""A string of more parts than this is read with fewer candidates for each: the time stays bounded."""
CHIEF_CITY = 12
"""A region with fewer than so many times the inhabitants of its city of the same name is rather that city."""
ENGLISH_SPEAKING = frozenset(("US", "GB", "CA", "AU", "NZ", "IE", "ZA"))
CODES_IN_USE = frozenset("US CA AU NZ DE AT CH BR IN MX GB ZA AR NL IT IE".split())  # noqa: SIM905
"""Countries whose regions people abbreviate; elsewhere the ISO code of a region stands in lists alone."""
_LEVEL_SIGNS = frozenset("県府都道市区町村郡省縣區州")
_WARD = re.compile(r"[\u3040-\u9fff]{1,5}[区區]")
_HANGUL_LEVEL = re.compile(r"(?<=[가-힣]{2})(?:특별자치시|특별자치도|특별시|광역시|시|군)\Z")
_HANGUL_WARD = re.compile(r"[가-힣]{1,6}\d*(?:구|동|읍|면)\Z")
_REGION_SIGNS = frozenset("県府道省縣")


class Candidate(NamedTuple):
    """A place that a name may mean, with its weight before anything else is known."""

    place: Place
    is_code: bool
    prior: float


@dataclass(slots=True)
class Token:
    """A part of the string with the places it may name; ``noise`` where it is an address or a number."""

    text: str
    start: int
    end: int
    opens: bool
    bracketed: bool
    stretch: int
    candidates: tuple[Candidate, ...] = ()
    noise: bool = False
    cost: float = 0.0
    after_mode: bool = False
    nearly: bool = False
    scope: str | None = None
    _context: Context | None = None

    def reach(self) -> frozenset[str | None] | None:
        """The countries of its places; ``None`` where an area is among them, whose countries are many."""
        if any(c.place.kind == "area" for c in self.candidates):
            return None
        return frozenset([c.place.country_code for c in self.candidates])

    def holds(self, narrow: frozenset[str | None] | None = None) -> Context:
        """What its places hold, those in the ``narrow`` countries alone where they are given."""
        if narrow is not None and len(self.candidates) > 2:
            return Context(
                [c.place for c in self.candidates if c.place.country_code in narrow or c.place.kind == "area"]
            )
        if self._context is None:
            self._context = Context([c.place for c in self.candidates])
        return self._context


@dataclass(slots=True)
class Setting:
    """What is known beside the string: weights by country (logarithms)."""

    hint: str | None = None
    boost: dict[str, float] = field(default_factory=dict)
    address: bool = False
    """The string holds a post code: names beside the city may be a street's."""
    remote: bool = False
    """The string says remote: a region is likelier than a town of its name."""
    exact: bool = False
    """No guessing of misspelt names: the string is a piece of prose, where most words are no places."""

    def weight(self, country: str | None) -> float:
        """What a reading in this country gains."""
        w = words().weight
        gain = self.boost.get(country or "", 0.0)
        if self.hint and country:
            gain += w["hint"] if country == self.hint else w["hint_against"]
        return gain


def prior(place: Place, name_kind: str) -> float:
    """The logarithm of a place's weight by its inhabitants, kind, and the kind of its name."""
    vocabulary = words()
    w = vocabulary.weight
    named = place.kind == "country" and name_kind == "main"
    people = max(place.population or 0, w["country_floor" if named else "city_floor"])
    score = w["population"] * math.log(people / w["world"]) + (w[name_kind] if name_kind in w else w["alias"])
    if place.kind != "city":
        score += w[place.kind]
    return score + w["market"] * vocabulary.market.get(place.country_code or "", 0.0)


@lru_cache(maxsize=1024)
def candidates(name: str) -> tuple[Candidate, ...]:
    """The places a name (a key) may mean, most likely first."""
    found = default_places().named(name, MAX_CANDIDATES)
    if not found:
        return ()
    short = len(name) <= 3 and name.isascii()
    nickname = words().weight["nickname"]
    cities = next((i for i, m in enumerate(found) if m.place.kind == "city"), len(found))
    out = _wider(found, cities, short) if cities else []
    for place, name_kind in found[cities:]:
        if short and name_kind not in ("main", "code") and place.population < 500_000:
            continue  # an airport's or a plate's code
        weight = prior(place, name_kind)
        if name_kind == "alias" and _is_nickname(name, place):
            weight += nickname
        out.append(Candidate(place, name_kind == "code", weight))
    if len(out) > 1:
        out.sort(key=_weight)
    return tuple(out)


def _weight(candidate: Candidate) -> float:
    return -candidate.prior


def _wider(found: tuple[Match, ...], cities: int, short: bool) -> list[Candidate]:
    """The countries, areas and regions of a name, which stand before its ``cities``."""
    w = words().weight
    people: dict[str | None, int] = {}
    quarters = set()
    for place, name_kind in found[cities:]:
        people.setdefault(place.region_code, place.population)  # the biggest stands first
        if name_kind == "main" and (not place.population or place.population > 20_000):
            quarters.add(place.region_code)
    regions = {m.place.country_code for m in found[:cities] if m.place.kind == "region" and m.name_kind == "main"}
    out = []
    for place, name_kind in found[:cities]:
        if place.kind == "country" and name_kind != "main" and place.country_code in regions:
            continue  # England is a region before it is a loose word for its country
        weight = prior(place, name_kind)
        if place.kind == "region":
            if place.population < CHIEF_CITY * people.get(place.region_code, 0):
                weight += w["chief_city"]
            if name_kind in ("weak", "alias") and place.region_code in quarters:
                weight += w["quarter_district"]
            if short and (name_kind == "weak" or place.country_code not in CODES_IN_USE):
                weight += w["unused_code"]
        out.append(Candidate(place, name_kind == "code", weight))
    return out


def _is_nickname(name: str, place: Place) -> bool:
    main = key(place.name)
    return (
        place.kind == "city"
        and place.country_code in ENGLISH_SPEAKING
        and name.isascii()
        and len(name) > 3
        and name[:4] != main[:4]
        and name not in main
        and main not in name
    )


def known(text: str) -> bool:
    """Whether a text as a whole names a place or a wider area."""
    name = key(text)
    return bool(name) and (bool(candidates(name)) or name in words().scope)


def code(text: str) -> bool:
    """Whether a text names a country or a region."""
    return any(c.place.kind in ("country", "region") for c in candidates(key(text)))


def is_country(text: str) -> bool:
    """Whether a text names a country."""
    return any(c.place.kind == "country" for c in candidates(key(text)))


def tokens(parts: Cut) -> list[Token]:
    """The parts with the places each may name; a part may turn out to hold several."""
    out: list[Token] = []
    for part, stretch in zip(parts.parts, parts.stretch_of, strict=True):
        if out and _STATION.match(part.text) and any(c.place.kind == "city" for c in out[-1].candidates[:1]):
            out.append(_token(part, stretch, 0, len(part.text), part.opens))
            out[-1].noise = True
        else:
            out += _resolve(part, stretch)
    if len(out) > LONG_STRING:
        for token in out:
            token.candidates = token.candidates[:FEW_CANDIDATES]
    return out


def _token(part: Part, stretch: int, start: int, end: int, opens: bool, found: tuple[Candidate, ...] = ()) -> Token:
    text = part.text[start:end]
    token = Token(text, part.start + start, part.start + end, opens, part.bracketed, stretch, found)
    token.after_mode = part.after_mode
    token.scope = words().scope.get(key(text))
    return token


def _resolve(part: Part, stretch: int) -> list[Token]:
    vocabulary = words()
    found = candidates(key(part.text))
    if key(part.text) in vocabulary.scope:
        found = tuple(c for c in found if c.place.kind in ("area", "country"))
    if len(part.text) == 3 and part.text.isupper() and any(c.is_code and c.place.kind == "country" for c in found):
        unlikely = words().weight["name_in_capitals"]  # "SUR": Suriname's code rather than the town of Sur
        found = tuple(
            sorted((c if c.is_code else c._replace(prior=c.prior + unlikely) for c in found), key=lambda c: -c.prior)
        )
    if " " in key(part.text) and key(part.text) in vocabulary.noise:
        found = ()
    whole = _token(part, stretch, 0, len(part.text), part.opens, found)
    if (len(part.text) == 1 and part.text.isascii()) or (
        part.text.islower() and key(part.text) in vocabulary.noise_words
    ):
        whole.candidates, whole.noise = (), True
        return [whole]
    if key(part.text) in vocabulary.time_zone:
        whole.candidates, whole.noise = (), True
        return [whole]
    if found or whole.scope:
        return [whole]
    spans = _spans(part.text)
    names = [key(part.text[a:b]) for a, b in spans]
    if not names:
        return []
    if _is_detail(names, vocabulary):
        whole.noise = True
        return [whole]
    if is_unspaced(part.text):
        return _unspaced(part, stretch)
    abbreviated = _abbreviated(part, stretch)
    if abbreviated:
        return abbreviated
    low, high = 0, len(spans)
    while low < high:  # numbers and words such as "office" come off both ends, the fewest that leave a name
        inner = part.text[spans[low][0] : spans[high - 1][1]]
        no_name = (low, high) == (0, len(spans)) or (len(inner) < 4 and inner.isascii() and inner.islower())
        trimmed = () if no_name else candidates(key(inner))
        if (
            trimmed
            and high < len(spans)
            and names[high].isdigit()
            and len(names[high]) < 4
            and " ".join(names[low:high]) in vocabulary.numbered
        ):
            whole.noise = True  # "Sector 62"
            return [whole]
        if trimmed:
            return [_token(part, stretch, spans[low][0], spans[high - 1][1], part.opens, trimmed)]
        if _is_noise(names[high - 1], vocabulary) and high - low > 1:
            high -= 1
        elif _is_noise(names[low], vocabulary) and high - low > 1:
            low += 1
        else:
            break
    address = _is_address(part.text, names, vocabulary)
    quarter = _quarter(part, stretch, spans[low][0], spans[high - 1][1])
    if quarter:
        return quarter
    covered = _cover(part, stretch, spans, names, address, vocabulary)
    if covered:
        return covered
    whole.noise = address
    return [whole]


def _is_detail(names: list[str], vocabulary: Words) -> bool:
    """Whether a part names a detail of a place: noise words alone, also with a point of the compass or a number."""
    plain = [n for n in names if not _is_noise(n, vocabulary)]
    if not plain or " ".join(names) in vocabulary.noise:
        return True
    if len(plain) == len(names):
        return False
    if all(n in vocabulary.compass for n in plain):
        return any(n in vocabulary.noise_words for n in names)
    return " ".join(plain) in vocabulary.numbered and any(n.isdigit() and len(n) < 4 for n in names)


def _quarter(part: Part, stretch: int, start: int, end: int) -> list[Token]:
    """``Berlin-Kreuzberg``, ``Brno-město``: a town before the hyphen of an unknown name."""
    hyphen = part.text.find("-", start, end)
    if hyphen - start <= 2:
        return []
    name = key(part.text[start:hyphen])
    found = tuple(
        c
        for c in candidates(name)
        if c.place.kind == "city"
        and (
            name in (key(c.place.name).split(" am ")[0], key(c.place.local_name or ""))
            or (c.place.population > BIG and not c.is_code and len(name) > 4)  # "Nürnberg"
        )
    )
    if not found:
        return []
    rest = key(part.text[hyphen + 1 : end])
    told = rest in words().noise_words or rest in words().time_zone
    if not told and not (
        found[0].place.population > QUARTERED and part.text[hyphen + 1].isupper() and not any(c.isdigit() for c in rest)
    ):
        return []
    token = _token(part, stretch, start, hyphen, part.opens, found)
    token.cost = words().weight["quarter"]
    return [token]


def _abbreviated(part: Part, stretch: int) -> list[Token]:
    """``Pfaffenhofen a. d. Ilm``, ``Ústí n. L.``, ``Stryków k. Łodzi``: names whose later words are abbreviated."""
    shorts = list(_SHORT_WORD.finditer(part.text))
    if not shorts:
        return []
    start = shorts[0].start()
    head = key(part.text[:start])
    if len(head) < 3 or head.isdigit():
        return []
    names = [head, *(key(m.group()) for m in _LETTERS.finditer(part.text, start))]
    found: tuple[Candidate, ...] = ()
    for full in default_places().beginning(head + " "):
        if _abbreviates(names[1:], full[len(head) + 1 :].split()):
            found += candidates(full)
    if found:
        places = {c.place.id: c for c in sorted(found, key=lambda c: c.prior)}
        best = tuple(sorted(places.values(), key=lambda c: -c.prior))
        return [_token(part, stretch, 0, len(part.text), part.opens, best)]
    if key(shorts[0].group()) in words().beside:
        found = tuple(c for c in candidates(head) if c.place.kind == "city")
        if found:
            return [_token(part, stretch, 0, len(part.text[:start].rstrip(" (,")), part.opens, found)]
    return []


def _abbreviates(short: list[str], full: list[str]) -> bool:
    """Whether each word is short for the full one: it begins alike, and its letters stand in it in their order."""
    if len(short) != len(full):
        return False
    for word, name in zip(short, full, strict=True):
        letters = iter(name)
        if word[0] != name[0] or not all(c in letters for c in word):
            return False
    return True


def _is_address(text: str, names: list[str], vocabulary: Words) -> bool:
    if text[:1].isdigit() or any(n in vocabulary.street for n in names[1:] or names):
        return True
    if any(len(n) > 6 and n.endswith(vocabulary.street_suffixes) for n in names):
        return True
    return len(names) > 3 and any(n.isdigit() and len(n) < 5 for n in names)


def _spans(text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    start = None
    for i, c in enumerate(text):
        if c.isspace() or c in ",/#()":
            if start is not None:
                out.append((start, i))
                start = None
        elif start is None:
            start = i
    if start is not None:
        out.append((start, len(text)))
    return out[:24]


def _is_noise(name: str, vocabulary: Words) -> bool:
    return (
        not name
        or name in vocabulary.noise_words
        or name in vocabulary.time_zone
        or (len(name) == 1 and name.isascii())
        or (len(name) < 12 and not name.isalpha() and any(c.isdigit() for c in name))
    )


def _name_at(part: Part, spans: list[tuple[int, int]], i: int, j: int) -> tuple[Candidate, ...]:
    """The places of the words i..j inside a longer part: abbreviations only in capitals."""
    text = part.text[spans[i][0] : spans[j - 1][1]].rstrip(".")
    name = key(text)
    if len(name) < 2 or (len(name) < 4 and text.isascii() and text.islower()):
        return ()
    found = candidates(name)
    if not found and "가" <= name[-1] <= "힣":
        found = candidates(_HANGUL_LEVEL.sub("", name))
    if found and len(name) <= 3 and not text.isupper():
        found = tuple(c for c in found if not c.is_code and c.place.population > 100_000)
    elif found and text[0].islower() and " " in text:  # "in TN" is not India's Tamil Nadu
        found = tuple(c for c in found if not c.is_code)
    return found


def _cover(
    part: Part, stretch: int, spans: list[tuple[int, int]], names: list[str], address: bool, vocabulary: Words
) -> list[Token]:
    """Names without commas between ("Pune Maharashtra India"), or one name after an address or before a word."""
    if names[-1] in vocabulary.ends:
        return []
    if address and not any(c.isdigit() for n in names[1:] for c in n) and any(n in vocabulary.way for n in names[:2]):
        return []  # "12 rue de Rivoli": the name is the street's
    out: list[Token] = []
    end = len(spans)
    while end > 0:
        size = 0
        for n in range(min(5, end), 0, -1):
            phrase = " ".join(names[end - n : end])
            if n > 1 and (phrase in vocabulary.noise or phrase in vocabulary.time_zone):
                size = n
                break
            if address and n == 1 and (names[end - 1] in vocabulary.street or names[end - 1] in vocabulary.direction):
                continue
            if n == 1 and end > 1 and names[end - 1].isdigit():
                continue
            found = _name_at(part, spans, end - n, end)
            if found:
                out.insert(0, _token(part, stretch, spans[end - n][0], spans[end - 1][1], False, found))
                size = n
                break
        if size:
            end -= size
        elif not address and (
            _is_noise(names[end - 1], vocabulary) or (not out and _HANGUL_WARD.match(names[end - 1]))
        ):
            end -= 1
        else:
            break
        if address and out and not out[0].candidates[0].is_code and out[0].candidates[0].place.kind == "city":
            end = 0
    if end > 0 and not address:
        first = next((n for n in range(min(4, end), 0, -1) if _name_at(part, spans, 0, n)), 0)
        if first == 1 and names[0] in vocabulary.noise_words:
            return []
        if out and any(c.place.kind in ("region", "country") for c in out[-1].candidates[:3]):
            pass  # "<unknown words> Region": what stands before is no known place
        elif first:
            found = tuple(c for c in _name_at(part, spans, 0, first) if c.place.population >= 100_000)
            if not found:
                return []
            out = [_token(part, stretch, spans[0][0], spans[first - 1][1], part.opens, found)]
        else:
            return []
    if out:
        out[0].opens = part.opens
    return out


def _unspaced(part: Part, stretch: int) -> list[Token]:
    """Scripts without spaces: the longest names from the left, with their word for "prefecture" or without."""
    out: list[Token] = []
    text, at = part.text[:40], 0
    while at < len(text):
        if out and _WARD.match(text, at) and any(c.place.kind == "city" for c in out[-1].candidates[:2]):
            break  # "大阪市北区": a ward of the city
        for end in range(min(len(text), at + 12), at + 1, -1):
            name = text[at:end]
            found = candidates(key(name)) or (
                candidates(key(name[:-1])) if len(name) > 2 and name[-1] in _LEVEL_SIGNS else ()
            )
            if found:
                if name[-1] in _REGION_SIGNS:
                    found = tuple(c for c in found if c.place.kind == "region") or found
                out.append(_token(part, stretch, at, end, part.opens and not out, found))
                at = end
                break
        else:
            break
    return out or [_token(part, stretch, 0, len(part.text), part.opens)]
