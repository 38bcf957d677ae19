"""Remote policy: whether the work is done anywhere, partly or wholly at the employer's place, and from where one may.

What the source declares, the place strings, the title and the text each propose; the weights below say how much each
is believed. In the text every phrase is read with its sentence: what denies it, makes it partial, exceptional or a
mere perk, and whether "two days a week" belong to the office or to home.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from enrich.confidence import calibrate
from enrich.job import Job
from enrich.office_days import office_days
from enrich.phrases import Hit, fold, languages_of, sentence
from enrich.posting import Posting
from enrich.remote_scope import scope_of
from enrich.remote_words import (
    at_desk,
    bound_to_place,
    context_words,
    is_label,
    is_link,
    mode_words,
    trade_words,
)
from enrich.result import Evidence, Problem, Remote

REMOTE, HYBRID, ONSITE = "remote", "hybrid", "onsite"
DECLARED, PLACE, TITLE, DAYS = 0.95, 0.9, 0.9, 0.94
FULL, MIXED, AT_PLACE, DENIED = 0.85, 0.84, 0.82, 0.88
HOME, WORD, OCCUPATION, HANDS = 0.62, 0.7, 0.55, 0.54
ENOUGH = 0.5
"""Below this nothing is said: the posting does not tell."""
SHORT_LINE = 60
"""A line so short is a label of the job ("US REMOTE | Full-time"), not prose."""
MAX_EVIDENCE = 20
MAX_SAID = 200
"""So many statements of a text are weighed."""

_POLICY = {"full": REMOTE, "remote": REMOTE, "home": HYBRID, "hybrid": HYBRID, "hybrid_word": HYBRID}
_POLICY |= {"onsite": ONSITE, "onsite_word": ONSITE, "no_remote": ONSITE}
_WHOLLY = (
    "predominantly",
    "mostly",
    "mainly",
    "work from home or",
    "working from home or",
    "full",
    "wholly",
    "or full",
    "or entire",
    "100",
    "compl",
    "entire",
    "total",
    "voll",
    "komplett",
    "rein",
    "intégral",
    "li ",
    "#li",
    "all",
    "w p",
)
_ALWAYS = ("100", "fully", "strictly", "exclusively")
_OR_REMOTE = re.compile(r"\(hybrid\) (?:or|oder|ou|o) (?:fully )?remote")
_SAID_OTHERWISE = frozenset({"telecommute", "true", "yes", "distributed", "anywhere"})


def propose(job: Job) -> list[Evidence]:
    """Every word of the posting on where the work is done, as evidence for one policy each."""
    out: list[Evidence] = []
    posting = job.posting
    if posting.workplace_type:
        policy = declared(posting.workplace_type)
        if policy:
            size = len(posting.workplace_type)
            out.append(Evidence("workplace_type", "declared", "workplace_type", 0, size, policy, DECLARED))
            out.append(Evidence("remote_policy", "declared", "workplace_type", 0, size, policy, DECLARED))
    out += _from_places(job)
    if posting.title:
        out += _from_line(posting.title, "title", TITLE)
    out += _from_text(job)
    code = job.title.isco08 or ""
    if code.startswith(bound_to_place()):
        out.append(Evidence("remote_policy", "occupation", "title", None, None, ONSITE, OCCUPATION))
    elif not any(e.score >= ENOUGH for e in out):
        out += _from_hands(job, code)
    return out[:MAX_EVIDENCE]


def decide(evidence: list[Evidence], job: Job) -> Remote:
    """The policy most is said for, with its scope; a conflict of declared and inferred is named as a problem."""
    said = [e for e in evidence if e.field == "remote_policy"]
    stated = next((e.value for e in evidence if e.field == "workplace_type"), None)
    policy, score = _weigh(said)
    out = Remote(policy=policy, workplace_type=stated)
    if policy is None:
        return out
    out.confidence = calibrate("remote", score)
    if policy == HYBRID:
        out.office_days_per_week = next((e.note for e in said if e.rule == "office_days" and e.value == HYBRID), None)
    if policy == REMOTE:
        where, reasons = scope_of(job, said)
        out.scope = where
        evidence += reasons
    inferred = _weigh([e for e in said if e.rule != "declared"])[0] if stated else None
    if inferred and inferred != stated:
        reason = max((e for e in said if e.value == inferred and e.rule != "declared"), key=lambda e: e.score)
        words = _words(reason, job)
        job.problems.append(
            Problem(
                "workplace_conflict",
                "remote_policy",
                f"the source declares {stated} (workplace_type {job.posting.workplace_type!r}), "
                f"but {reason.source} says {inferred}{words}",
            )
        )
    return out


def infer_remote(
    text: str, *, title: str | None = None, location: str | None = None, workplace_type: str | None = None
) -> Remote:
    """The remote policy that a job text and what is known beside it tell.

    Args:
        text: the description as clean text.
        title: the job title.
        location: the location string of the posting.
        workplace_type: what the source declares, in its own word.

    >>> infer_remote("Two days a week in our Leeds office, the rest from home.").office_days_per_week
    2.0
    >>> infer_remote("Kein Homeoffice möglich.").policy
    'onsite'
    >>> infer_remote("You will work on remote sensing.").policy is None
    True
    """
    job = Job(Posting(title=title or "", description=text, workplace_type=workplace_type), text=text or "")
    if location:
        from enrich.location import parse_location

        job.posting.location_text = [location]
        job.places = parse_location(location)
    return decide(propose(job), job)


@lru_cache(maxsize=64)
def declared(label: str) -> str | None:
    """The policy that a source's own label names, in any language of the vocabulary.

    >>> declared("TELECOMMUTE"), declared("On-site"), declared("Hybride")
    ('remote', 'onsite', 'hybrid')
    """
    low = " ".join(fold(label).split())
    if low in _SAID_OTHERWISE:
        return REMOTE
    if low in ("office", "in office", "false", "no", "physical", "default", "inoffice"):
        return ONSITE if "office" in low or low == "physical" else None
    hits = mode_words().find(label)
    for kinds in (("no_remote",), ("hybrid", "hybrid_word"), ("full", "remote"), ("onsite", "onsite_word"), ("home",)):
        for hit in hits:
            if hit.kind in kinds:
                return REMOTE if hit.kind == "home" else _POLICY[hit.kind]
    return None


def _weigh(said: Iterable[Evidence]) -> tuple[str | None, float]:
    """The policy most is said for and how much: the strongest reason counts, others that agree add a little."""
    totals: dict[str, float] = {}
    for one in sorted(said, key=lambda e: -e.score):
        before = totals.get(one.value)
        totals[one.value] = one.score if before is None else before + (1 - before) * one.score * 0.12
    if not totals:
        return None, 0.0
    policy = max(totals, key=lambda p: totals[p])
    if totals[policy] < ENOUGH:
        return None, 0.0
    rest = max((v for p, v in totals.items() if p != policy), default=0.0)
    return policy, totals[policy] * (1 - 0.4 * rest)


def _from_places(job: Job) -> list[Evidence]:
    out: list[Evidence] = []
    for number, text in enumerate(job.posting.location_text):
        source = "location_text" if len(job.posting.location_text) == 1 else f"location_text[{number}]"
        out += _from_line(text, source, PLACE)
    if not out and job.places.mode:
        out.append(Evidence("remote_policy", "location_mode", "location_text", None, None, job.places.mode, PLACE))
    return out


def _from_line(text: str, source: str, weight: float) -> list[Evidence]:
    """A title or a place string: whatever word stands there is said of the job."""
    out = []
    factor = {"home": 0.88, "onsite_word": 0.9, "hybrid": 1.02, "hybrid_word": 1.02, "no_remote": 1.0}
    text = text[:2000]
    folded = fold(text)
    hits = mode_words().find(text, folded=folded)
    if not hits:
        return []
    hits = _with_context(folded, (0, len(text)), hits)
    counted = office_days(folded, 0, len(text), hits, weekly=True) if any(h.kind == "day" for h in hits) else None
    if counted is not None and counted[0] < 5:
        days, left, right = counted
        return [Evidence("remote_policy", "office_days", source, left, right, HYBRID, weight, note=days)]
    denied = {i for i, h in enumerate(hits) if _is_denied(text, hits, h)}
    for i, hit in enumerate(hits):
        policy = _POLICY.get(hit.kind)
        if policy is None:
            continue
        if hit.kind == "home" and not any(h.kind in ("partly", "day") for h in hits):
            policy = REMOTE
        if i in denied:
            policy = ONSITE
        score = weight * factor.get(hit.kind, 1.0)
        out.append(Evidence("remote_policy", f"{source.split('[')[0]}_word", source, hit.start, hit.end, policy, score))
    if {e.value for e in out} == {REMOTE, HYBRID}:
        wanted = REMOTE if _OR_REMOTE.search(folded) else HYBRID
        out = [e for e in out if e.value == wanted] if text.count(";") + text.count("|") == 0 else out
    return out


def _from_hands(job: Job, code: str) -> list[Evidence]:
    """What tells the place where nothing else does: a trade in the title, or the place where hands are needed."""
    if code.startswith(at_desk()):
        return []
    trades = [] if code else trade_words(languages_of(job, title=True)).find(job.posting.title[:500])
    for hit in trades:
        return [Evidence("remote_policy", "trade", "title", hit.start, hit.end, ONSITE, HANDS)]
    for hit in job.hits("at_place"):
        section = job.section_at(hit.start)
        if hit.kind == "place" and (section is None or section.kind not in ("about", "benefits", "legal", "process")):
            return [Evidence("remote_policy", "place_of_work", "description", hit.start, hit.end, ONSITE, HANDS)]
    return []


def _from_text(job: Job) -> list[Evidence]:
    text = job.text
    if not text:
        return []
    folded = job.folded
    languages = languages_of(job)
    hits = job.hits("remote")
    out: list[Evidence] = []
    span = (0, 0)
    for i, hit in enumerate(hits):
        if hit.kind == "trap" or span[0] <= hit.start < span[1]:
            continue
        span = sentence(text, hit.start, hit.end)
        found = [h for h in hits[max(0, i - 40) : i + 40] if span[0] <= h.start < span[1]]
        out += _from_sentence(job, folded, span, _with_context(folded, span, found, languages), languages)
        if len(out) > MAX_SAID:
            break
    rules = {e.rule for e in out}
    if rules & {"home_offered", "hybrid_stated"} and rules & {"onsite_stated", "onsite_word"}:
        for one in out:  # at the office and at home is hybrid, whichever is said louder
            if one.rule in ("onsite_stated", "onsite_word"):
                one.rule, one.value, one.score = "office_beside_home", HYBRID, min(one.score, MIXED)
    out.sort(key=lambda e: (-e.score, e.start or 0))
    return out[:12]


def _from_sentence(
    job: Job, folded: str, place: tuple[int, int], hits: list[Hit], languages: frozenset[str]
) -> list[Evidence]:
    start, end = place
    kinds = {h.kind for h in hits}
    out: list[Evidence] = []
    found = office_days(folded, start, end, hits, languages)
    if found is not None:
        days, left, right = found
        policy = ONSITE if days >= 5 else HYBRID
        score = DAYS if days < 5 else AT_PLACE + 0.08
        if policy == HYBRID and "rare" in kinds and "must" not in kinds:
            score = 0.75
        out.append(Evidence("remote_policy", "office_days", "description", left, right, policy, score, note=days))
    section = job.section_at(start)
    kind_of_part = section.kind if section else "other"
    line_end = folded.find("\n", start)
    line = (line_end if line_end != -1 else len(folded)) - (folded.rfind("\n", 0, start + 1) + 1)
    short = end - start <= SHORT_LINE and line <= SHORT_LINE * 2
    offered = [_POLICY[h.kind] for h in hits if h.kind in _POLICY and h.kind != "home"]
    if (
        len(set(offered)) == 3 and offered[0] != HYBRID and not found
    ):  # "remote, hybrid or in the office": all of it may be, or depends
        return [] if "asked" in kinds else [_any_way(hits)]
    for hit in hits:
        if hit.kind not in _POLICY or (found and found[1] <= hit.start < found[2]) or is_link(folded, hit):
            continue
        read = _read_hit(folded, hit, hits, kinds, is_label(job.text, hit, short=short), kind_of_part)
        if read:
            rule, policy, score = read
            if kind_of_part == "legal" and not folded.startswith(("#li", "li "), hit.start):
                score *= 0.6
            if score >= 0.3:
                out.append(Evidence("remote_policy", rule, "description", hit.start, hit.end, policy, score))
    return out


def _with_context(
    folded: str, span: tuple[int, int], hits: list[Hit], languages: frozenset[str] = frozenset()
) -> list[Hit]:
    """The phrases of a sentence and the words beside them that turn them."""
    start, end = span
    part = folded[start:end]
    out = list(hits)
    for left, right, kind in context_words(languages).find(part, folded=part):
        for h in hits:
            if left + start < h.end and h.start < right + start:
                break
        else:
            out.append(Hit(left + start, right + start, kind))
    out.sort()
    return out


def _any_way(hits: list[Hit]) -> Evidence:
    first = next(h for h in hits if _POLICY.get(h.kind) == REMOTE)
    return Evidence("remote_policy", "any_way", "description", first.start, first.end, REMOTE, HOME)


def _read_hit(
    folded: str, hit: Hit, hits: list[Hit], kinds: set[str], short: bool, part: str
) -> tuple[str, str, float] | None:
    """What one phrase says in its sentence: rule, policy, score; ``None`` where it says nothing."""
    kind = hit.kind
    if kind == "no_remote":
        return "remote_denied", ONSITE, DENIED
    denied = _is_denied(folded, hits, hit)
    near = {h.kind for h in hits if hit.start - 45 <= h.start < hit.end + 35 and h is not hit}
    if kind == "onsite":
        if denied:
            return None
        if "asked" in kinds or ("rare" in kinds and not folded.startswith(_ALWAYS, hit.start)):
            return None
        if "must" in near and part not in ("about", "benefits"):
            return "onsite_required", ONSITE, DENIED
        return "onsite_stated", ONSITE, AT_PLACE * (0.7 if part in ("about", "benefits") else 1.0)
    if kind == "onsite_word":
        if denied or "rare" in kinds or "asked" in kinds or part == "benefits":
            return None
        strong = short or "must" in near
        return "onsite_word", ONSITE, 0.66 if strong else 0.3
    if kind in ("hybrid", "hybrid_word"):
        if denied:
            return "remote_denied", ONSITE, DENIED * 0.8
        if kind == "hybrid":
            return "hybrid_stated", HYBRID, MIXED
        return (
            "hybrid_word",
            HYBRID,
            WORD if short or near & {"job", "office", "home", "remote", "full", "day"} else 0.45,
        )
    if "perk" in near and kind != "full":
        return None
    if denied:
        return "remote_denied", ONSITE, DENIED * 0.85
    if "asked" in kinds:
        return None
    if any(h.kind == "partly" and h.start > hit.start for h in hits):  # what limits stands before
        near = {
            h.kind
            for h in hits
            if h is not hit and hit.start - 45 <= h.start < hit.end + (0 if h.kind == "partly" else 35)
        }
    if kind == "full":
        wholly = (
            folded.startswith(_WHOLLY, hit.start)
            or "100" in folded[hit.start : hit.end]
            or folded.endswith("anywhere in the world", hit.start, hit.end)
        )
        if not wholly and near & {"partly", "day"} and not short:
            return "remote_partly", HYBRID, HOME
        return "remote_stated", REMOTE, FULL + (0.04 if wholly else 0.0)
    if kind == "home":
        return "home_offered", HYBRID, HOME
    if near & {"partly", "day", "office"} and not short:
        return "remote_partly", HYBRID, 0.6
    if short or "job" in near:
        return "remote_word", REMOTE, WORD
    return "remote_word", HYBRID if part == "benefits" else REMOTE, 0.45


def _is_denied(folded: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether a word of denial stands close before the phrase, in the same clause."""
    for other in hits:
        if other.kind == "not" and other.end <= hit.start and hit.start - other.end <= 18:
            between = folded[other.end : hit.start]
            if not any(c in between for c in ",;:.()") and " only" not in between and " just" not in between:
                return True
    return False


def _words(reason: Evidence, job: Job) -> str:
    text = job.text if reason.source == "description" else job.posting.title if reason.source == "title" else ""
    if not text or reason.start is None:
        return ""
    return f": {text[reason.start : reason.end]!r}"
