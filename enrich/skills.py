"""The technologies a posting names: canonical, required or preferred, with the years asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from enrich.confidence import calibrate
from enrich.job import Job
from enrich.posting import Posting
from enrich.result import Evidence, Skill
from enrich.skill_bounds import is_bounded
from enrich.skill_context import is_aside
from enrich.skill_words import Reading, Words, requirement, words, years_of
from gazetteer.skills import AMBIGUOUS, CONCEPT, SOCIAL, WARY, Taxonomy, default_taxonomy, fold

ACCEPT = 0.54
"""The score from which a mention is a skill."""
CLEAR, UNCLEAR = 0.9, 0.3
_LIST_GAP = re.compile(
    r"[\s,.;/|&+•·()\[\]\-–:、，*]*(?:and|or|und|oder|bzw\.?|y|e|o|et|ou|i|och|og|en|of|ja|a|lub|и|или|ו)?(?:/or)?"
    r"[\s,/|&+(\-]*(?:\d+(?:\.\w+)*\+?)?[\s,/|&+()\-]*"
)


class Mention:
    """One spelling of a technology at one place."""

    __slots__ = ("ambiguous", "end", "rule", "score", "section", "skill", "start")

    def __init__(self, start: int, end: int, skill: int, ambiguous: bool) -> None:
        self.start, self.end, self.skill, self.ambiguous = start, end, skill, ambiguous
        self.score, self.rule, self.section = 0.0, "", ""


def mentions(text: str, taxonomy: Taxonomy, heads: frozenset[str]) -> list[Mention]:
    """What is named in ``text``, in order, the longest name first, none within another; ambiguous ones undecided."""
    found = [
        (start, -end, mark) for start, end, mark in taxonomy.find(text) if is_bounded(text, start, end, mark, heads)
    ]
    found.sort(key=_PLACE)
    out: list[Mention] = []
    last = 0
    for start, minus, mark in found:
        if start >= last:
            last = -minus
            out.append(Mention(start, last, mark >> 2, bool(mark & AMBIGUOUS)))
    return out


_PLACE = itemgetter(0, 1)


def propose(job: Job) -> list[Evidence]:
    """Evidence for each technology the description and the title name, in order of first mention.

    ``note`` holds [spans, requirement, years] for :func:`decide`.
    """
    return _propose(job, default_taxonomy())


def decide(evidence: list[Evidence], job: Job) -> list[Skill]:
    """The skills the evidence speaks for."""
    return _decide(evidence, job, default_taxonomy())


def extract_skills(
    text: str,
    *,
    title: str | None = None,
    categories: Iterable[str] | None = None,
    taxonomy: Taxonomy | None = None,
    unknown: bool = False,
) -> list[Skill]:
    """The technologies that a text names, in order of first mention.

    Args:
        text: clean text, of any language.
        title: the posting's title, if there is one.
        categories: give only these (:func:`gazetteer.skills.known_categories`).
        taxonomy: one's own, from :func:`gazetteer.skills.load`.
        unknown: also give names from a plain list of technologies ("Tech stack: Java, Foo") that no table knows, with
            low confidence and the category ``"unknown"``.

    Raises:
        ValueError: a category that no table has.

    >>> [(s.name, s.requirement, s.years) for s in extract_skills("5+ years of Golang required. K8s is a plus.")]
    [('Go', 'required', 5.0), ('Kubernetes', 'preferred', None)]
    >>> extract_skills("Ready to go to market and excel in a spring of growth?")
    []
    """
    from gazetteer.skills import known_categories

    taxonomy = taxonomy or default_taxonomy()
    wanted = None if categories is None else set(categories)
    if wanted is not None and (wrong := wanted - set(known_categories()) - {"unknown"}):
        raise ValueError(f"unknown categories {sorted(wrong)}; known are {', '.join(known_categories())}")
    job = Job(Posting(title=title or "", description=text), text=text)
    skills = _decide(_propose(job, taxonomy), job, taxonomy)
    if unknown:
        from enrich.skill_unknown import unknown_skills

        skills += unknown_skills(text, skills, words(None))
        skills.sort(key=lambda s: s.spans[0] if s.spans else (-1, -1))
    return [s for s in skills if wanted is None or s.category in wanted]


def _propose(job: Job, taxonomy: Taxonomy) -> list[Evidence]:
    vocabulary = words(job.language.code)
    company = _company(job.posting.company)
    order: dict[int, Evidence] = {}
    for source, text in (("description", job.text), ("title", job.posting.title)):
        if not text:
            continue
        found = mentions(text, taxonomy, vocabulary.heads)
        if not found:
            continue
        reading = Reading(text, vocabulary, found[0].start, found[-1].start)
        _score(found, reading, taxonomy, job if source == "description" else None, company)
        for m in found:
            if m.score < ACCEPT:
                continue
            evidence = order.get(m.skill)
            if evidence is None:
                name = taxonomy.rows[m.skill][0]
                evidence = order[m.skill] = Evidence(
                    "skills", m.rule, source, m.start, m.end, name, m.score, [[], None, None]
                )
            elif m.score > evidence.score:
                evidence.score = m.score
            if source != "title":
                _ask(evidence.note, m, reading)
    return list(order.values())


_NOT_ASKED = frozenset({"about", "benefits", "legal", "process"})


def _ask(note: list[Any], m: Mention, reading: Reading) -> None:
    """Note where a technology is named, whether it is asked for there and with how many years."""
    spans, asked, years = note
    spans.append((m.start, m.end))
    if m.section in _NOT_ASKED:
        return
    cues, numbers = reading.hear(m.start)
    if m.section == "preferred":
        note[1] = asked or "preferred"
    elif asked != "required":
        wording = requirement(cues, m.start, m.end) if cues else None
        note[1] = wording or ("required" if m.section == "requirements" else asked)
    number = years_of(numbers, m.start, m.end) if numbers else None
    if number is not None and (years is None or number > years):
        note[2] = number


def _decide(evidence: list[Evidence], job: Job, taxonomy: Taxonomy) -> list[Skill]:
    skills: list[Skill] = []
    known: dict[float, float] = {}
    rows, by_name = taxonomy.rows, taxonomy.by_name
    for e in evidence:
        confidence = known.get(e.score)
        if confidence is None:
            confidence = known[e.score] = calibrate("skills", e.score)
        spans, asked, years = e.note or ([], None, None)
        text = job.text if spans else job.posting.title
        number = by_name.get(e.value)
        skills.append(
            Skill(
                e.value,
                "unknown" if number is None else rows[number][1],
                list(dict.fromkeys([text[s:t] for s, t in spans or [(e.start or 0, e.end or 0)]])),
                confidence,
                asked,
                years,
                list(spans),
            )
        )
    return skills


def _score(found: list[Mention], reading: Reading, taxonomy: Taxonomy, job: Job | None, company: str) -> None:
    """Believe each mention as far as its surroundings allow."""
    text, vocabulary, rows = reading.text, reading.words, taxonomy.rows
    ends = {word[-1] for word in vocabulary.denies}
    clear = sum(not m.ambiguous for m in found)
    employers = {m.skill for m in found if _is_employer(text, m)}
    kind, until, place = "", 0, vocabulary.sections.get("", 0.0)
    for i, m in enumerate(found):
        start, end, traits = m.start, m.end, taxonomy.traits[m.skill]
        if job is not None and start >= until:
            section = job.section_at(start)
            kind, until = (section.kind, section.end) if section is not None else ("", start)
            place = vocabulary.sections.get(kind, 0.0)
        m.section = kind
        written = text[start:end]
        if text[start - 2 : start - 1] in ends and _is_denied(text, start, vocabulary):
            m.rule = "denied"
            continue
        if text[end + 1 : end + 2] in _CERT_BEGINS and _CERT.match(text, end):
            m.rule = "certificate"
            continue
        named = m.skill in employers or (bool(company) and f" {fold(written).strip()} " in company)
        aside = (traits & (CONCEPT | SOCIAL) or written.isupper()) and is_aside(reading, start, end, traits)
        if not m.ambiguous:
            m.score, m.rule = CLEAR + place * 0.3, "name"
            if named or traits & WARY:
                low = _window(text, m, 60)
                if any(_stands(x, low) for x in rows[m.skill][5]):
                    m.score = 0.0
                elif named:
                    m.score -= 0.45 - 0.1 * _spoken_of(text, m, vocabulary)
            if aside:
                m.score -= 0.45
            continue
        name, _, _, _, contexts, never = rows[m.skill]
        if never:
            low = _window(text, m, 90)
            if any(_stands(x, low) for x in never):
                m.rule = "never"
                continue
        score = UNCLEAR + place + min(clear, 3) * 0.03
        spoken = _spoken_of(text, m, vocabulary)
        context = bool(contexts) and _has_context(_window(text, m, 90, without=True), contexts)
        beside = _beside(found, i, text)
        if place <= 0.05 and traits & CONCEPT:
            beside *= 0.5
        score += 0.3 * spoken + (0.4 if context else 0.0) + beside
        if written.islower() and not name.islower():
            score -= 0.25
        elif _opens(text, start):
            score -= 0.08
        if job is None:  # a title speaks of the work alone
            score += 0.35 if traits & CONCEPT else 0.1
        if named:
            score -= 0.5
        if aside:
            score -= 0.4
        m.score = min(score, 0.97)
        m.rule = "context" if context else "list" if beside else "wording" if spoken else "ambiguous"


_EMPLOYER_BEFORE = re.compile(
    r"(?:^|[\n.!?:]\s*)(?:about|at|join|why|we are|working at|life at|über|bei|chez|rejoignez|en|om|sobre|chi è)\s+$"
    r"|\b(?:team|teams|engineers|working|career|careers|work|life) (?:at|bei|chez)\s+$",
    re.I,
)
_EMPLOYER_AFTER = re.compile(
    r"(?:\W{1,2}(?:inc|gmbh|ltd|ag|s\.a|llc|corp)\b\.?)?,? (?:"
    r"is|ist|est|es|è) (?:a|an|the|one|ein|eine|der|die|das|un|une|le|la|el)\b"
    r"[^.\n]{0,40}\b(?:company|leading|leader|global|provider|startup|world|fastest|firm|group|brand|agency|bank|retailer|unternehmen|anbieter|entreprise|société|empresa|azienda)\b"
    r"|, we\b|['’]s (?:mission|vision|team|platform is|culture)\b",
    re.I,
)


_CERT = re.compile(
    r"[ -](?:v\d[\w. ]{0,9})?(?:certifi(?:cation|cate|cado|cación|cação|caat|é)s?|certified|zertifi(?:kat|zier)\w*)\b",
    re.I,
)
"""What makes a certificate of a name: what one has learned, not what one works with."""
_EMPLOYS = re.compile(r" (?:employees|employee|careers|interns)\b|['’]s (?:\w+ ){0,4}(?:teams?|employees|customers)\b")
"""What speaks of an employer wherever it stands: "Docker employees", "Grafana's field teams"."""
_CERT_BEGINS, _EMPLOYS_BEGINS = frozenset("cCzZv"), frozenset("ecis")

_AFTER_EMPLOYER, _AFTER_EMPLOYER_NEXT = frozenset(" ,'’"), frozenset("iglsaceèwIGLSACEÈWİıſ")
"""What :data:`_EMPLOYER_AFTER` can begin with: its first character and its first letter."""
_EMPLOYER_ENDS = frozenset(("\n", "", ":", "?", ","))
_BEFORE_EMPLOYER = frozenset(
    ("about", "at", "join", "why", "are", "über", "bei", "chez", "rejoignez", "en", "om", "sobre", "è")
)
_BEFORE_EMPLOYER_LAST = frozenset(c for word in _BEFORE_EMPLOYER for c in (word[-1], word[-1].upper()))


def _is_employer(text: str, m: Mention) -> bool:
    """Whether the posting speaks of its own company by this name: "About Databricks", "At Datadog, we"."""
    start, end = m.start, m.end
    if not text[start].isupper() or text[start:end].isupper():
        return False
    after, word = text[end : end + 1], text[end : end + 3].lstrip(" ,'’")[:1]
    goes_on = (
        after in _AFTER_EMPLOYER
        and (not word.isalnum() or word in _AFTER_EMPLOYER_NEXT)
        and _EMPLOYER_AFTER.match(text, end) is not None
    )
    opens = start > 2 and (goes_on or after in _EMPLOYER_ENDS)
    opens = opens and (text[start - 2] in _BEFORE_EMPLOYER_LAST or text[start - 2].isspace())
    if opens:
        head = text[max(0, start - 10) : start].lower().split()
        opens = bool(head) and head[-1] in _BEFORE_EMPLOYER
        opens = opens and _EMPLOYER_BEFORE.search(text, max(0, start - 24), start) is not None
    return (
        opens
        or (goes_on and _opens(text, start))
        or (word in _EMPLOYS_BEGINS and _EMPLOYS.match(text, end) is not None)
    )


def _is_denied(text: str, start: int, vocabulary: Words) -> bool:
    """Whether a word right before a technology says that it is not worked with: "without Docker", "pas de React"."""
    at = start - 1
    if at < 1 or text[at] != " ":
        return False
    word = text[text.rfind(" ", max(0, at - 16), at) + 1 : at]
    phrases = vocabulary.denies.get(word[word.rfind("\n") + 1 :] if "\n" in word else word)
    if phrases is None:
        return False
    head = f" {text[max(0, at - 16) : at].lower()}"
    return any(head.endswith((" " + phrase, "\n" + phrase)) for phrase in phrases)


def _window(text: str, m: Mention, reach: int, without: bool = False) -> str:
    """The line around a mention, at most ``reach`` code points each side, in lower case; ``without`` its own words."""
    low = text.rfind("\n", max(0, m.start - reach), m.start) + 1 or max(0, m.start - reach)
    high = text.find("\n", m.end, m.end + reach)
    high = high if high >= 0 else m.end + reach
    return (f"{text[low : m.start]} | {text[m.end : high]}" if without else text[low:high]).lower()


def _stands(phrase: str, window: str, *, whole: bool = True) -> bool:
    """Whether the phrase is in the window as words; with ``whole=False`` its last word may go on ("pipeline" + "s")."""
    at = window.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        starts = at == 0 or not window[at - 1].isalnum() or not phrase[0].isascii()
        if starts and (not whole or end >= len(window) or not window[end].isalnum()):
            return True
        at = window.find(phrase, at + 1)
    return False


def _has_context(window: str, phrases: tuple[str, ...]) -> bool:
    return any(_stands(phrase, window, whole=len(phrase) < 4) for phrase in phrases)


def _spoken_of(text: str, m: Mention, vocabulary: Words) -> float:
    """1 where a phrase such as "experience with" stands before or "developer" after; 0.3 for a bare "in" or "with"."""
    best = 0.0
    line = text.rfind("\n", max(0, m.start - 40), m.start) + 1 or max(0, m.start - 40)
    tokens = text[line : m.start].lower().replace("(", " ").split()[-3:]
    for i in range(len(tokens)):
        phrase = " ".join(tokens[i:]).lstrip("-•*\"'")
        if phrase in vocabulary.before:
            weak = 0.7 if text[m.end : m.end + 1] in tuple(".,;)/") else 0.3
            best = max(best, 1.0 if len(phrase) > 4 else weak)
    tail = text[m.end : m.end + 30]
    if tail and tail[0] in " -/" and not tail.startswith(" -"):
        nxt = re.split(r"[^\w]+", tail.lower().strip(" -/"), maxsplit=1)[0]
        if nxt in vocabulary.after:
            best = 1.0
    elif tail and tail.lower().startswith(vocabulary.after_joined):
        best = 1.0
    return best


def _beside(found: list[Mention], i: int, text: str) -> float:
    """What the neighbours in the same list or sentence add."""
    m, best = found[i], 0.0
    sides = 0.0
    for step in (-1, 1):
        j = i + step
        if not 0 <= j < len(found):
            continue
        other = found[j]
        gap = text[other.end : m.start] if step < 0 else text[m.end : other.start]
        if len(gap) > 80 or other.skill == m.skill:
            continue
        if len(gap) <= 14 and "\n" not in gap.strip(" ") and _LIST_GAP.fullmatch(gap):
            sides += 0.2 if other.ambiguous else 0.42
        elif len(gap) <= 5 and gap[:1] != "." and _LIST_GAP.fullmatch(gap):
            sides += 0.1 if other.ambiguous else 0.25
        elif "\n" not in gap and not other.ambiguous:
            best = 0.12
    return max(best, min(sides, 0.5))


def _opens(text: str, at: int) -> bool:
    """Whether the word begins a sentence, where its capital letter says nothing."""
    head = text[max(0, at - 4) : at].rstrip(" \"'“„-•*")
    return not head or head[-1] in ".!?:\n"


def _company(name: str | None) -> str:
    return f" {' '.join(fold(name).split())} " if name else ""
