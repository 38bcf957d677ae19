"""What the parts of a place string mean together: whole readings, weighed against each other.

A reading's score is a log-likelihood: the logarithm of the share of mankind that lives in the place, less what the
string's form costs (order, unknown parts, abbreviations), with the country that the board, the language or a post
code speak for. Probabilities are a softmax over all readings of a stretch, so that the country can be all but
certain where the city is not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from enrich.places.strings import Cut, Part, cut
from enrich.places.words import Words, is_unspaced, words
from gazetteer.normalize import key
from gazetteer.places import Place, default_places

MAX_CANDIDATES = 80
MAX_LEVELS = 6
EARTH_RADIUS_KM = 6371.0
_LEVEL_SIGNS = frozenset("県府都道市区町村郡省縣區州")
_REGION_SIGNS = frozenset("県府道省縣")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with its weight before anything else is known."""

    place: Place
    is_code: bool
    prior: float


@dataclass(slots=True)
class Token:
    """A part of the string with the places it may name; none where it is unknown, and then ``noise`` says if it may be skipped."""

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


@dataclass(slots=True)
class Hypothesis:
    """One reading of one place of the string."""

    score: float
    city: str | None
    place: Place
    is_code: bool = False
    written: bool = False
    """The city's name is the string's own: a known name of a place, but none known in that region."""

    @property
    def region_code(self) -> str | None:
        return None if self.place.kind == "country" else self.place.region_code

    @property
    def region(self) -> str | None:
        if self.place.kind == "region":
            return self.place.name
        return None if self.place.kind == "country" else self.place.region

    @property
    def country_code(self) -> str | None:
        return self.place.country_code


@dataclass(slots=True)
class Found:
    """One place of the string: its readings, best first, and the words they stand on."""

    hypotheses: list[Hypothesis]
    start: int
    end: int
    stretch: int
    levels: int
    bracketed: bool = False
    fuzzy: bool = False
    probabilities: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Setting:
    """What is known beside the string: weights by country (logarithms)."""

    hint: str | None = None
    boost: dict[str, float] = field(default_factory=dict)
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
    people = max(float(place.population or 0), w["city_floor"])
    score = w["population"] * math.log(people / w["world"])
    if place.kind in ("region", "country", "area"):
        score += w[place.kind]
    score += w.get(name_kind, w["alias"])
    return score + w["market"] * vocabulary.market.get(place.country_code or "", 0.0)


@lru_cache(maxsize=4096)
def candidates(name: str) -> tuple[Candidate, ...]:
    """The places a name (a key) may mean, most likely first."""
    found = default_places().lookup(name, None, MAX_CANDIDATES)
    best: dict[object, Candidate] = {}
    short = len(name) <= 3 and name.isascii()
    for match in found:
        if short and match.place.kind == "city" and match.name_kind != "main" and match.place.population < 500_000:
            continue  # an airport's or a plate's code
        candidate = Candidate(match.place, match.name_kind == "code", prior(match.place, match.name_kind))
        old = best.get((match.place.kind, match.place.id))
        if old is None or candidate.prior > old.prior:
            best[(match.place.kind, match.place.id)] = candidate
    return tuple(sorted(best.values(), key=lambda c: -c.prior)[:MAX_CANDIDATES])


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
        out += _resolve(part, stretch)
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
    whole = _token(part, stretch, 0, len(part.text), part.opens, found)
    if (len(part.text) == 1 and part.text.isascii()) or (part.text.islower() and key(part.text) in vocabulary.noise_words):
        whole.candidates, whole.noise = (), True
        return [whole]
    if found or whole.scope:
        return [whole]
    spans = _spans(part.text)
    names = [key(part.text[a:b]) for a, b in spans]
    if not names:
        return []
    if all(_is_noise(n, vocabulary) for n in names):
        whole.noise = True
        return [whole]
    if is_unspaced(part.text):
        return _unspaced(part, stretch)
    low, high = 0, len(spans)
    while low < high:  # numbers and words such as "office" come off both ends, the fewest that leave a name
        trimmed = (
            candidates(key(part.text[spans[low][0] : spans[high - 1][1]])) if (low, high) != (0, len(spans)) else ()
        )
        if trimmed:
            return [_token(part, stretch, spans[low][0], spans[high - 1][1], part.opens, trimmed)]
        if _is_noise(names[high - 1], vocabulary) and high - low > 1:
            high -= 1
        elif _is_noise(names[low], vocabulary) and high - low > 1:
            low += 1
        else:
            break
    spans, names = spans[low:high], names[low:high]
    address = _is_address(part.text, names, vocabulary)
    quarter = _quarter(part, stretch)
    if quarter:
        return quarter
    covered = _cover(part, stretch, spans, names, address, vocabulary)
    if covered:
        return covered
    whole.noise = address
    return [whole]


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
        or (any(c.isdigit() for c in name) and len(name) < 12)
    )


def _name_at(part: Part, spans: list[tuple[int, int]], i: int, j: int) -> tuple[Candidate, ...]:
    """The places of the words i..j inside a longer part: abbreviations only in capitals."""
    text = part.text[spans[i][0] : spans[j - 1][1]].rstrip(".")
    name = key(text)
    if len(name) < 2:
        return ()
    found = candidates(name)
    if found and len(name) <= 3 and not text.isupper():
        found = tuple(c for c in found if not c.is_code and c.place.population > 100_000)
    return found


def _cover(
    part: Part, stretch: int, spans: list[tuple[int, int]], names: list[str], address: bool, vocabulary: Words
) -> list[Token]:
    """Names one after the other without commas ("Pune Maharashtra India"), or a name after an address or before a word."""
    if names[-1] in vocabulary.ends:
        return []
    out: list[Token] = []
    end = len(spans)
    while end > 0:
        size = 0
        for n in range(min(5, end), 0, -1):
            if address and n == 1 and (names[end - 1] in vocabulary.street or names[end - 1] in vocabulary.direction):
                continue
            found = _name_at(part, spans, end - n, end)
            if found:
                out.insert(0, _token(part, stretch, spans[end - n][0], spans[end - 1][1], False, found))
                size = n
                break
        if size:
            end -= size
        elif _is_noise(names[end - 1], vocabulary) and not address:
            end -= 1
        else:
            break
        if address and out and not out[0].candidates[0].is_code and out[0].candidates[0].place.kind == "city":
            end = 0
    if end > 0 and not address:
        first = next((n for n in range(min(4, end), 0, -1) if _name_at(part, spans, 0, n)), 0)
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


def _quarter(part: Part, stretch: int) -> list[Token]:
    """``Berlin-Kreuzberg``, ``Brno-město``: a well-known city before the hyphen of an unknown name."""
    hyphen = part.text.find("-")
    if hyphen <= 2:
        return []
    name = key(part.text[:hyphen])
    found = tuple(
        c for c in candidates(name) if c.place.kind == "city" and name in (key(c.place.name), key(c.place.local_name or ""))
    )
    rest = key(part.text[hyphen + 1 :])
    if not found or not (rest in words().noise_words or rest in words().time_zone or found[0].place.population > 200_000):
        return []
    token = _token(part, stretch, 0, hyphen, part.opens, found)
    token.cost = words().weight["quarter"]
    return [token]


def _unspaced(part: Part, stretch: int) -> list[Token]:
    """Scripts without spaces: the longest names from the left (``東京都港区``), with the word for "prefecture" or without."""
    out: list[Token] = []
    text, at = part.text[:40], 0
    while at < len(text):
        for end in range(min(len(text), at + 12), at + 1, -1):
            name = text[at:end]
            found = candidates(key(name)) or (candidates(key(name[:-1])) if len(name) > 2 and name[-1] in _LEVEL_SIGNS else ())
            if found:
                if name[-1] in _REGION_SIGNS:
                    found = tuple(c for c in found if c.place.kind == "region") or found
                out.append(_token(part, stretch, at, end, part.opens and not out, found))
                at = end
                break
        else:
            break
    return out or [_token(part, stretch, 0, len(part.text), part.opens)]


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance; far where a coordinate is unknown."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return 1e9
    x = math.radians(a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return EARTH_RADIUS_KM * math.hypot(x, math.radians(a.latitude - b.latitude))


def _agrees(context: Token, head: Place, w: dict[str, float]) -> float | None:
    """What a further part says of the head place: a gain where one of its places holds it, ``None`` where none does."""
    best: float | None = None
    for candidate in context.candidates:
        place = candidate.place
        gain: float | None = None
        if place.kind == "country":
            if place.country_code == head.country_code:
                gain = w["step"]
        elif place.kind == "region":
            if head.kind != "country" and place.region_code and place.region_code == head.region_code:
                gain = w["step"] if head.kind == "city" else w["same_region"]
        elif place.kind == "area":
            if _in_area(place, head):
                gain = w["step"]
        elif head.kind == "city" and place.country_code == head.country_code:
            if place.id == head.id:
                gain = w["step"] * 2
            elif place.population > 4 * head.population and place.region_code == head.region_code:
                near = distance_km(place, head)
                ratio = place.population / max(1, head.population)
                if near < 40 and (ratio > 15 or head.country_code == "FR"):
                    gain = w["near"] - near / 20
        if gain is not None and (best is None or gain > best):
            best = gain
    return best


def _in_area(area: Place, head: Place) -> bool:
    if area.region_code:
        return head.kind != "country" and head.region_code == area.region_code
    if area.country_code and not area.expands:
        return area.country_code == head.country_code
    return head.country_code in (area.expands or ())


def group(some: list[Token], setting: Setting) -> list[Hypothesis]:
    """The readings of consecutive parts as one place, best first; none where they do not fit together."""
    w = words().weight
    named = [t for t in some if t.candidates]
    if not named:
        return []
    cost = sum(w["noise"] if t.noise else w["unknown"] for t in some if not t.candidates and not t.scope) * 0.1
    out: list[Hypothesis] = []
    last = len(named) - 1
    for i, token in enumerate(named):
        lower = token.text.islower() and len(token.text) <= 3
        for candidate in token.candidates:
            head = candidate.place
            score = candidate.prior + cost + token.cost + setting.weight(head.country_code)
            if lower and candidate.is_code:
                score -= 2.0
            for j, other in enumerate(named):
                if j != i:
                    gain = _agrees(other, head, w)
                    if gain is None:
                        break
                    score += gain
            else:
                if i > 0:
                    plain = last == 1 and any(
                        c.place.kind == "city" and not c.is_code and c.place.population > 50_000
                        for c in named[0].candidates[:6]
                    )
                    score += w["reversed_pair"] if plain else w["reversed"] * (0.3 if i == last else 1)
                    if any(t.after_mode for t in named[:i]) and last < 2:
                        score += w["after_mode"]
                out.append(
                    Hypothesis(score, head.name if head.kind == "city" else None, head, candidate.is_code)
                )
    if not out and len(named) > 1:
        out = _foreign(named, setting, w)
    out.sort(key=lambda h: -h.score)
    return out[:40]


def _foreign(named: list[Token], setting: Setting, w: dict[str, float]) -> list[Hypothesis]:
    """A known name before a region that has no such place of ours: the name stands as written, in that region."""
    first, rest = named[0], named[1:]
    if len(named) == 2 and first.candidates[0].is_code and not rest[0].candidates[0].is_code:
        first, rest = rest[0], named[:1]
    kinds = {c.place.kind for c in first.candidates if not c.is_code}
    if "city" not in kinds or "country" in kinds:
        return []
    if any(c.place.kind == "city" and not c.is_code and c.place.population > 50_000 for c in rest[0].candidates):
        return []  # "Klagenfurt, Salzburg": two cities
    heads = [h for h in group(rest, setting) if h.place.kind in ("region", "country")]
    out = []
    for h in heads:
        extra = 0.0 if h.place.kind == "region" else w["foreign_country"]
        out.append(Hypothesis(h.score + w["foreign"] + extra, first.text.strip(), h.place, written=True))
    return out


def _ignored(all_tokens: list[Token], i: int, w: dict[str, float]) -> float:
    """What it costs to take a known name for no place; a name that stands alone is always taken for one."""
    others = [t for t in all_tokens if t.stretch == all_tokens[i].stretch and t is not all_tokens[i]]
    if not any(t.candidates for t in others):
        return -1000.0
    if all_tokens[i].bracketed and not all_tokens[i].opens:
        return w["ignored_bracket"]
    return w["ignored_address"] if any(t.noise for t in others) else w["ignored"]


def divide(all_tokens: list[Token], setting: Setting) -> list[Found]:
    """The tokens divided into places so that the sum of the best readings is greatest."""
    w = words().weight
    n = len(all_tokens)
    best = [0.0] + [-math.inf] * n
    back: list[tuple[int, list[Hypothesis]]] = [(0, [])] * (n + 1)
    for i in range(n):
        if best[i] == -math.inf:
            continue
        token = all_tokens[i]
        skip = best[i] + (_ignored(all_tokens, i, w) if token.candidates else 0.0)
        if skip > best[i + 1]:
            best[i + 1], back[i + 1] = skip, (i, [])
        if not token.candidates:
            continue
        for j in range(i + 1, min(n, i + MAX_LEVELS) + 1):
            if j > i + 1 and all_tokens[j - 1].opens:
                break
            if j > i + 1 and not all_tokens[j - 1].candidates:
                continue
            readings = group(all_tokens[i:j], setting)
            if not readings:
                if j > i + 1:
                    break
                continue
            score = best[i] + readings[0].score + w["group"]
            if token.bracketed and not token.opens:
                score += w["bracket"]
            if score > best[j]:
                best[j], back[j] = score, (i, readings)
    out: list[Found] = []
    j = n
    while j > 0:
        i, readings = back[j]
        if readings:
            some = all_tokens[i:j]
            levels = sum(1 for t in some if t.candidates)
            out.append(
                Found(
                    readings,
                    some[0].start,
                    some[-1].end,
                    some[0].stretch,
                    levels,
                    all(t.bracketed for t in some),
                    any(t.nearly for t in some),
                )
            )
        j = i
    out.reverse()
    return out


def weigh(found: list[Found]) -> None:
    """Probabilities of each place's readings, with what the string's other places say of the country."""
    w = words().weight
    for item in found:
        item.probabilities = softmax([h.score for h in item.hypotheses])
    if len(found) < 2:
        return
    sure = []
    for item in found:
        country, p = share(item, lambda h: h.country_code)
        sure.append(country if p > 0.9 else None)
    tops = [item.hypotheses[0] for item in found]
    for item, top in zip(found, tops, strict=True):
        others = [(h, c) for h, c in zip(tops, sure, strict=True) if h is not top]
        near = {c for _, c in others if c}
        coded = {h.country_code for h, _ in others if h.is_code and h.place.kind == "region"}
        kinds = sum(1 for h, _ in others if h.place.kind == "country" and not h.is_code)
        for h in item.hypotheses:
            if h.country_code in near:
                h.score += w["sibling"]
            if h.is_code and h.place.kind == "region" and h.country_code in coded:
                h.score += w["sibling_code"]
            if kinds >= 2 and kinds == len(others) and h.place.kind == "country":
                h.score += w["sibling_kind"]
        item.hypotheses.sort(key=lambda h: -h.score)
        item.probabilities = softmax([h.score for h in item.hypotheses])


def softmax(scores: list[float]) -> list[float]:
    """Probabilities in proportion to ``exp(score)``."""
    if not scores:
        return []
    top = max(scores)
    weights = [math.exp(s - top) for s in scores]
    total = sum(weights)
    return [x / total for x in weights]


def share(item: Found, value: object) -> tuple[str | None, float]:
    """The most probable value of ``value(hypothesis)`` and its probability."""
    sums: dict[str | None, float] = {}
    for h, p in zip(item.hypotheses, item.probabilities, strict=True):
        v = value(h)  # type: ignore[operator]
        sums[v] = sums.get(v, 0.0) + p
    return max(sums.items(), key=lambda x: x[1]) if sums else (None, 0.0)


def read(raw: str, setting: Setting) -> tuple[Cut, list[Token], list[Found]]:
    """A string's places with their readings weighed, beside how it was cut."""
    pieces = cut(raw, known, code, is_country)
    for country in pieces.postcodes:
        setting.boost[country] = setting.boost.get(country, 0.0) + words().weight["postcode"]
    all_tokens = tokens(pieces)
    _departments(all_tokens, setting)
    if not setting.exact:
        _nearly(all_tokens, setting)
    found = divide(all_tokens, setting)
    weigh(found)
    return pieces, all_tokens, found


def _nearly(all_tokens: list[Token], setting: Setting) -> None:
    """Names with a typing error, where the country is known: the last resort, and believed little."""
    unknown = [t for t in all_tokens if not t.candidates and not t.noise and not t.scope and 5 <= len(t.text) <= 40]
    if not unknown or len(unknown) > 3 or any(c.isdigit() for t in unknown for c in t.text):
        return
    countries = {
        t.candidates[0].place.country_code
        for t in all_tokens
        if t.candidates and t.candidates[0].place.kind in ("country", "region")
    }
    country = setting.hint or (countries.pop() if len(countries) == 1 else None)
    for token in unknown:
        if token.text[0].islower() and not token.text.islower():
            continue
        near = default_places().fuzzy(token.text, country, 5)
        limit = 0.86 if country else 0.9
        token.candidates = tuple(
            Candidate(m.place, False, prior(m.place, "alias"))
            for m, ratio in near
            if ratio >= limit and (country or m.place.population > 100_000) and m.name_kind in ("main", "alias")
        )
        if token.candidates:
            token.cost += words().weight["fuzzy"]
            token.nearly = True


def _departments(all_tokens: list[Token], setting: Setting) -> None:
    """``07 - ANNONAY`` on a French board, ``AT, 5``: numbers that stand for a subdivision."""
    vocabulary = words()
    places = default_places()
    country = setting.hint
    for i, token in enumerate(all_tokens):
        if token.candidates and len(token.text) <= 3 and i == 0 and token.text.isupper():
            country = next((c.place.country_code for c in token.candidates if c.place.kind == "country"), country)
        text = token.text.strip().upper()
        if not token.noise and token.candidates and not (i > 0 and len(text) <= 3 and country):
            continue
        if len(text) > 3 or not text:
            continue
        region = vocabulary.department.get(text) if i == 0 and country in (None, "FR") else None
        region = region or (f"{country}-{text}" if country and i > 0 else None)
        if region:
            place = places.region(region)
            if place is not None:
                token.candidates = (Candidate(place, True, prior(place, "code")), *token.candidates)
                token.noise = False
                if text in vocabulary.department and country is None and i == 0:
                    setting.boost["FR"] = setting.boost.get("FR", 0.0) + vocabulary.weight["postcode"]
