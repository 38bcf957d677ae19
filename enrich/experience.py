"""Years of experience: the least that the main requirement asks for.

A number stands before a unit of time ("5+ years", "mindestens drei Jahre", "3年以上"); what stands around it says
whether it is experience that is counted, or an age, the employer's history, a contract's length. Of the required ones
the first counts: it is the main requirement, and of two paths (with or without a degree) the first-named.
"""

from __future__ import annotations

import re
from functools import lru_cache

from enrich.job import Job
from enrich.phrases import IN_TEXT, VOCABULARY, Hit, fold, languages_of, number, number_pattern, sentence, vocabulary
from enrich.result import Evidence
from gazetteer.tables import load_toml

MOST_YEARS = 20
"""More than this is nobody's requirement but a history."""

NEAR = 90
"""Characters either side of the years in which a word of experience speaks of them."""

KIND_SCORE = {
    "requirements": 0.35,
    "preferred": -0.5,
    "benefits": -0.3,
    "about": -0.25,
    "legal": -0.25,
    "process": -0.2,
}
ENOUGH = 0.5


WISH = 0.9
"""What a word of wishes takes from the years it speaks of."""
NOT_ASKED = 0.7
"""What is taken from years in a sentence that asks for no experience."""

CONTEXT_KINDS = frozenset({"experience", "least", "upto", "off", "nice", "rather", "none"})


@lru_cache(maxsize=64)
def _before(languages: frozenset[str]) -> re.Pattern[str]:
    """What stands right before the unit: a number, or a range, with its plus sign or closing bracket."""
    one = number_pattern(languages)
    to = "-|–|—|~|～|〜|to|bis|à|a|do|до|έως|إلى|līdz|iki|kuni|tot|till|til|/|and|or|oder|ou|o|hingga|עד"
    span = rf"({one})(?:[^\S\n]*\+)?(?:[^\S\n]*(?:{to})[^\S\n]*{one})?"
    more = r"(?:\s*(?:\+|plus|or more|oder mehr|ou plus|o más|ou mais|of meer))?"
    return re.compile(
        rf"{span}{more}[\s\-‐‑–]*(?:\(\s*\d+\s*\)\s*)?(?:full\s|consecutive\s|solid\s|volle[n]?\s|godina\s)?$"
    )


_PLUS = re.compile(r"\d\s*\+|\d\s*(?:-|–|to|~|à|bis)\s*\d")
_AFTER = re.compile(
    r"\s*\+?\s*(?:(?:or more|ou plus|o más|ou mais|oder mehr|of meer)\s+)?"
    r"(?:(?:of|in|as|with|on|at|behind|under|working|building|developing|leading|managing|selling|"
    r"(?:[^\W\d_]+ )?[^\W\d_]+ing|"
    r"en|con|como|comme|dans|avec|chez|em|com|no|na|nel|nella|come|im|als|mit|bei|beim|bij|met|inom|som|med|inden|"
    r"w|jako|v|ve|ako|kao|u|în|ca|в|на|із|з|у|σε|ως|στην|στον|στο)\s|(?:de|di|d'))(?!\s*(?:total|row|we|wir|nous)\b)"
)
"""What goes on as experience does, without its name: "two years in payroll", "trois ans comme cuisinier"."""
_CLAUSE = re.compile(r"[,;:(]\s|[)–—，、]|[a-zà-ÿ](?=[A-ZÀ-Þ])")
"""What ends a clause; a capital within a word stands where the end of a line was lost."""
_OPENS = re.compile(r"(?:^|[.\n;:,(•·*–—]|\b(?:and|und|et|y|e|en|och|og|plus|with|have|a|an)\b)\s*$")


def _candidates(text: str, folded: str, hits: list[Hit], languages: frozenset[str] = frozenset()) -> list[Evidence]:
    out: list[Evidence] = []
    for hit in hits:
        if hit.kind == "none":
            out.append(Evidence("experience_years_min", "none_asked", "description", hit.start, hit.end, 0.0, 0.3))
        elif hit.kind.startswith("years_"):
            _add(out, text, folded, hit.start, hit.end, float(hit.kind[6:]), languages)
        else:
            left = text[max(0, hit.start - 40) : hit.start]  # not folded: a hyphen is a range here
            low = left.lower()
            found = _before(languages).search(low if len(low) == len(left) else left)
            value = number(found.group(1)) if found else None
            if found is not None and value is not None:
                start = hit.start - (len(left) - found.start())
                years = value if hit.kind == "year" else round(value / 12, 2)
                _add(out, text, folded, start, hit.end, years, languages, unit=hit.start)
    return out


def _add(
    out: list[Evidence],
    text: str,
    folded: str,
    start: int,
    end: int,
    value: float,
    languages: frozenset[str],
    *,
    unit: int | None = None,
) -> None:
    """Weigh what stands around the years at ``text[start:end]`` and add them, if they may be of experience.

    ``unit`` is where the word for the years begins: a longer phrase over it ("years old") gives them another meaning.
    """
    left, right = sentence(text, start, end)
    begins = left
    left, right = max(left, start - NEAR), min(right, end + NEAR)
    score, spoken, least = 0.0, False, bool(_PLUS.search(text[start:end])) or text[end : end + 2].strip() == "+"
    about_other = False
    for other in vocabulary("experience", CONTEXT_KINDS, languages).find(text[left:right], folded=folded[left:right]):
        gap = max(start - left - other.end, left + other.start - end)
        if other.kind == "experience":
            spoken = True
        elif other.kind == "least" and gap <= 25:
            least = True
        elif other.kind == "upto" and 0 <= start - left - other.end <= 3:
            return
        elif other.kind == "nice" or (other.kind == "rather" and other.end <= start - left):
            score -= WISH * _same_clause(text, start, end, left + other.start, left + other.end)
        elif other.kind == "none":
            spoken = True
            score -= 0.0 if _contrasted(text, start, left + other.end) else NOT_ASKED
        elif (
            other.kind == "off"
            and unit is not None
            and other.start <= unit - left < other.end
            and other.end >= end - left
        ):
            return
        elif other.kind == "off" and gap <= 12:
            score -= 0.6
            about_other = True
    score += 0.55 * spoken + 0.25 * least
    if not spoken and not about_other and _AFTER.match(text, end):
        whole = value >= 1 and value == int(value)  # months without a word of experience are a contract's
        score += 0.3 if least or whole else 0.0
        if whole and not least and (start - begins <= 2 or _OPENS.search(text, max(0, start - 12), start)):
            score += 0.45 if start - begins <= 2 else 0.25
    elif (
        not spoken
        and not about_other
        and value >= 1
        and text[start - 1 : start] == "("
        and _PLUS.search(text[start:end])
    ):
        score += 0.3  # "have shipped models (3+ years)"
    if value <= MOST_YEARS and (value >= 1 or spoken):
        out.append(Evidence("experience_years_min", "years", "description", start, end, value, score))


@lru_cache(maxsize=1)
def _but() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What begins a clause that goes on with the one before, and a "but" anywhere."""
    words = "|".join(map(re.escape, load_toml(VOCABULARY / "experience.toml")["fields"]["but"]))
    return re.compile(rf"\s*(?:{words}|is|are)\b"), re.compile(rf"\b(?:{words})\b")


def _same_clause(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether ``text[low:high]`` speaks of the years at ``text[start:end]``: no clause ends between them.

    >>> _same_clause("3 years of Go, Rust is a plus", 0, 7, 20, 29), _same_clause("3 years, a plus", 0, 7, 9, 15)
    (False, True)
    """
    between = text[end:low] if low >= end else text[high - 1 : start]
    if low < end:
        return _CLAUSE.search(between) is None
    last = max((m.end() for m in _CLAUSE.finditer(between)), default=None)
    return (
        last is None or len(between) - last <= 1 or (len(between) - last <= 12 and bool(_but()[0].match(between, last)))
    )


def _contrasted(text: str, start: int, end: int) -> bool:
    """Whether a "but" stands between what is not asked for, before ``end``, and the years at ``start``."""
    return end <= start and _but()[1].search(text, end, start) is not None


def propose(job: Job) -> list[Evidence]:
    """Every statement of years that may be of experience; ``score`` says how plainly, ``value`` is in years."""
    if job.posting.experience_months is not None:
        years = round(job.posting.experience_months / 12, 2)
        return [Evidence("experience_years_min", "structured", "experience_months", None, None, years, 1.0)]
    out = _candidates(job.text, job.folded, job.hits("experience"), languages_of(job))
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
    folded = fold(text)
    found = _candidates(text, folded, vocabulary("experience", IN_TEXT["experience"]).find(text, folded=folded))
    asked = [e for e in found if e.rule != "none_asked" and e.score >= ENOUGH]
    if asked:
        return _whole(asked[0].value)
    return 0 if found and any(e.rule == "none_asked" for e in found) else None


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
