"""Titles: noise off, abbreviations spelled out, role, function, ISCO-08 group and seniority."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from enrich import seniority
from enrich.confidence import calibrate
from enrich.job import Job
from enrich.posting import Posting
from enrich.result import Evidence, Language, Title
from enrich.title_clean import Cleaner, load, vocabulary
from enrich.title_words import spell_out, title_case
from gazetteer import titles
from gazetteer.titles import RoleMatch, fold

BIG = 100_000
"""Inhabitants from which a place's bare name in a title is the place, whatever the posting's own places are."""


def normalize_title(
    title: str, *, language: str | None = None, company: str | None = None, country: str | None = None
) -> Title:
    """A title by itself: clean form, role, seniority, function, ISCO-08 unit group and the probability of the role.

    Args:
        title: as it stands in the posting.
        language: ISO 639-1 code of the title's language, where known.
        company: the employer's name, which is taken off.
        country: ISO 3166-1 alpha-2 of the place of work, where known.

    >>> t = normalize_title("Sr. SWE II - Remote (US)")
    >>> t.normalized, t.role, t.seniority, t.isco08
    ('Senior Software Engineer II', 'Software Engineer', 'senior', '2512')
    """
    posting = Posting(title=title, company=company, country_hint=country)
    job = Job(posting, language=Language(language, None), title_language=language)
    return decide(propose(job), job)


def propose(job: Job) -> list[Evidence]:
    """What the title, and the text where the title is silent, say of occupation and level."""
    raw = job.posting.title
    if not raw.strip():
        return []
    language = job.title_language or job.language.code
    cleaner = Cleaner(_place_test(job), _employer_test(job), _is_occupation(language))
    cleaned = cleaner.clean(raw)
    out: list[Evidence] = []
    span = (0, len(raw))
    normalized = title_case(spell_out(cleaned, language), language)
    match = titles.find(normalized, language) if normalized else None
    level = seniority.in_title(surface_span(raw))
    if normalized and (match is not None or _is_job(normalized, level)):
        out.append(Evidence("normalized_title", "noise off", "title", *span, value=normalized, score=0.9))
    if match is not None:
        out.append(Evidence("role", match.rule, "title", *span, value=match.role.name, score=match.score, note=match))
    if level is not None:
        out.append(Evidence("seniority", "level word", "title", level.start, level.end, level.level, 0.95))
    elif job.text:
        said = seniority.in_text(job.text, job.folded)
        if said is not None:
            span = (said.start, said.end)
            out.append(Evidence("seniority", "text names the level", "description", *span, value=said.level, score=0.7))
    return out


def decide(evidence: list[Evidence], job: Job) -> Title:
    """The title's values; ``None`` for each that nothing speaks for."""
    title = Title()
    for item in evidence:
        if item.field == "normalized_title":
            title.normalized = item.value
        elif item.field == "role":
            match: RoleMatch = item.note
            title.role, title.function, title.isco08 = match.role.name, match.role.function, match.role.isco08
            title.confidence = calibrate("title", item.score)
        elif item.field == "seniority" and title.seniority is None:
            title.seniority = item.value
    return title


def surface_span(raw: str) -> str:
    """The title as seniority reads it: same length, so that spans hold."""
    return raw[:400]


def _is_job(title: str, level: seniority.Level | None) -> bool:
    """Without a known role: does a level that is itself a job ("Trainee"), or a person's ending, say that it is one?"""
    if level is not None and level.level == "intern" and "thesis" not in title.casefold():
        return True
    if level is not None and level.level != "intern":
        first = seniority.in_title(title)
        if first is not None and first.start == 0 and first.end < len(title):
            return True  # "Junior <something>"
    return any(
        len(word) > 4
        and word.endswith(_PERSON)
        and word not in vocabulary()["no_persons"]
        and not _known_place(word, None)
        for word in titles.words(title)
    )


_PERSON = (
    "ist", "eur", "euse", "mann", "frau", "chef", "ista", "ero", "ник", "тель", "ист", "nik", "owiec", "yst", "aja",
    "ija", "er", "manager", "lead", "tor", "leitung", "kraft", "hilfe",
)  # fmt: skip


@lru_cache(maxsize=64)
def _is_occupation(language: str | None) -> Callable[[str], bool]:
    return lambda text: titles.find(text, language) is not None


def _place_test(job: Job) -> Callable[[str], bool]:
    """Is a string one of the posting's places, or a place everybody knows?"""
    own: set[str] = set()
    for place in job.places.locations:
        for name in (place.city, place.region, place.country):
            if name and name.isascii() and name.isalpha():
                own.add(name.casefold())
            elif name:
                own.add(" ".join(titles.words(name)))
                own.add(fold(name))
    for raw in job.posting.location_text[:8]:
        for part in raw[:200].replace("/", ",").replace("(", ",").replace(")", ",").split(","):
            name = fold(part).strip()
            if len(name) > 2 and (name.isalpha() or not any(ch.isdigit() for ch in name)):
                own.add(name)
    country = job.country

    def is_place(text: str) -> bool:
        if text in own:
            return titles.lookup(text) is None
        return _known_place(text, country)

    return is_place


@lru_cache(maxsize=1024)
def _known_place(text: str, country: str | None) -> bool:
    """A country, a region of the same country, or a big city; a word that is part of titles is never one."""
    if (
        (len(text) < 3 and (text.isascii() or len(text) < 2))
        or titles.is_title_word(text)
        or text in load().never_places
    ):
        return False
    try:
        from gazetteer.places import default_places

        matches = default_places().lookup(text)
    except Exception:  # without a store of places only the posting's own are known
        return False
    for match in matches[:5]:
        place = match.place
        if len(text) == 3 and text.isascii() and match.name_kind not in ("main", "code"):
            continue  # "mid", "end"
        kind = str(getattr(place, "kind", ""))
        if kind in ("country", "area"):
            return True
        if (getattr(place, "population", 0) or 0) >= BIG and match.name_kind != "weak":
            main = match.name_kind == "main" or fold(place.name)[:2] == text[:2] or not text.isascii()
            return main or place.population >= 5 * BIG
        if kind == "region" and getattr(place, "country_code", None) == country:
            return True
    return False


_BEFORE = ("About ", " at ", "Join ", "join ", "Über ", " bei ", " chez ", "À propos de ", "Working for ", "Who is ")
_AFTER = (
    " is a ", " is an ", " is the ", " is looking", " is seeking", "'s mission", "’s mission", ", Inc", " Inc.", " LLC",
    " GmbH", " AB ",
)  # fmt: skip


def _employer_test(job: Job) -> Callable[[str], bool]:
    """Is a string the employer's name, as a field gives it or as the text speaks of it?"""
    company = fold(job.posting.company or "").strip()
    text = job.text

    def is_employer(name: str) -> bool:
        name = name.strip(" -–,.()")
        if not name or not name[0].isupper():
            return False
        if company and len(company) > 2 and (fold(name) == company or company.startswith(fold(name) + " ")):
            return True
        if not 3 <= len(name) <= 40 or name not in text:
            return False
        if titles.lookup(name) is not None or titles.is_title_word(fold(name)):
            return False
        if any(before + name in text for before in _BEFORE):
            return True
        return " " not in name and any(name + after in text for after in _AFTER)

    return is_employer
