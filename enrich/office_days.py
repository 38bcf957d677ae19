"""How many days a week the office is asked for: "two days a week in the office", "3 Tage Homeoffice pro Woche"."""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.phrases import Hit, number, number_pattern

WORKDAYS = 5.0
_AT_OFFICE = frozenset({"office", "onsite", "onsite_word"})
_AT_HOME = frozenset({"home", "remote", "full"})
_BOTH = frozenset({"hybrid", "hybrid_word"})


@lru_cache(maxsize=1)
def _count() -> re.Pattern[str]:
    """A number, or a range of two, close before the word for "day"."""
    n = number_pattern()
    return re.compile(rf"({n})(?:\s*(?:-|/|or|to|bis|oder|à|a|ou|o|do|till|до|~|～|〜| )\s*({n}))?\s*\+?\s*(?:\w+\s)?$")


def office_days(folded: str, start: int, end: int, hits: list[Hit]) -> tuple[float, int, int] | None:
    """Days a week at the office that a sentence asks for, and where it says so.

    Args:
        folded: the folded text; the sentence is ``folded[start:end]``.
        hits: the phrases of the sentence.

    Returns:
        (days, start, end); of a range the lower end. Days at home are taken from a week of five. ``None`` where no
        days are counted, or it is not said of what.
    """
    days = [h for h in hits if h.kind == "day"]
    weekly = any(h.kind == "week" for h in hits)
    places = [h for h in hits if h.kind in _AT_OFFICE or h.kind in _AT_HOME]
    mixed = any(h.kind in _BOTH for h in hits)
    if not places or not (weekly or mixed or any(h.kind in _AT_OFFICE for h in places)):
        return None
    for day in days:
        left = max(start, day.start - 30)
        found = _count().search(folded, left, day.start)
        if found is None:
            continue
        low = number(found.group(1))
        if low is None or not 0 < low <= WORKDAYS:
            continue
        if not weekly and not mixed and low == WORKDAYS and not any(h.kind == "onsite" for h in hits):
            continue
        where = min(places, key=lambda h: h.start - day.end if h.start >= day.end else (day.start - h.end) * 1.5 + 3)
        gap = where.start - day.end if where.start >= day.end else found.start() - where.end
        if gap > 60:
            continue
        high = number(found.group(2)) if found.group(2) else None
        if where.kind in _AT_HOME:
            most = high if high is not None and high <= WORKDAYS else low
            low = WORKDAYS - most
            if low == 0:
                return None
        return low, min(found.start(), where.start), max(day.end, where.end)
    return None
