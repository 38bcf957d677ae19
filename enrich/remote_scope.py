"""From where a remote job may be done: countries and areas that fields, place strings, title and text name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enrich.job import Job
from enrich.phrases import sentence
from enrich.remote_words import COUNTRY, mode_words, scope_words
from enrich.result import Evidence
from gazetteer.places import Match, default_places

AREAS = {"EU": "EU", "EMEA": "EMEA", "LATAM": "LATAM", "APAC": "APAC", "NA": "NA", "Europe": "Europe"}
AREAS |= {"European Union": "EU", "Latin America": "LATAM", "Asia-Pacific": "APAC", "North America": "NA"}
AREAS |= {"South America": "LATAM", "Central America": "LATAM", "Asia": "APAC", "Southeast Asia": "APAC"}
AREAS |= {"Central and Eastern Europe": "Europe", "Eastern Europe": "Europe", "Western Europe": "Europe"}
AREAS |= {"Asia Pacific": "APAC", "European Economic Area": "EU", "Worldwide": "worldwide", "worldwide": "worldwide"}
MAX_SCOPE = 40
_NAME = re.compile(
    r"(?<![\w@/.])(?:the )?((?:[A-Z]\.){2,3}|[^\W\d_][\w'’\-]*\.?(?: (?:and|of|the|&)? ?[^\W\d_][\w'’\-]*){0,3})"
)
_WORD = re.compile(r"(?:[A-Z]\.){2,3}|[^\W\d_][\w’'\-]*")
_WORLD = re.compile(
    r"\b(?:worldwide|world wide|anywhere in the world|work from anywhere(?! (?:in|within|for|up)\b)|globally remote|"
    r"remote global|any country|weltweit|en todo el mundo|no mundo todo|из любой точки мира)\b"
)
_ZONES = (
    ("european time", "Europe"),
    ("european timezone", "Europe"),
    ("european business hours", "Europe"),
    ("eu time zone", "Europe"),
)
_NO_NAME = frozenset(
    {
        "IN",
        "OR",
        "ME",
        "IT",
        "IS",
        "BE",
        "AT",
        "NO",
        "SO",
        "TO",
        "DE",
        "LA",
        "ID",
        "PM",
        "AM",
        "HR",
        "AI",
        "QA",
        "ML",
        "CA",
        "AS",
        "MS",
    }
)
_CODES = frozenset({"US", "USA", "UK", "GB", "EU", "UAE", "EMEA", "LATAM", "APAC", "DACH", "EEA", "NA"})
_FOLDED = {"DACH": ["DE", "AT", "CH"], "Americas": ["NA", "LATAM"], "The Americas": ["NA", "LATAM"]}


def structured_scope(names: Iterable[str]) -> list[str]:
    """Scope that structured fields name: countries' names or codes, areas' names.

    >>> structured_scope(["Germany", "USA", "EMEA", "California"])
    ['DE', 'US', 'EMEA']
    """
    out: list[str] = []
    for name in names:
        for code in _codes_of(name.strip(), loose=True):
            if code not in out:
                out.append(code)
    return out


def scope_of(job: Job, said: list[Evidence]) -> tuple[list[str], list[Evidence]]:
    """The scope of a remote job, and why: fields first, then place strings, the title, and the text."""
    if job.posting.remote_scope:
        out = structured_scope(job.posting.remote_scope)
        if out:
            return out, [Evidence("remote_scope", "declared", "remote_scope", None, None, code) for code in out]
    named = _areas_of([s for s in job.places.scope if s])
    if named and named != ["worldwide"]:
        return named, [Evidence("remote_scope", "location_scope", "location_text", None, None, s) for s in named]
    out, reasons = _from_title(job)
    if len(out) <= 1:  # one country in a title is often one board's copy: an area that the text names is wider
        wider, why = _from_text(job, said)
        if not out or (len(wider) == 1 and wider[0] in AREAS.values() and wider[0] != "worldwide"):
            out, reasons = wider, why
    if out:
        return out, reasons
    if named:
        return named, [Evidence("remote_scope", "location_scope", "location_text", None, None, s) for s in named]
    tied = any(e.source.startswith("location_text") and e.value == "remote" for e in said)
    codes = list(dict.fromkeys(p.country_code for p in job.places.locations if p.country_code))
    if tied and len(codes) == 1:
        return codes, [Evidence("remote_scope", "remote_place", "location_text", None, None, codes[0])]
    return [], []


def _areas_of(codes: list[str]) -> list[str]:
    """The areas that a list of countries stands for where it is one of :data:`_FOLDED`, else the list."""
    if len(codes) > 10:
        for name, areas in _FOLDED.items():
            if any(set(m.place.expands) == set(codes) for m in default_places().lookup(name)):
                return areas
    return codes


def _from_title(job: Job) -> tuple[list[str], list[Evidence]]:
    title = job.posting.title
    for hit in mode_words().find(title[:500]):
        if hit.kind in ("full", "remote"):
            found = _names(title, hit.end, min(len(title), hit.end + 60)) or _names(
                title, max(0, hit.start - 12), hit.start
            )
            codes = _unique(found)
            if codes:
                return codes, [Evidence("remote_scope", "title_scope", "title", s, e, code) for code, s, e in found]
    return [], []


def _from_text(job: Job, said: list[Evidence]) -> tuple[list[str], list[Evidence]]:
    """What the text names: beside its words for remote work first, then wherever it says where workers may live."""
    text = job.text
    stated = [
        (e.start, e.end)
        for e in said
        if e.source == "description" and e.value == "remote" and e.start is not None and e.end is not None
    ]
    found = _beside(text, stated)
    if found:
        return _unique(found), _reasons(found)
    folded = job.folded
    live = [(h.start, h.end) for h in scope_words().find(text, folded=folded) if h.kind == "live"]
    found = _beside(text, [p for p in live if not _is_legal(job, p[0])])
    if found:
        return _unique(found), _reasons(found)
    for words, code in _ZONES:
        at = folded.find(words)
        if at >= 0:
            return [code], [Evidence("remote_scope", "time_zone", "description", at, at + len(words), code)]
    world = _WORLD.search(folded)
    if world:
        reason = Evidence("remote_scope", "worldwide", "description", world.start(), world.end(), "worldwide")
        return ["worldwide"], [reason]
    return [], []


def _beside(text: str, places: list[tuple[int, int]]) -> list[tuple[str, int, int]]:
    """Names in the sentences of ``places``, up to words that leave them out or speak of the employer."""
    found: list[tuple[str, int, int]] = []
    seen: set[int] = set()
    for start, end in sorted(places):
        left, right = sentence(text, start, end)
        if left in seen:
            continue
        seen.add(left)
        hits = scope_words().find(text[left:right])
        outside = [h.start + left for h in hits if h.kind == "outside"]
        if any(o < start for o in outside):
            continue
        until = min((o for o in outside if o >= end), default=right)
        told = [(h.kind[len(COUNTRY) :], h.start + left, h.end + left) for h in hits if h.kind.startswith(COUNTRY)]
        here = _names(text, end, until) or [one for one in told if one[1] < until]
        if not here and start - left <= 40:
            here = _names(text, left, start)
        found += here
        if len(seen) > 20:
            break
    return found


def _is_legal(job: Job, at: int) -> bool:
    section = job.section_at(at)
    return section is not None and section.kind == "legal"


def _reasons(found: list[tuple[str, int, int]]) -> list[Evidence]:
    return [Evidence("remote_scope", "text_scope", "description", s, e, code) for code, s, e in found[:10]]


def _unique(found: list[tuple[str, int, int]]) -> list[str]:
    return list(dict.fromkeys(code for code, _, _ in found))[:MAX_SCOPE]


def _names(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Countries and areas named in ``text[start:end]``, longest names first: (code, start, end)."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, min(end, start + 250))]
    out: list[tuple[str, int, int]] = []
    i = 0
    while i < len(words):
        step = 1
        if text[words[i][0]].isupper():
            for size in (4, 3, 2, 1):
                if i + size > len(words):
                    continue
                left, right = words[i][0], words[i + size - 1][1]
                name = text[left:right]
                if "," in name or "\n" in name or ";" in name:
                    continue
                codes = _codes_of(name)
                if codes:
                    out += [(code, left, right) for code in codes]
                    step = size
                    break
        i += step
    return out


def _codes_of(name: str, *, loose: bool = False) -> list[str]:
    """Scope codes of one name: a country's, an area's; a state of the US stands for the US."""
    bare = name.replace(".", "")
    if len(bare) <= 3 and bare.isupper() and not loose and bare not in _CODES:
        return []
    if bare in _FOLDED:
        return _FOLDED[bare]
    if bare in ("US", "USA"):
        return ["US"]
    if bare in ("EU", "EEA"):
        return ["EU"]
    try:
        matches: list[Match] = default_places().lookup(bare)
    except (OSError, RuntimeError):
        return []
    for match in matches:
        place = match.place
        if match.name_kind in ("weak", "historic") and not loose:
            continue
        if match.name_kind == "code" and not loose and bare not in _CODES:
            continue
        if place.kind == "country" and place.country_code:
            return [place.country_code]
        if place.kind == "area":
            known = AREAS.get(place.name) or AREAS.get(bare)
            if known:
                return [known]
            return list(place.expands)[:MAX_SCOPE]
        if place.kind == "region" and place.country_code == "US" and match.name_kind in ("main", "alias"):
            return ["US"]
        return []
    return []
