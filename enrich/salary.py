"""Pay: the base salary as stated, in any country's way of writing it.

Figures are read by :mod:`enrich.pay_mentions`. Sources in order: the board's own structured pay, ``salary_text``, the
description, then title and place strings. Bonus, commission, equity, allowances and on-target earnings are told apart;
money that is nobody's pay (funding, revenue, cover) is left out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from enrich.confidence import calibrate
from enrich.job import Job
from enrich.money import PER_YEAR, currencies, currency_of, period_of
from enrich.pay_mentions import MOST, THRESHOLD, Mention, find
from enrich.pay_words import period_word
from enrich.posting import Posting
from enrich.result import Evidence, Language, Problem, Salary, SalaryBand

FIELD = "salary"
ELSEWHERE = {"about": 0.2}
"""How much less a single figure without a word of pay is pay, by the section it stands in."""


def propose(job: Job) -> list[Evidence]:
    """Evidence of pay from every source of the posting, bands of other kinds included."""
    out: list[Evidence] = []
    country, language = _country(job), job.language.code or _script(job.posting.salary_text or "")
    for pay in job.posting.pay:
        low, high = (None if x is None else Decimal(str(x)) for x in (pay.min, pay.max))
        known = (pay.currency or "").strip()
        meaning = currencies()["meaning"]
        sign = known.lower() if known.lower() in meaning else None
        currency = known.upper() if len(known) == 3 and known.isalpha() else currency_of(sign, country, language)
        period = period_word(pay.period) or period_of(high or low or Decimal(0), currency)
        kind = (pay.kind or "base").lower()
        kind = next((k for k in ("bonus", "commission", "equity", "ote", "allowance") if k in kind), "base")
        found = Mention(0, 0, low, high, currency, period, kind, 0.97)
        out.append(Evidence(FIELD, "structured", "pay", value=_value(found), score=0.97, note=found))
    sources = [("salary_text", job.posting.salary_text, True), ("description", job.text, False),
               ("title", job.posting.title, False)]  # fmt: skip
    many = len(job.posting.location_text) > 1
    sources += [(f"location_text[{i}]" if many else "location_text", x, False)
                for i, x in enumerate(job.posting.location_text)]  # fmt: skip
    for source, text, explicit in sources:
        if not text:
            continue
        for found in find(text, country=country, language=language, explicit=explicit):
            if source == "title":  # money in a title is pay, as a rule
                found.score = min(1.0, found.score + 0.12)
            if source == "description" and not found.said and found.low == found.high:
                section = job.section_at(found.start)
                found.score -= ELSEWHERE.get(section.kind, 0.0) if section else 0.0
            if found.score >= THRESHOLD or found.kind != "base":
                rule = "pay_field" if explicit else "pay_words"
                out.append(Evidence(FIELD, rule, source, found.start, found.end, _value(found), found.score, found))
    return out[:MOST]


def _country(job: Job) -> str | None:
    """The place string's country, else the hint, else a place read out of prose."""
    hint = (job.posting.country_hint or "").strip().upper()
    return hint if not job.posting.location_text and len(hint) == 2 and hint.isalpha() else job.country


@lru_cache(maxsize=1)
def _scripts() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Letters that one language alone has, and the language."""
    letters = (("ぁ-ヿ円給収", "ja"), ("가-힣", "ko"), ("\u0e00-\u0e7f", "th"), ("\u0590-\u05ff", "he"),
               ("đơưạấầậếềệọốộợụứừ", "vi"), ("一-鿿", "zh"))  # fmt: skip
    return tuple((re.compile(f"[{chars}]"), language) for chars, language in letters)


def _script(text: str) -> str | None:
    """The language that the script of a few words leaves no doubt about."""
    for pattern, language in _scripts():
        if pattern.search(text):
            return language
    return None


def decide(evidence: list[Evidence], job: Job) -> Salary:
    """The overall base range of the first source that has one; every band is kept."""
    out = Salary()
    for item in evidence:
        m = item.note
        raw = _words(item, job.posting, job.text)
        low, high, label = _float(m.low), _float(m.high), _label(item, job)
        out.bands.append(SalaryBand(low, high, m.currency, m.period, m.kind, label, m.gross, raw))
    for kind in ("base", "ote"):
        for source in ("pay", "salary_text", "description", "title", "location_text"):
            pool = [e for e in evidence if e.source.split("[")[0] == source and e.note.kind == kind
                    and e.score >= THRESHOLD]  # fmt: skip
            if not pool:
                continue
            best = max(pool, key=lambda e: e.score)
            same = [e for e in pool if (e.note.currency, e.note.period) == (best.note.currency, best.note.period)
                    and e.score >= best.score - 0.31]  # fmt: skip
            firm = [e for e in same if not e.note.floor] or same
            firm = _own_figure(firm) or firm
            lows = [e.note.low for e in firm if e.note.low is not None]
            highs = [e.note.high for e in firm if e.note.high is not None]
            out.min, out.max = _float(min(lows, default=None)), _float(max(highs, default=None))
            out.currency, out.period = best.note.currency, best.note.period
            out.raw = _words(best, job.posting, job.text)
            out.confidence = calibrate(FIELD, best.score)
            _conflict(evidence, source, out, job)
            return out
    return out


def _own_figure(items: list[Evidence]) -> list[Evidence]:
    """Of a form's fields, the one exact figure that stands within a bracket given beside it ("Pay", "Pay range")."""
    exact = [e for e in items if e.note.alone and e.note.low is not None and e.note.low == e.note.high]
    rest = [e.note for e in items if e not in exact]
    if len(exact) != 1 or not rest:
        return []
    own = exact[0].note.low
    held = all(m.alone and m.low is not None and m.high is not None and m.low <= own <= m.high for m in rest)
    return exact if held else []


def _label(item: Evidence, job: Job) -> str | None:
    """What a band is for (a place, a level, a kind of contract): the words before a colon at the head of its line."""
    if item.source != "description" or item.start is None:
        return None
    line = job.text[max(0, item.start - 60) : item.start].rpartition("\n")[2].strip(" •*-–")
    return line[:-1].strip() or None if line.endswith(":") and len(line) <= 41 else None


def _conflict(evidence: list[Evidence], source: str, out: Salary, job: Job) -> None:
    if source not in ("pay", "salary_text"):
        return
    for item in evidence:
        m = item.note
        if item.source == "description" and m.kind == "base" and m.period == out.period and m.high is not None:
            top = out.max or out.min or 0.0
            if abs(float(m.high) - top) > 0.01 * top and abs(float(m.low or m.high) - (out.min or top)) > 0.01 * top:
                job.problems.append(Problem("salary_conflict", FIELD, f"{source} and description state other pay"))
                return


def _words(item: Evidence, posting: Posting, text: str) -> str | None:
    if item.start is None or item.end is None:
        return None
    if item.source == "description":
        return text[item.start : item.end]
    if item.source == "salary_text":
        return (posting.salary_text or "").strip()
    if item.source.startswith("location_text"):
        index = int(item.source[14:-1]) if "[" in item.source else 0
        return posting.location_text[index][item.start : item.end]
    return posting.title[item.start : item.end]


def _float(value: Decimal | None) -> float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _value(m: Mention) -> dict[str, float | str | None]:
    return {"min": _float(m.low), "max": _float(m.high), "currency": m.currency, "period": m.period, "kind": m.kind}


def parse_salary(text: str, *, country: str | None = None, language: str | None = None) -> Salary:
    """The pay that a string about pay states.

    Args:
        text: such as ``"£45-55k p.a."``.
        country: ISO 3166-1 alpha-2, decides a bare ``$`` or ``kr`` and a missing currency.
        language: BCP 47, decides where no country is given.

    >>> pay = parse_salary("$45-55k a year", country="CA")
    >>> pay.min, pay.max, pay.currency, pay.period
    (45000, 55000, 'CAD', 'year')
    """
    job = Job(Posting(salary_text=text, country_hint=country), language=Language(language, None))
    return decide(propose(job), job)


def annual(salary: Salary, hours_per_week: float = 40, weeks_per_year: float = 52) -> tuple[float | None, float | None]:
    """Lowest and highest pay of a year, in units of the salary's currency; ``None`` where the period is not known.

    >>> annual(Salary(min=20, max=25.5, currency="USD", period="hour"))
    (41600, 53040)
    """
    weeks = Decimal(str(weeks_per_year))
    factors = {"hour": Decimal(str(hours_per_week)) * weeks, "day": weeks * 5, "week": weeks,
               "month": PER_YEAR["month"], "year": Decimal(1)}  # fmt: skip
    factor = factors.get(salary.period or "")
    if factor is None:
        return None, None
    low, high = (None if x is None else _float(Decimal(str(x)) * factor) for x in (salary.min, salary.max))
    return low, high
