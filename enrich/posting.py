"""What comes in: one posting, whatever its shape, and the only validation of input there is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from enrich.result import Problem

TEXT_KEYS = (
    "title",
    "description",
    "company",
    "department",
    "url",
    "provider",
    "country_hint",
    "workplace_type",
    "employment_type",
    "salary_text",
    "language",
    "posted_at",
)


@dataclass(slots=True)
class PlaceParts:
    """A place as a board's own fields give it: names or codes, any of them missing."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    postal_code: str | None = None

    def text(self) -> str:
        """The parts as one string, city first."""
        return ", ".join(x for x in (self.city, self.region, self.country) if x)


@dataclass(slots=True)
class PayParts:
    """Pay as a board's own fields give it; ``period`` in the source's own word."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None
    kind: str | None = None


@dataclass(slots=True)
class Posting:
    """One posting in the library's own terms; see :func:`read`."""

    id: str = ""
    title: str = ""
    description: str = ""
    location_text: list[str] = field(default_factory=list)
    company: str | None = None
    department: str | None = None
    url: str | None = None
    provider: str | None = None
    country_hint: str | None = None
    workplace_type: str | None = None
    employment_type: str | None = None
    salary_text: str | None = None
    language: str | None = None
    posted_at: str | None = None
    places: list[PlaceParts] = field(default_factory=list)
    """Structured places of an ATS, primary first; each is also in ``location_text`` as one string."""
    pay: list[PayParts] = field(default_factory=list)
    remote_scope: list[str] = field(default_factory=list)
    """Where a remote worker may live, as structured fields name it (countries' names or codes)."""
    experience_months: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def clean(text: str) -> str:
    """``text`` without what no output may hold: lone surrogates become U+FFFD, NULs go."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    try:
        sound = b"\x00" not in text.encode("utf-8")
    except UnicodeEncodeError:
        text, sound = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), False
    return text if sound else text.replace("\x00", "")


def content_id(record: Mapping[str, Any]) -> str:
    """A stable id of a record without one: 40 hex digits of the SHA-256 of its content."""
    body = json.dumps(record, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(body.encode("ascii", "backslashreplace")).hexdigest()[:40]


def as_text(value: Any, key: str, problems: list[Problem]) -> str | None:
    """``value`` as text, or ``None``; a value of another type is turned into text and named as a problem."""
    if value is None:
        return None
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and value != value:  # NaN: how tables spell "missing"
        return None
    problems.append(Problem("not_text", key, f"{key} is of type {type(value).__name__}, not text; it was read as text"))
    if isinstance(value, (list, tuple)):
        return clean("\n".join(str(x) for x in value if x is not None))
    if isinstance(value, bytes):
        return clean(value.decode("utf-8", "replace"))
    return clean(str(value))


def as_texts(value: Any, key: str, problems: list[Problem]) -> list[str]:
    """``value`` as a list of non-empty texts: a string is one, a list is several."""
    if not isinstance(value, (list, tuple)):
        value = [value]
    out: list[str] = []
    for item in value:
        if isinstance(item, Mapping):
            item = item.get("name") or item.get("label") or ", ".join(str(x) for x in item.values() if x)
        text = as_text(item, key, problems)
        if text and text.strip():
            out.append(text)
    return out


def read(record: Mapping[str, Any]) -> Posting:
    """A posting from a record of any shape that is known: plain, schema.org, or an ATS's own payload.

    Raises:
        TypeError: ``record`` is no mapping.
    """
    if not isinstance(record, Mapping):
        raise TypeError(
            f"a posting is a mapping such as {{'title': ..., 'description': ...}}, not {type(record).__name__}; "
            "for JSON text use json.loads first, for many postings use Enricher.pipe"
        )
    from enrich import sources

    reader = sources.recognise(record)
    posting = reader(record) if reader else read_plain(record)
    posting.id = posting.id or content_id(record)
    return posting


def read_plain(record: Mapping[str, Any]) -> Posting:
    """A posting from a record with the library's own keys; unknown keys go to ``extra``."""
    problems: list[Problem] = []
    posting = Posting(problems=problems)
    for key in TEXT_KEYS:
        text = as_text(record.get(key), key, problems)
        if text is not None:
            setattr(posting, key, text)
    posting.location_text = as_texts(record.get("location_text"), "location_text", problems)
    identity = record.get("id")
    posting.id = "" if identity is None else clean(str(identity))
    known = {*TEXT_KEYS, "id", "location_text"}
    posting.extra = {clean(str(k)): v for k, v in record.items() if k not in known}
    if not (posting.title.strip() or posting.description.strip() or posting.location_text):
        found = ", ".join(sorted(map(str, record))[:8]) or "no keys at all"
        problems.append(
            Problem(
                "empty_posting",
                "posting",
                f"none of title, description and location_text is given (found: {clean(found)})",
            )
        )
    return posting
