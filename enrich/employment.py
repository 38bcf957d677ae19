"""Kind of employment: from the board's field, the title and the text, in the names of schema.org's ``employmentType``."""

from __future__ import annotations

from enrich.job import Job
from enrich.phrases import vocabulary
from enrich.result import Evidence, Problem

KINDS = ("full_time", "part_time", "contract", "temporary", "internship", "apprenticeship", "volunteer")

FIELD, TITLE, TEXT = 3.0, 2.0, 1.0
SECTION = {"about": 0.5, "legal": 0.6, "benefits": 0.7, "preferred": 0.5}
"""What a section takes from a statement in it: employers speak of themselves there."""

RANK = {"internship": 6, "apprenticeship": 5, "volunteer": 5, "temporary": 4, "contract": 3, "full_time": 2, "part_time": 2}
"""Of statements equally strong the narrower kind counts: a freelance job may well be full time. Of the two working
times the one named first."""


def _find(text: str, source: str, score: float) -> list[Evidence]:
    out = []
    for hit in vocabulary("employment").find(text):
        kind, weight = hit.kind, score
        if kind == "off":
            continue
        if kind in ("trainee", "worker"):
            if source == "description":
                continue
            kind = "internship" if kind == "trainee" else "contract"
        out.append(Evidence("employment_type", kind, source, hit.start, hit.end, kind, weight))
    return out


def propose(job: Job) -> list[Evidence]:
    """Every statement of the kind of employment; ``fixed`` and ``permanent`` tell of the term alone.

    A label of the board's field that is no kind of employment (a payroll provider, a grade) is named as a problem.
    """
    out: list[Evidence] = []
    label = job.posting.employment_type
    if label and label.strip():
        found = _find(label, "employment_type", FIELD)
        if not found:
            message = f"{label.strip()[:80]!r} is no kind of employment; the field was not used"
            job.problems.append(Problem("unknown_employment_type", "employment_type", message))
        out += found
    out += _find(job.posting.title, "title", TITLE)
    for evidence in _find(job.text, "description", TEXT)[:20]:
        section = job.section_at(evidence.start or 0)
        evidence.score *= SECTION.get(section.kind, 1.0) if section else 1.0
        out.append(evidence)
    return out


def decide(evidence: list[Evidence], job: Job) -> str | None:
    """The kind stated most firmly: field before title before text; a fixed term is a contract where no kind is told."""
    stated = [e for e in evidence if e.value in KINDS and (e.source != "description" or e.score >= 0.5)]
    if stated:
        return str(max(stated, key=lambda e: (int(e.score), RANK[e.value])).value)
    return "contract" if any(e.value == "fixed" for e in evidence) else None
