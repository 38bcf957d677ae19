"""Reading other people's JSON: values by path, whatever is missing or of another type on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.posting import PayParts, PlaceParts, Posting, as_text, clean


def get(record: Any, *path: str) -> Any:
    """The value at the path of keys, or ``None`` where any of them is missing."""
    for key in path:
        if type(record) is not dict and not isinstance(record, Mapping):
            return None
        record = record.get(key)
    return record


def text(value: Any) -> str | None:
    """``value`` as text; ``None`` for empty text, a mapping or a list."""
    if type(value) is not str:
        if value is None or isinstance(value, (Mapping, list, tuple, bool)):
            return None
        value = str(value)
    return clean(value).strip() or None


def listed(value: Any) -> list[Any]:
    """A list as it is, ``None`` as none, anything else as one."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def number(value: Any) -> float | None:
    """A finite positive number, given as number or as plain digits; anything else is ``None``."""
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "").strip())
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 < value < 1e15 else None


def add_place(posting: Posting, city: Any = None, region: Any = None, country: Any = None, postal: Any = None) -> bool:
    """Add a place of named parts, and its text, unless all are empty or it is there already."""
    parts = PlaceParts(text(city), text(region), text(country), text(postal))
    if not parts.text() or parts in posting.places:
        return False
    posting.places.append(parts)
    posting.location_text.append(parts.text())
    return True


def add_text(posting: Posting, *values: Any) -> None:
    """Add place strings that are not there yet."""
    for value in values:
        found = text(value)
        if found and found not in posting.location_text:
            posting.location_text.append(found)


def add_pay(posting: Posting, low: Any, high: Any, currency: Any, period: Any, kind: Any = None) -> None:
    """Add structured pay unless it has no figure."""
    pay = PayParts(number(low), number(high), text(currency), text(period), text(kind))
    if pay.min is not None or pay.max is not None:
        posting.pay.append(pay)


def body(posting: Posting, *parts: tuple[str | None, Any]) -> None:
    """The description from (heading, HTML or text) parts, in order."""
    out = []
    for heading, value in parts:
        found = as_text(value, "description", posting.problems)
        if found and found.strip():
            out.append((f"<h3>{heading}</h3>\n" if heading else "") + found)
    posting.description = "\n".join(out)
