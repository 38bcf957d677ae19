"""What goes out: the record of one posting, with the reason and the probability of every value."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

_FIELDS: dict[type, tuple[tuple[str, ...], attrgetter[tuple[Any, ...]]]] = {}
"""The names of each class's fields and what reads them all at once; filled when first used, a dozen at most."""


def _fields(kind: type) -> tuple[tuple[str, ...], attrgetter[tuple[Any, ...]]]:
    if kind not in _FIELDS:
        names = tuple(f.name for f in fields(kind))
        _FIELDS[kind] = names, attrgetter(*names)
    return _FIELDS[kind]


class _Record:
    """What the classes here share: they travel between processes as their bare values, in order."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), _fields(type(self))[1](self)


def _as_dict(record: _Record) -> dict[str, Any]:
    names, values = _fields(type(record))
    return dict(zip(names, values(record)))


def _location(place: Location) -> dict[str, Any]:
    return {**_as_dict(place), "alternatives": [dict(x) for x in place.alternatives]}


def _skill(skill: Skill) -> dict[str, Any]:
    return {**_as_dict(skill), "surfaces": list(skill.surfaces), "spans": [list(x) for x in skill.spans]}


@dataclass(slots=True)
class Evidence(_Record):
    """Why a value is what it is.

    ``source`` names the input field the words stand in. For ``"description"`` the span counts code
    points in :attr:`Enrichment.text`; for any other source it counts code points in that input string
    as given (``"location_text[1]"`` is the second of several). ``start`` and ``end`` are ``None`` where the
    value comes from a whole field or from no words at all. ``score`` is the rule's own weight, not a
    probability, and is not part of the record that goes out.
    """

    field: str
    rule: str
    source: str
    start: int | None = None
    end: int | None = None
    value: Any = None
    score: float = 0.0
    note: Any = None

    def to_dict(self) -> dict[str, Any]:
        """The six keys of the output contract."""
        return {
            "field": self.field,
            "rule": self.rule,
            "source": self.source,
            "start": self.start,
            "end": self.end,
            "value": self.value,
        }


@dataclass(slots=True)
class Problem(_Record):
    """Something odd in the input, a conflict, or a field that failed while the rest stands."""

    code: str
    field: str
    message: str


@dataclass(slots=True)
class Section(_Record):
    """A part of the clean text: ``text[start:end]``, its heading included."""

    kind: str
    heading: str | None
    start: int
    end: int


@dataclass(slots=True)
class Language(_Record):
    """A BCP 47 code and the probability that it is right; ``shares`` where a posting mixes languages."""

    code: str | None
    confidence: float | None
    shares: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Location(_Record):
    """One place of work. ``confidence`` is the probability that city, region and country are all right."""

    raw: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    is_remote: bool = False
    confidence: float | None = None
    country_code: str | None = None
    region_code: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None
    kind: str | None = None
    country_confidence: float | None = None
    region_confidence: float | None = None
    alternatives: list[dict[str, Any]] = field(default_factory=list)

    def parsed(self) -> dict[str, Any]:
        """The six keys of a *Parsed Structured* location."""
        return {
            "raw": self.raw,
            "city": self.city,
            "region": self.region,
            "country": self.country,
            "is_remote": self.is_remote,
            "confidence": self.confidence,
        }


@dataclass(slots=True)
class Places(_Record):
    """What the place strings of a posting say: places of work, and how and from where one may work."""

    locations: list[Location] = field(default_factory=list)
    mode: str | None = None
    """``remote``, ``hybrid`` or ``onsite`` where a location string says so."""
    scope: list[str] = field(default_factory=list)
    """Where a remote worker may live, as the location strings name it."""


@dataclass(slots=True)
class Remote(_Record):
    """Remote policy with its scope."""

    policy: str | None = None
    confidence: float | None = None
    scope: list[str] = field(default_factory=list)
    office_days_per_week: float | None = None
    workplace_type: str | None = None


@dataclass(slots=True)
class SalaryBand(_Record):
    """One band of pay; ``kind`` is base, ote, bonus, commission, equity, allowance or total."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None
    kind: str = "base"
    label: str | None = None
    gross: bool | None = None
    raw: str | None = None


@dataclass(slots=True)
class Salary(_Record):
    """The base pay as stated, for the stated period; amounts in whole units of ``currency``."""

    raw: str | None = None
    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None
    confidence: float | None = None
    bands: list[SalaryBand] = field(default_factory=list)


@dataclass(slots=True)
class Title(_Record):
    """A title with its noise off, and where it stands among occupations."""

    normalized: str | None = None
    role: str | None = None
    seniority: str | None = None
    function: str | None = None
    isco08: str | None = None
    confidence: float | None = None


@dataclass(slots=True)
class Skill(_Record):
    """One technology, with every place it is named at; ``spans`` slice ``text`` to ``surfaces``."""

    name: str
    category: str
    surfaces: list[str] = field(default_factory=list)
    confidence: float = 0.0
    requirement: str | None = None
    years: float | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Enrichment(_Record):
    """The whole record of one posting. ``None`` means that the posting does not tell.

    >>> import enrich
    >>> record = enrich.enrich({"title": "Sr. Data Engineer (m/w/d)", "location_text": "München"})
    >>> record.location.city, record.location.country_code, record.seniority
    ('Munich', 'DE', 'senior')
    """

    id: str
    language: str | None = None
    language_confidence: float | None = None
    location: Location | None = None
    locations: list[Location] = field(default_factory=list)
    remote_policy: str | None = None
    remote_confidence: float | None = None
    remote_scope: list[str] = field(default_factory=list)
    office_days_per_week: float | None = None
    workplace_type: str | None = None
    salary_raw: str | None = None
    salary_min: float | None = None
    salary_max: float | None = None
    salary_currency: str | None = None
    salary_period: str | None = None
    salary_confidence: float | None = None
    salary_bands: list[SalaryBand] = field(default_factory=list)
    normalized_title: str | None = None
    title_info: Title | None = None
    seniority: str | None = None
    employment_type: str | None = None
    experience_years_min: float | None = None
    skills: list[Skill] = field(default_factory=list)
    launch_scope: dict[str, Any] | None = None
    text: str = ""
    sections: list[Section] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    inferred_at: str | None = None
    version: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    title: str | None = None
    company: str | None = None
    department: str | None = None
    url: str | None = None
    provider: str | None = None
    posted_at: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON types, keys in the contract's order."""
        out = _as_dict(self)
        out["location"] = _location(self.location) if self.location else None
        out["locations"] = [_location(x) for x in self.locations]
        out["remote_scope"] = list(self.remote_scope)
        out["salary_bands"] = [_as_dict(x) for x in self.salary_bands]
        info = self.title_info
        if info is not None:
            out["title_info"] = {k: getattr(info, k) for k in ("role", "seniority", "function", "isco08", "confidence")}
        out["skills"] = [_skill(x) for x in self.skills]
        out["sections"] = [_as_dict(x) for x in self.sections]
        out["evidence"] = [x.to_dict() for x in self.evidence]
        out["version"] = dict(self.version)
        out["problems"] = [_as_dict(x) for x in self.problems]
        return out

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON text (UTF-8 safe: lone surrogates never get this far)."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, default=str)

    def to_parsed_structured(self) -> dict[str, Any]:
        """The *Parsed Structured* object of a job record: its keys, its nesting, its ``None``."""
        return {
            "language": self.language,
            "location": self.location.parsed() if self.location else None,
            "salary_max": self.salary_max,
            "salary_min": self.salary_min,
            "inferred_at": self.inferred_at,
            "launch_scope": self.launch_scope,
            "remote_policy": self.remote_policy,
            "salary_period": self.salary_period,
            "workplace_type": self.workplace_type,
            "salary_currency": self.salary_currency,
        }

    def __repr__(self) -> str:
        place = ", ".join(x for x in (self.location.city, self.location.country_code) if x) if self.location else None
        skills = ", ".join(s.name for s in self.skills[:4]) + (", ..." if len(self.skills) > 4 else "")
        return (
            f"<Enrichment {self.id[:12]} {self.normalized_title!r} at {place or '-'}, {self.remote_policy or '-'}, "
            f"language {self.language or '-'}, skills [{skills}], {len(self.problems)} problems>"
        )

    def summary(self) -> list[tuple[str, str, str]]:
        """(field, value, confidence) rows, for a terminal or a notebook."""
        place = self.location
        pay = None
        if self.salary_min is not None or self.salary_max is not None:
            low, high = (f"{x:,.0f}" if x is not None else "" for x in (self.salary_min, self.salary_max))
            pay = f"{low} - {high} {self.salary_currency or ''} / {self.salary_period or '?'}"
        info = self.title_info
        where = ", ".join(x for x in (place.city, place.region, place.country) if x) if place else None
        rows: list[tuple[str, Any, float | None]] = [
            ("normalized_title", self.normalized_title, info.confidence if info else None),
            ("role", info.role if info else None, info.confidence if info else None),
            ("seniority", self.seniority, None),
            ("language", self.language, self.language_confidence),
            ("location", where, place.confidence if place else None),
            ("remote_policy", self.remote_policy, self.remote_confidence),
            ("remote_scope", ", ".join(self.remote_scope), None),
            ("salary", pay, self.salary_confidence),
            ("employment_type", self.employment_type, None),
            ("experience_years_min", self.experience_years_min, None),
            ("skills", ", ".join(s.name for s in self.skills), None),
        ]
        return [
            (k, "-" if v in (None, "") else str(v), "" if c is None or v is None else f"{c:.2f}") for k, v, c in rows
        ]

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr><th style='text-align:left'>{html.escape(k)}</th><td>{html.escape(v)}</td><td>{c}</td></tr>"
            for k, v, c in self.summary()
        )
        return f"<table><caption>{html.escape(self.title or self.id)}</caption>{body}</table>"
