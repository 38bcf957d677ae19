"""Years of experience: the least that the main requirement asks for.

A number stands before a unit of time ("5+ years", "mindestens drei Jahre", "3年以上"); what stands around it says
whether it is experience that is counted, or an age, the employer's history, a contract's length. Of the required ones
the first counts: it is the main requirement, and of two paths (with or without a degree) the first-named.
"""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.job import Job
from enrich.phrases import VOCABULARY, Phrases, number, number_pattern, sentence
from enrich.result import Evidence
from gazetteer.tables import load_toml

MOST_YEARS = 20
"""More than this is nobody's requirement but a history."""

NEAR = 90
"""Characters either side of the years in which a word of experience speaks of them."""

KIND_SCORE = {
    "requirements": 0.35,
    "preferred": -0.5,
    "benefits": -0.5,
    "about": -0.25,
    "legal": -0.25,
    "process": -0.2,
}
ENOUGH = 0.5


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    """What stands right before the unit: a number, or a range, with its plus sign or closing bracket."""
    one = number_pattern()
    to = "-|–|—|~|～|〜|to|bis|à|a|do|до|tot|till|til|/|and|or|oder|ou|o|hingga|עד"
    span = rf"({one})(?:\s*\+)?(?:\s*(?:{to})\s*{one})?"
    more = r"(?:\s*(?:\+|plus|or more|oder mehr|ou plus|o más|ou mais|of meer))?"
    return re.compile(rf"{span}{more}\s*(?:\(\s*\d+\s*\)\s*)?(?:full\s|consecutive\s|volle[n]?\s|godina\s)?$")


_PLUS = re.compile(r"\d\s*\+|\d\s*(?:-|–|to|~|à|bis)\s*\d")
_AFTER = re.compile(r"\s*\+?\s*(?:of|in|as|with|working|building|developing|leading|managing|selling|\w+ing)\b")


@lru_cache(maxsize=1)
def _units() -> Phrases:
    """Units of time, what needs no unit, and phrases that take a unit's word for another meaning ("years old")."""
    return _phrases("year", "month", "dual", "none", "off")


@lru_cache(maxsize=1)
def _context() -> Phrases:
    """What may stand around the years."""
    return _phrases("experience", "least", "upto", "off")


def _phrases(*kinds: str) -> Phrases:
    tables = load_toml(VOCABULARY / "experience.toml")
    return Phrases({code: {k: v for k, v in table.items() if k in kinds} for code, table in tables.items()})


def _candidates(text: str) -> list[Evidence]:
    out: list[Evidence] = []
    for hit in _units().find(text):
        if hit.kind == "none":
            out.append(Evidence("experience_years_min", "none_asked", "description", hit.start, hit.end, 0.0, 0.3))
        elif hit.kind == "dual":
            _add(out, text, hit.start, hit.end, 2.0)
        elif hit.kind in ("year", "month"):
            left = text[max(0, hit.start - 40) : hit.start]
            low = left.lower()
            found = _before().search(low if len(low) == len(left) else left)
            value = number(found.group(1)) if found else None
            if found is not None and value is not None:
                start = hit.start - (len(left) - found.start())
                _add(out, text, start, hit.end, value if hit.kind == "year" else round(value / 12, 2))
    return out


def _add(out: list[Evidence], text: str, start: int, end: int, value: float) -> None:
    """Weigh what stands around the years at ``text[start:end]`` and add them, if they may be of experience."""
    left, right = sentence(text, start, end)
    left, right = max(left, start - NEAR), min(right, end + NEAR)
    score, spoken, least = 0.0, False, bool(_PLUS.search(text[start:end])) or text[end : end + 2].strip() == "+"
    for other in _context().find(text[left:right]):
        gap = max(start - left - other.end, left + other.start - end)
        if other.kind == "experience":
            spoken = True
        elif other.kind == "least" and gap <= 25:
            least = True
        elif other.kind == "upto" and 0 <= start - left - other.end <= 3:
            return
        elif other.kind == "off" and gap <= 12:
            score -= 0.6
    score += 0.55 * spoken + 0.25 * least
    if not spoken and _AFTER.match(text, end):
        score += 0.3
    if value <= MOST_YEARS:
        out.append(Evidence("experience_years_min", "years", "description", start, end, value, score))


def propose(job: Job) -> list[Evidence]:
    """Every statement of years that may be of experience; ``score`` says how plainly, ``value`` is in years."""
    if job.posting.experience_months is not None:
        years = round(job.posting.experience_months / 12, 2)
        return [Evidence("experience_years_min", "structured", "experience_months", None, None, years, 1.0)]
    out = _candidates(job.text)
    for evidence in out:
        section = job.section_at(evidence.start or 0)
        evidence.score += KIND_SCORE.get(section.kind, 0.0) if section else 0.0
    return [e for e in out if e.score >= 0.3][:20]


def decide(evidence: list[Evidence], job: Job) -> float | None:
    """The first plain statement; 0 where the posting says that none is needed; else ``None``."""
    asked = [e for e in evidence if e.rule != "none_asked" and e.score >= ENOUGH]
    if asked:
        return _whole(asked[0].value)
    return 0 if any(e.rule == "none_asked" for e in evidence) else None


def experience_years(text: str) -> float | None:
    """The least years of experience that ``text`` (plain text of any vocabulary language) asks for, or ``None``.

    >>> experience_years("Mindestens drei Jahre Berufserfahrung als Koch.")
    3
    >>> experience_years("We have served our town for over 10 years.") is None
    True
    """
    found = _candidates(text)
    asked = [e for e in found if e.rule != "none_asked" and e.score >= ENOUGH]
    if asked:
        return _whole(asked[0].value)
    return 0 if found and any(e.rule == "none_asked" for e in found) else None


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
