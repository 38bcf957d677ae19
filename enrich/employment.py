"""Kind of employment: from the board's field, the title and the text, in schema.org's terms."""

from __future__ import annotations

import re

from enrich.job import Job
from enrich.phrases import Hit, languages_of, vocabulary
from enrich.result import Evidence, Problem

KINDS = ("full_time", "part_time", "contract", "temporary", "internship", "apprenticeship", "volunteer")

FIELD, TITLE, TEXT = 3.0, 2.0, 1.0
SECTION = {"about": 0.5, "legal": 0.6, "benefits": 0.7, "preferred": 0.5}
"""What a section takes from a statement in it: employers speak of themselves there."""

HOURS = 0.8
"""What hours take from a statement: words for the working time are plainer."""

RANK = {
    "internship": 6,
    "apprenticeship": 5,
    "volunteer": 5,
    "temporary": 4,
    "contract": 3,
    "full_time": 2,
    "part_time": 2,
}
"""Of statements equally strong the narrower kind counts: a freelance job may well be full time. Of the two working
times the one named first."""


_TERM = {"cover": "temporary", "fixed": "contract"}
"""What a term is where nothing else is told."""
FULL_TIME_FROM, PART_TIME_UNDER = 35, 30
"""Hours a week; what lies between may be either."""

_HOURS_BEFORE = re.compile(
    r"(?<![\d.,])(\d{2})(?:[.,]\d+)?(?:\s*(?:-|–|to|bis|à|a|tot|till)\s*(\d{2})(?:[.,]\d+)?)?[\s-]*$"
)
_CLOSED = re.compile(r"\s*(?:[,;.)\n]|$)")
_SPAN = re.compile(r"\b(?:within|in|every|after|up|dans|sous|innerhalb|nach|binnen|inom)\s[^\n]*$", re.IGNORECASE)
_HOURS_AFTER = re.compile(r"\s*:?\s*(\d{2})(?:[.,]\d+)?\b")


def _read(text: str, source: str, score: float, hits: list[Hit]) -> list[Evidence]:
    out = []
    for hit in hits:
        kind: str | None = hit.kind.removesuffix("_label")
        if kind != hit.kind and source == "description" and not _alone(text, hit):
            continue
        weight = 1.0
        if kind in ("hours", "hours_bare"):
            kind, weight = _hours(text, hit), HOURS
        if kind and kind != "off":
            out.append(Evidence("employment_type", hit.kind, source, hit.start, hit.end, kind, score * weight))
    return out


def _alone(text: str, hit: Hit) -> bool:
    """Whether nothing else stands in the line: a label that the board set there."""
    left = text.rfind("\n", 0, hit.start) + 1
    right = text.find("\n", hit.end)
    return not (text[left : hit.start] + text[hit.end : right if right >= 0 else len(text)]).strip(" -•:.")


def _hours(text: str, hit: Hit) -> str | None:
    found = _HOURS_BEFORE.search(text[max(0, hit.start - 24) : hit.start]) or _HOURS_AFTER.match(text, hit.end)
    hours = int(found[found.lastindex or 1]) if found else 0
    if hit.kind == "hours_bare":
        closed = _CLOSED.match(text, hit.end) and not _SPAN.search(text, max(0, hit.start - 24), hit.start)
        return "full_time" if closed and FULL_TIME_FROM <= hours <= 45 else None
    return "full_time" if FULL_TIME_FROM <= hours <= 60 else "part_time" if 4 <= hours < PART_TIME_UNDER else None


def propose(job: Job) -> list[Evidence]:
    """Every statement of the kind of employment; ``fixed`` and ``permanent`` tell of the term alone.

    A label of the board's field that is no kind of employment (a payroll provider, a grade) is named as a problem.
    """
    out: list[Evidence] = []
    label = job.posting.employment_type
    if label and label.strip():
        words = vocabulary("employment", None, frozenset(), "fields")
        found = _read(label, "employment_type", FIELD, words.find(label))
        if not found:
            message = f"{label.strip()[:80]!r} is no kind of employment; the field was not used"
            job.problems.append(Problem("unknown_employment_type", "employment_type", message))
        out += found
    title = job.posting.title
    words = vocabulary("employment", None, languages_of(job, title=True))
    out += _read(title, "title", TITLE, words.find(title))
    for evidence in _read(job.text, "description", TEXT, job.hits("employment"))[:20]:
        section = job.section_at(evidence.start or 0)
        evidence.score *= SECTION.get(section.kind, 1.0) if section else 1.0
        out.append(evidence)
    return out


def decide(evidence: list[Evidence], job: Job) -> str | None:
    """The kind stated most firmly: field before title before text; the term alone tells where no kind is told."""
    stated = [e for e in evidence if e.value in KINDS and (e.source != "description" or e.score >= 0.5)]
    term = next((_TERM[kind] for kind in _TERM if any(e.value == kind for e in evidence)), None)
    if stated and not (term and all(e.rule.startswith("hours") and e.value == "full_time" for e in stated)):
        return str(max(stated, key=lambda e: (int(e.score), not e.rule.startswith("hours"), RANK[e.value])).value)
    return term
