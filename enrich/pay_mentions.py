"""Money in prose or in a field about pay: each figure or range with its currency, its period and what it is paid for.

Amounts come from :mod:`enrich.money`, the words around them from :mod:`enrich.pay_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from enrich.money import Amount, amounts, bounds, currencies, currency_of, period_of, plausible
from enrich.pay_words import KINDS, Cue, words

LEFT, RIGHT = 90, 48
MOST = 30
MOST_AMOUNTS, MOST_LOOKS = 50_000, 2_000
"""Numbers read in one text, and those with a currency or of a size of pay that are looked at closely: so that no
text takes longer than about a second. Postings seldom have more than fifty numbers."""
THRESHOLD = 0.5
_DASH = re.compile(r"\s*(?:[-–—―~〜～−‐‑]|&ndash;)\s*-?\s*")
_COUNTED = re.compile(
    r"\s?(?:%|\+?\s?(?:-\s?)?(?:years?|yrs?|hours?|hrs?|days?|weeks?|months?|people|employees|users|jahre|ans|años|anos|lat|"
    r"stunden|std|h\b|uur|wochen|tage|urlaubstage|heures|jours|horas|días|godzin|часов|лет|小时|小時|天|年|時|歳|名|人)\b)",
    re.I,
)
_CODE = re.compile(r"(?<!\d)(?:19|20)\d\d[/-]\d\d?(?!\d)|\d[:/]\d|\(\d")
_PLUS = re.compile(
    r"[+,;.&(|•、，；。]|\b(?:plus|and|with|as well|und|sowie|zzgl|et|ainsi|y|más|además|e|mais|più|oltre|i|oraz|och|"
    r"og|samt|ja|и|та)\b",
    re.I,
)
_STOP, _APART, _DIGIT = re.compile(r"[.!?;。]\s"), re.compile(r"[.!?;]\s|\+"), re.compile(r"\d")
_PARTS = frozenset(":=–-")
_CODE_BEFORE = re.compile(r"\b([A-Z]{3})\)?\s?[:=–-]\s?$")
_OPEN, _UPWARD = re.compile(r"\s*[-–—]\s*$"), re.compile(r"\s*[-–~～]\s*(?:\(|$)|\s?以上")


@dataclass(slots=True)
class Mention:
    """A figure or a range of figures, and what it is taken for."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    period: str | None
    kind: str
    score: float
    floor: bool = False
    gross: bool | None = None
    alone: bool = False
    sign: str | None = None
    stated: bool = False
    said: float = 0.0


def _join(text: str, first: Amount, second: Amount, between: bool) -> bool:
    """Whether two amounts are the ends of one range."""
    gap = text[first.end : second.start]
    if len(gap) > 24 or "\n\n" in gap:
        return False
    if first.sign and second.sign and first.sign != second.sign:
        table = currencies()
        if first.sign not in table["bare"] and second.sign not in table["bare"]:
            return False
    if _DASH.fullmatch(gap):
        return True
    for cue in words().cues(gap + "0"):
        if cue.kind == "to" and gap[cue.start : cue.end] != "/" and not gap[cue.end :].strip(" :"):
            before = gap[: cue.start].strip(" ,-–—.")
            word = gap[cue.start : cue.end].strip().lower()
            if word in ("and", "or", "und", "et", "y", "e", "i", "en", "och", "og", "и", "та") and not between:
                continue
            if not before or _only_terms(before):
                return True
    head = _OPEN.sub("", gap)
    return head != gap and _only_terms(head)


def _only_terms(text: str) -> bool:
    """Whether ``text`` is a period, gross or net and nothing else: what may stand within a range."""
    found = [c for c in words().cues(text) if c.kind in ("period", "rate", "gross", "net")]
    rest = list(text)
    for cue in found:
        rest[cue.start : cue.end] = " " * (cue.end - cue.start)
    return bool(found) and not any(c.isalnum() or c in "()" for c in rest)


def _windows(text: str, start: int, end: int, low: int, high: int) -> tuple[str, str]:
    left = text[max(low, start - LEFT) : start]
    right = text[end : min(high, end + RIGHT)]
    return left, right


def _mention(
    text: str,
    group: list[Amount],
    low_edge: int,
    high_edge: int,
    country: str | None,
    language: str | None,
    explicit: bool,
    more: bool = False,
) -> Mention | None:
    first, last = group[0], group[-1]
    sign = next((a.sign for a in group if a.sign and a.sign not in currencies()["bare"]), None)
    sign = sign or next((a.sign for a in group if a.sign), None)
    sign = sign or _sign_before(text, first.start)
    bare = sign is None
    if bare and (_COUNTED.match(text, last.end) or (first.value == 401 and first.unit > 1)):
        return None
    left, right = _windows(text, first.start, last.end, low_edge, high_edge)
    cut = right.find("\n")
    near = right if cut < 0 else right[:cut]
    stop = _STOP.search(near)
    if stop:
        near = near[: stop.start()]
    breaks = left.rfind("\n")
    before = words().cues(left)
    after = words().cues(near)
    middle = words().cues(text[first.start : last.end])
    period, stated = None, False
    rights = [c for c in after if c.kind in ("period", "rate") and not _DIGIT.search(near, 0, c.start)]
    lefts = [c for c in before if (c.kind == "period" and left[c.start] != "/")
             or (c.kind == "rate" and len(left[c.end :].strip()) <= 1)]  # fmt: skip
    right_cue = min(rights, key=lambda c: (c.start, -c.end), default=None)
    inner = next((c for c in middle if c.kind in ("period", "rate")), None)
    left_cue = max(lefts, key=lambda c: (c.end, c.end - c.start), default=None)
    if right_cue is not None and right_cue.start > 5 and left_cue is not None and left_cue.end > breaks:
        right_cue = None
    chosen = right_cue or inner or left_cue
    if chosen is not None:
        period, stated = chosen.value, True
    currency = currency_of(sign, country, language)
    abroad = country not in (None, "US") or language not in (None, "en")
    low, high = first.value, last.value
    if len(group) > 1:
        if first.unit == 1 and last.unit > 1 and low < high / last.unit * 10 and low < 1000:
            low *= last.unit
        elif low < 1000 <= high and first.unit == 1 and low * 1000 <= high and period != "hour" and high >= 10000:
            low *= 1000
        if low > high:
            low, high = high, low
    if high <= 0 or (bare and first.unit == 1 and high < 5):
        return None
    labels = len(near) if more and near == right and last.end + len(right) == high_edge < len(text) else None
    kind, cue_score = _kind(left, before, near, after, breaks, labels)
    score = 0.25 + cue_score
    score += 0.2 if stated else 0.0
    score += 0.15 if len(group) > 1 else 0.0
    named = bare and cue_score >= 0.35 and (first.unit > 1 or last.digits >= 4) and _near_pay(left, before)
    score += 0.1 if not bare or named else -0.2
    if explicit:
        score += 0.4
    if low > 0 and high / low > 20 and len(group) > 1:
        score -= 0.2
    alone = left[breaks + 1 :].strip(" -:•(") == "" and not near.strip(" -:.)")
    if alone and (not bare or named) and len(left) > 0:
        score += 0.3
    told = [*(c for c in before if c.end > breaks), *(c for c in after if not _PLUS.search(near[: c.start]))]
    doubt = any(c.kind in KINDS for c in told)
    if doubt and not (cue_score or explicit or alone) and len(group) == 1 and period in ("week", "month", "year"):
        score -= 0.15  # an amount by the month is pay unless the sentence tells of rents, fees, customers
    if bare and explicit and (first.unit > 1 or high >= 1000 or right_cue is not None):
        score += 0.1
    rated = right_cue is not None and right_cue.start == 0
    code = _CODE.search(text[first.start : last.end + 2]) or text[last.end : last.end + 1] in ("/", ":")
    if bare and code and not rated:
        return None
    if bare and explicit and first.unit == last.unit == 1 and high < 1000 and not (right_cue and right_cue.start <= 3):
        return None
    if kind == "notpay":
        return None
    if period is None:
        period = period_of(high, currency, abroad)
        if period is None and bounds().get(currency or "") is not None:
            period = period_of(low, currency, abroad)
            score -= 0.3
    elif not plausible(high, currency, period, Decimal(4) if abroad and currency == "USD" else Decimal("1.5")):
        thousand = high * 1000
        if period == "year" and high < 1000 and (len(group) > 1 or explicit) and plausible(thousand, currency, period):
            low, high, score = low * 1000, thousand, score - 0.15
        else:
            other = period_of(high, currency, abroad)
            score -= 0.3 if explicit else 0.45  # the words and the size disagree: seldom pay at all
            period = other or period
    if high >= 1000000 and currency in ("USD", "EUR", "GBP", "AUD", "CAD", "CHF", "NZD") and kind == "base":
        return None
    mention = Mention(first.start, last.end, low, high, currency, period, kind, min(1.0, max(0.0, score)))
    mention.alone, mention.sign, mention.stated, mention.said = alone, sign, stated, cue_score
    if len(group) == 1:
        _ends(mention, left, near, before, after)
        if not mention.floor and (mention.low is None or mention.high is None) and not bare:
            mention.score = min(1.0, mention.score + 0.2)
        exact = mention.low is not None and mention.high is not None and kind == "base"
        if exact and any(c.kind == "floor" for c in words().cues(text[last.end : min(high_edge, last.end + 160)])):
            mention.high, mention.floor = None, True
    for cue in (*after[:6], *before[-6:]):
        if cue.kind in ("gross", "net"):
            mention.gross = cue.kind == "gross"
            break
    return mention


def _sign_before(text: str, start: int) -> str | None:
    """A currency's code that a colon or a bracket parts from its amount: "paid in USD: 3,500", "CTC (INR): 900000"."""
    if text[max(0, start - 2) : start].rstrip()[-1:] not in _PARTS:
        return None
    found = _CODE_BEFORE.search(text, max(0, start - 12), start)
    code = found[1].lower() if found else None
    return code if code in currencies()["meaning"] else None


def _near_pay(left: str, before: list[Cue]) -> bool:
    """Whether a word of pay stands right before a figure without a currency."""
    return any(c.kind == "pay" and len(left) - c.end <= 20 and "\n" not in left[c.end :].strip(" \n:") for c in before)


def _ends(mention: Mention, left: str, near: str, before: list[Cue], after: list[Cue]) -> None:
    """A single figure as the lower or the upper end, where the words say so."""
    tail = [c for c in before if c.kind in ("from", "upto") and not left[c.end :].strip(" \n:~.c").replace("ca", "")]
    if tail:
        cue = max(tail, key=lambda c: (c.end - c.start, c.kind))
        if cue.kind == "from":
            mention.high = None
        else:
            mention.low = None
    elif _UPWARD.match(near) or (near.startswith("+") and not near[1:].strip()[:1].isalpha()):
        mention.high = None
    elif any(c.kind == "floor" for c in before) or any(c.kind == "floor" for c in after):
        mention.high, mention.floor = None, True
    elif any(c.kind == "upto" and c.start <= 1 and near[c.start : c.end] in ("max", "max.", "以下") for c in after):
        mention.low = None


def _kind(
    left: str, before: list[Cue], near: str, after: list[Cue], breaks: int, labels: int | None
) -> tuple[str, float]:
    """What the nearest words say the money is, and how much that counts.

    ``labels``: where in ``near`` another amount begins, which a word right before it is the label of.
    """
    if labels is not None and any(c.kind == "pay" and c.end > breaks for c in before):
        after = [c for c in after if c.kind not in KINDS or labels - c.end > 2]
    told = [c for c in after if c.kind in KINDS and not _PLUS.search(near[: c.start]) and c.start <= 22]
    told = [c for c in told if not _DIGIT.search(near, 0, c.start)]
    if told:
        cue = min(told, key=lambda c: c.start)
        if not any(c.kind == "pay" and c.start <= cue.start for c in after):
            return cue.kind, 0.2
    best, where = None, -1
    for cue in before:
        if cue.kind in KINDS or cue.kind == "pay":
            if cue.kind in KINDS and cue.end <= breaks:
                continue
            if cue.kind in KINDS and cue.end < len(left) and _APART.search(left, cue.end):
                continue
            if cue.end > where or (cue.end == where and best is not None and cue.start < best.start):
                best, where = cue, cue.end
    if best is not None:
        if best.kind == "pay":
            return "base", 0.35 if len(left) - best.end < 50 else 0.2
        return best.kind, 0.2
    if any(c.kind in ("pay", "gross", "net") and c.start < 25 for c in after):
        return "base", 0.3
    if any(c.kind == "offer" for c in before) or any(c.kind == "offer" and c.start < 12 for c in after):
        return "base", 0.2
    return "base", 0.0


def _matters(*pair: Amount) -> bool:
    """Whether one of the amounts can be money in prose at all."""
    return any(a.sign or a.unit > 1 or a.value >= 1000 for a in pair)


def find(
    text: str, *, country: str | None = None, language: str | None = None, explicit: bool = False
) -> list[Mention]:
    """Every figure of the text that may be pay. ``explicit``: the text is about pay, so a bare ``50k`` counts."""
    groups: list[list[Amount]] = []
    seen = list(islice(amounts(text), MOST_AMOUNTS))
    i = 0
    while i < len(seen):
        group = [seen[i]]
        if i + 1 < len(seen) and seen[i + 1].start - seen[i].end <= 24 and (explicit or _matters(seen[i + 1], seen[i])):
            left = text[max(0, seen[i].start - 24) : seen[i].start]
            between = any(c.kind == "between" and not left[c.end :].strip() for c in words().cues(left))
            if _join(text, seen[i], seen[i + 1], between):
                group.append(seen[i + 1])
        groups.append(group)
        i += len(group)
    out: list[Mention] = []
    signed = any(a.sign for a in seen)
    looks = 0
    for n, group in enumerate(groups):
        if not (group[0].sign or group[-1].sign):
            if explicit and signed:
                continue
            if not explicit and group[-1].value < 1000 and not (group[-1].unit > 1):
                continue
            if not explicit and group[-1].digits <= 4 and group[-1].unit == 1 and 1900 <= group[-1].value <= 2100:
                continue
        looks += 1
        if looks > MOST_LOOKS:
            break
        low_edge = groups[n - 1][-1].end if n else 0
        high_edge = groups[n + 1][0].start if n + 1 < len(groups) else len(text)
        more = n + 1 < len(groups) and groups[n + 1][0].sign is not None
        mention = _mention(text, group, low_edge, high_edge, country, language, explicit, more)
        if mention is not None:
            out.append(mention)
            if len(out) >= MOST:
                break
    _share(text, out)
    return out


def _share(text: str, found: list[Mention]) -> None:
    """Bands beside a firm one are of its period ("1st year 1,100, 2nd year 1,200 a month", a city or a level each)."""
    for order in (found, found[::-1]):
        for one, other in pairwise(order):
            gap = text[min(one.end, other.end) : max(one.start, other.start)]
            same = (one.kind == other.kind == "base" and one.sign and one.currency == other.currency
                    and (one.low is None, one.high is None) == (other.low is None, other.high is None)
                    and (one.low == one.high) == (other.low == other.high))  # fmt: skip
            known = one.period == other.period or (one.stated and not other.stated)
            if not same or not known or len(gap) > 60 or one.score < THRESHOLD or other.score >= one.score - 0.05:
                continue
            ends = [x for x in (one.low, one.high, other.low, other.high) if x is not None]
            if max(ends) <= 2 * min(ends) and not any(c.kind in KINDS for c in words().cues(gap)):
                other.period, other.score = one.period, max(THRESHOLD, one.score - 0.05)
