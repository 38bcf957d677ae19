"""How many days a week the office is asked for: "two days a week in the office", "3 Tage Homeoffice pro Woche"."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from enrich.phrases import VOCABULARY, Hit, number, number_pattern
from enrich.remote_words import WEEKDAYS
from gazetteer.tables import load_toml

WORKDAYS = 5.0
BESIDE = 20
"""So many characters at most stand between the name of a day and the place it is spent at."""
_AT_OFFICE = frozenset({"office", "onsite", "onsite_word"})
_AT_HOME = frozenset({"home", "remote", "full"})
_BOTH = frozenset({"hybrid", "hybrid_word"})


_NEXT = re.compile(r"[,;]|\b(?:and|und|et|y|e|en|och|og|ja|i|a|и|і|و|και|ir|un|ostalo)\b")
"""What begins the next part of a sentence: "two days a week and work from home for the rest"."""
_BETWEEN = re.compile(r"[ ,/&-]{1,4}(?:[^\W\d]{1,7} ){0,2}")
"""What stands between days that are named in a row."""
_A_IS_AND = re.compile("[ěřůýč]")
"""Letters of Czech, where "a" is no "to"."""


@lru_cache(maxsize=64)
def _count(languages: frozenset[str]) -> re.Pattern[str]:
    """A number, or a range of two, close before the word for "day"."""
    n = number_pattern(languages)
    return re.compile(rf"({n})(?:\s*(?:-|/|or|to|bis|oder|à|a|ou|o|do|till|до|~|～|〜| )\s*({n}))?\s*\+?\s*(?:\w+\s)?$")


def office_days(
    folded: str, start: int, end: int, hits: list[Hit], languages: frozenset[str] = frozenset(), *, weekly: bool = False
) -> tuple[float, int, int] | None:
    """Days a week at the office that a sentence asks for, and where it says so.

    Args:
        folded: the folded text; the sentence is ``folded[start:end]``.
        hits: the phrases of the sentence.
        languages: whose number words count; all without any.
        weekly: days are of a week even where it is not said: in a place string.

    Returns:
        (days, start, end); of a range the lower end. Days at home are taken from a week of five. ``None`` where no
        days are counted, or it is not said of what.
    """
    days = [h for h in hits if h.kind == "day"]
    places = [h for h in hits if h.kind in _AT_OFFICE or h.kind in _AT_HOME]
    if not days:
        return _named_days(folded, start, end, hits)
    weekly = weekly or any(h.kind == "week" for h in hits)
    mixed = any(h.kind in _BOTH for h in hits)
    if not places or not (weekly or mixed or any(h.kind in _AT_OFFICE for h in places)):
        return _named_days(folded, start, end, hits)
    for day in days:
        left = max(start, day.start - 30)
        found = _count(languages).search(folded, left, day.start)
        if found is None:
            continue
        low = number(found.group(1))
        if low is None or not 0 < low <= WORKDAYS:
            continue
        if not weekly and not mixed and low == WORKDAYS and not any(h.kind == "onsite" for h in hits):
            continue
        where = min(places, key=partial(_far, folded, day))
        gap = where.start - day.end if where.start >= day.end else found.start() - where.end
        if gap > 60:
            continue
        high = number(found.group(2)) if found.group(2) else None
        if where.kind in _AT_HOME:
            most = high if high is not None and high <= WORKDAYS else low
            low = WORKDAYS - most
            if low == 0:
                continue
        return low, min(found.start(), where.start), max(day.end, where.end)
    return _named_days(folded, start, end, hits)


def _far(folded: str, day: Hit, place: Hit) -> float:
    """How far a place stands from the days: those after them are nearer, if no other part of the sentence begins."""
    if place.start >= day.end:
        gap = float(place.start - day.end)
        return gap * 3 + 20 if _NEXT.search(folded, day.end, place.start) else gap
    return (day.start - place.end) * 1.5 + 3


def _named_days(folded: str, start: int, end: int, hits: list[Hit]) -> tuple[float, int, int] | None:
    """Days of the week beside a place: "in the office on Tuesdays and Thursdays", "Fridays from home"."""
    days = [h for h in hits if h.kind in WEEKDAYS]
    if not days:
        return None
    rows = _rows(folded, days)
    mixed = any(h.kind in _BOTH or h.kind in _AT_HOME for h in hits)
    for kinds in (_AT_OFFICE, _AT_HOME, _BOTH):
        for place in hits:
            if place.kind not in kinds:
                continue
            for first, last, count, spans in rows:
                left, right = min(place.end, last), max(place.start, first)
                if right - left > BESIDE or _NEXT.search(folded, left, right):
                    continue
                if kinds is _BOTH and first < place.end:
                    continue
                if count < WORKDAYS and (mixed or not spans):
                    return (
                        WORKDAYS - count if kinds is _AT_HOME else count,
                        min(first, place.start),
                        max(last, place.end),
                    )
    return None


@lru_cache(maxsize=1)
def _span_words() -> frozenset[str]:
    """What stands between the first and the last of some days; nothing, where a hyphen does."""
    return frozenset(["", *load_toml(VOCABULARY / "remote.toml")["fields"]["span"]])


def _rows(folded: str, days: list[Hit]) -> list[tuple[int, int, float, bool]]:
    """Days named in a row: start, end, how many they are, and whether some are only spanned ("Monday to Wednesday")."""
    out: list[tuple[int, int, float, bool]] = []
    begin, before, named, spans = days[0].start, days[0], {WEEKDAYS[days[0].kind]}, False
    for day in days[1:]:
        gap, number = folded[before.end : day.start], WEEKDAYS[day.kind]
        if not _BETWEEN.fullmatch(gap):
            out.append((begin, before.end, float(len(named)), spans))
            begin, named, spans = day.start, set(), False
        elif (word := gap.strip(" -")) in _span_words() and not (
            word == "a" and _A_IS_AND.search(folded, begin, day.end)
        ):
            last = WEEKDAYS[before.kind]
            named.update(range(last, number) if last <= number else (*range(last, 7), *range(number)))
            spans = True
        named.add(number)
        before = day
    out.append((begin, before.end, float(len(named)), spans))
    return out
