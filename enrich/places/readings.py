"""What the parts of a place string mean together: whole readings, weighed against each other.

A reading's score is a log-likelihood: the logarithm of the share of mankind that lives in the place, less what the
string's form costs (order, unknown parts, abbreviations), with the country that the board, the language or a post
code speak for. Probabilities are a softmax over all readings of a stretch, so that the country can be all but
certain where the city is not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from enrich.places.afterthoughts import beside, nearly, subdivisions
from enrich.places.context import Context
from enrich.places.strings import MAX_LENGTH, Cut, cut
from enrich.places.tokens import Setting, Token, code, is_country, known, tokens
from enrich.places.words import words
from gazetteer.normalize import key
from gazetteer.places import Place

MAX_LEVELS = 6


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


def group(some: list[Token], setting: Setting) -> list[Hypothesis]:
    """The readings of consecutive parts as one place, best first; none where they do not fit together."""
    w = words().weight
    named = [t for t in some if t.candidates]
    if not named:
        return []
    cost = sum(w["noise"] if t.noise else w["unknown"] for t in some if not t.candidates and not t.scope) * 0.1
    out: list[Hypothesis] = []
    fewest = sorted(named, key=lambda t: len(t.candidates))  # ask first who holds least
    held: list[tuple[Context, Token]] = []
    if len(fewest) > 1:
        narrow = None if fewest[0].text.isdigit() else fewest[0].reach()  # a head elsewhere fits no reading
        held = [(t.holds(narrow), t) for t in fewest]
    for i, token in enumerate(named):
        lower = token.text.islower() and len(token.text) <= 3
        others = [x for x in held if x[1] is not token]
        reach = next((c.reach for c, t in others[:1] if not t.text.isdigit()), None)
        order = _order(named, i, w) + cost + token.cost
        coded = i == 0 and not setting.remote and _is_state_or_country(named)
        for candidate in token.candidates:
            head = candidate.place
            if reach is not None and head.country_code not in reach:
                continue
            score = candidate.prior + order
            if setting.boost or setting.hint:
                score += setting.weight(head.country_code)
            if lower and candidate.is_code:
                score -= 2.0
            if coded and head.kind == "region" and not candidate.is_code:
                score += w["region_before_code"]
            for context, other in others:
                gain = context.agrees(head, w)
                if gain is None and other.text.isdigit() and other.candidates[0].place.country_code != "FR":
                    gain = w["ignored_number"]  # a subdivision's number that is out of date or made up
                if gain is None:
                    break
                score += gain
            else:
                out.append(Hypothesis(score, head.name if head.kind == "city" else None, head, candidate.is_code))
    if not out and len(named) > 1:
        out = _foreign(named, setting, w)
    out.sort(key=lambda h: -h.score)
    return out[:40]


def _is_state_or_country(named: list[Token]) -> bool:
    """``Ontario, CA``: a name, then two letters that are a country's code and a state's, too."""
    if len(named) != 2 or len(named[1].text) != 2:
        return False
    kinds = {c.place.kind for c in named[1].candidates if c.is_code}
    return "country" in kinds and "region" in kinds


def _order(named: list[Token], i: int, w: dict[str, float]) -> float:
    """What it costs that the head is not the first part."""
    if i == 0:
        return 0.0
    last = len(named) - 1
    plain = (
        last == 1
        and len(named[0].text) > 3
        and any(
            c.place.kind == "city"
            and not c.is_code
            and c.place.population > 50_000
            and c.place.latitude is not None  # a suburb that the list of cities lacks
            for c in named[0].candidates[:6]
        )
    )
    cost = w["reversed_pair"] if plain else w["reversed"] * (0.3 if i == last else 1)
    if last < 2 and any(t.after_mode for t in named[:i]):
        cost += w["after_mode"]
    return cost


def _foreign(named: list[Token], setting: Setting, w: dict[str, float]) -> list[Hypothesis]:
    """A known name before a region that has no such place of ours: the name stands as written, in that region."""
    first, rest = named[0], named[1:]
    if (
        len(named) == 2
        and (first.text.isdigit() or first.candidates[0].is_code)
        and not (rest[0].candidates[0].is_code)
    ):
        first, rest = rest[0], named[:1]
    if len(first.text) <= 3:
        return []
    kinds = {c.place.kind for c in first.candidates if not c.is_code}
    if "city" not in kinds or "country" in kinds:
        return []
    if any(c.place.kind == "city" and not c.is_code and c.place.population > 50_000 for c in rest[0].candidates):
        return []  # "Klagenfurt, Salzburg": two cities
    heads = [h for h in group(rest, setting) if h.place.kind in ("region", "country")]
    out = []
    for h in heads:
        extra = 0.0 if h.place.kind == "region" else w["foreign_country"]
        out.append(Hypothesis(h.score + w["foreign"] + extra, _as_name(first.text), h.place, written=True))
    return out


def _ignored(all_tokens: list[Token], i: int, setting: Setting, w: dict[str, float]) -> float:
    """What it costs to take a known name for no place; a name that stands alone is always taken for one."""
    if _is_vague(all_tokens[i]) and any(t.candidates and not _is_vague(t) for t in all_tokens):
        return w["ignored_vague"]
    others = [t for t in all_tokens if t.stretch == all_tokens[i].stretch and t is not all_tokens[i]]
    if not any(t.candidates for t in others):
        return -1000.0
    if all_tokens[i].text.isdigit():
        return w["ignored_address"] if i == 0 and all_tokens[i].text in words().department else w["ignored_number"]
    if all_tokens[i].bracketed and not all_tokens[i].opens:
        return w["ignored_bracket"]
    return (
        w["ignored_address"]
        if setting.address or any(t.noise and any(c.isdigit() for c in t.text) for t in others)
        else w["ignored"]
    )


def _is_vague(token: Token) -> bool:
    """``North West``, ``Southern District``: which part of some land, that stands beside it or is meant."""
    return all(word in words().vague for word in key(token.text).split())


def _written(all_tokens: list[Token], item: Found) -> None:
    """``Bärenthal, Landes, France``: an unknown name before a region or country is most likely a town there."""
    top = item.hypotheses[0]
    if top.place.kind not in ("region", "country", "area") or not top.place.country_code:
        return
    inside = [i for i, t in enumerate(all_tokens) if item.start <= t.start < item.end]
    before, after = inside[0] - 1, inside[-1] + 1
    if before >= 0 and not all_tokens[inside[0]].opens and _may_be_town(all_tokens[before]):
        token = all_tokens[before]
    elif (
        after < len(all_tokens)
        and not all_tokens[after].opens
        and not all_tokens[after].bracketed
        and (item.levels > 1 or top.is_code)
        and _may_be_town(all_tokens[after])
    ):
        token = all_tokens[after]
    else:
        return
    name = _as_name(token.text)
    score = top.score + words().weight["written"]
    item.hypotheses.insert(0, Hypothesis(score, name, top.place, top.is_code, written=True))
    item.start, item.end = min(item.start, token.start), max(item.end, token.end)
    item.levels += 1


def _as_name(text: str) -> str:
    text = text.strip()
    return text.title() if text.isupper() or text.islower() else text


def _may_be_town(token: Token) -> bool:
    text = token.text
    if token.candidates or token.noise or token.scope or not 3 < len(text) < 30 or not text[0].isalpha():
        return False
    if any(c.isdigit() for c in text) or (text[0].islower() and text[0] != text[0].upper()):
        return False
    names = key(text).split()
    vocabulary = words()
    return 0 < len(names) <= 4 and not any(n in vocabulary.sites or n in vocabulary.nowhere for n in names)


def _alone(token: Token, setting: Setting) -> float:
    """The score of the best reading of a part by itself, as :func:`group` would give it."""
    if not (setting.boost or setting.hint or token.text.islower()):
        return token.candidates[0].prior + token.cost  # most likely first
    return group([token], setting)[0].score


def divide(all_tokens: list[Token], setting: Setting) -> list[Found]:
    """The tokens divided into places so that the sum of the best readings is greatest."""
    w = words().weight
    n = len(all_tokens)
    whole = _as_one(all_tokens, setting, w) if n <= MAX_LEVELS else None
    if whole is not None:
        return [_found(all_tokens, whole)] if whole else []
    best = [0.0] + [-math.inf] * n
    back: list[tuple[int, list[Hypothesis] | None]] = [(0, [])] * (n + 1)
    for i in range(n):
        if best[i] == -math.inf:
            continue
        token = all_tokens[i]
        skip = best[i] + (_ignored(all_tokens, i, setting, w) if token.candidates else 0.0)
        if skip > best[i + 1]:
            best[i + 1], back[i + 1] = skip, (i, [])
        if not token.candidates:
            continue
        for j in range(i + 1, min(n, i + MAX_LEVELS) + 1):
            if j > i + 1 and all_tokens[j - 1].opens:
                break
            if j > i + 1 and not all_tokens[j - 1].candidates:
                continue
            readings: list[Hypothesis] | None = None
            if j == i + 1:
                gain = _alone(token, setting)
            else:
                readings = group(all_tokens[i:j], setting)
                if not readings:
                    break
                gain = readings[0].score
            score = best[i] + gain + w["group"]
            if token.bracketed and not token.opens:
                score += w["bracket"]
            if score > best[j]:
                best[j], back[j] = score, (i, readings)
    out: list[Found] = []
    j = n
    while j > 0:
        i, readings = back[j]
        some = all_tokens[i:j]
        if readings is None:
            readings = group(some, setting)
        if readings:
            out.append(_found(some, readings))
        j = i
    out.reverse()
    return out


def _as_one(all_tokens: list[Token], setting: Setting, w: dict[str, float]) -> list[Hypothesis] | None:
    """The readings of all parts as one place, where no division of them can be better; else ``None``.

    A reading is never better than its best part alone: what a further part adds is a cost. So two places cost at least
    their two best parts, and to take a part for no place costs at least :func:`_ignored`'s least.
    """
    if len(all_tokens) < 2:
        return group(all_tokens, setting)
    if any(t.bracketed or not t.candidates for t in all_tokens) or any(t.opens for t in all_tokens[1:]):
        return None
    readings = group(all_tokens, setting)
    if not readings:
        return None
    gain = max([0.0, *setting.boost.values()]) + (w["hint"] if setting.hint else 0.0)
    alone = sorted([max([c.prior for c in t.candidates]) + gain for t in all_tokens], reverse=True)
    score = readings[0].score
    ignoring = max(w["ignored"], w["ignored_number"], w["ignored_address"])
    dividing = w["group"] + alone[1] + sum([max(0.0, x + w["group"]) for x in alone[2:]])
    return readings if score > alone[0] + max(ignoring, dividing) else None


def _found(some: list[Token], readings: list[Hypothesis]) -> Found:
    """The place that consecutive parts name."""
    return Found(
        readings,
        some[0].start,
        some[-1].end,
        some[0].stretch,
        sum(1 for t in some if t.candidates),
        all(t.bracketed for t in some),
        any(t.nearly for t in some),
    )


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


def share(item: Found, value: Callable[[Hypothesis], str | None]) -> tuple[str | None, float]:
    """The most probable value of ``value(hypothesis)`` and its probability."""
    sums: dict[str | None, float] = {}
    for h, p in zip(item.hypotheses, item.probabilities, strict=True):
        v = value(h)
        sums[v] = sums.get(v, 0.0) + p
    return max(sums.items(), key=lambda x: x[1]) if sums else (None, 0.0)


def read(raw: str, setting: Setting) -> tuple[Cut, list[Token], list[Found]]:
    """A string's places with their readings weighed, and how it was cut; remembered, so not to be changed."""
    return _read(raw[:MAX_LENGTH], setting.hint, tuple(setting.boost.items()), setting.address, setting.exact)


@lru_cache(maxsize=256)
def _read(
    raw: str, hint: str | None, boost: tuple[tuple[str, float], ...], address: bool, exact: bool
) -> tuple[Cut, list[Token], list[Found]]:
    setting = Setting(hint, dict(boost), address=address, exact=exact)
    pieces = cut(raw, known, code, is_country)
    setting.remote = "remote" in pieces.modes
    for country in pieces.postcodes:
        setting.boost[country] = setting.boost.get(country, 0.0) + words().weight["postcode"]
        setting.address = True
    all_tokens = tokens(pieces)
    if len(all_tokens) > 1:
        beside(all_tokens)
    subdivisions(all_tokens, setting)
    if not setting.exact:
        nearly(all_tokens, setting)
    found = divide(all_tokens, setting)
    if not setting.exact:
        for item in found:
            _written(all_tokens, item)
    weigh(found)
    return pieces, all_tokens, found
