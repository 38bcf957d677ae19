"""What the words around a technology make of it: the worker's tool, the employer's own talk, a team, a degree."""

from __future__ import annotations

import re

from enrich.skill_words import Reading
from gazetteer.skills import CONCEPT, SOCIAL

REACH = 140
"""How far, within its sentence, what the employer says of itself is looked for."""
_PEOPLE = re.compile(
    r"s?[\s-]{1,2}(?:(?:and|und|et|y|&) \w+ )?(?:teams?|researchers?|masters?|department|community|communities|"
    r"companies|company|practitioners|employees|abteilung|teamet|équipes?|equipos?|equipes?|colleagues|kollegen)\b",
    re.I,
)
_MONEY_BEFORE, _MONEY_AFTER = re.compile(r"\d[\d,. ]*\d{3}\s?$"), re.compile(r"\s?\d[\d,. ]*\d{3}(?!\d)")
_DEGREE = re.compile(
    r"\b(?:degree in|degree or|bachelor|master['’]?s?\b|b\.?a\.? in|b\.?sc|ph\.?d|diploma in|certifications? in|"
    r"studium|abschluss|licence en|laurea|licenciatura)\b"
    r"(?![^\n]*(?:experience|knowledge|skill|erfahrung|kenntnis|expérience|experien))"
    r"[^\n;:•.]*$",
    re.I,
)
_FOLLOW = re.compile(
    r"\b(?:follow|connect with|find) (?:us|our)|our (?:\w+ ){0,2}(?:page|channel)|check out our|folge? uns|suivez|"
    r"síguenos|siga-nos|seguici|volg ons|följ oss|śledź|social (?:media )?(?:channels|icons)",
    re.I,
)
_MENTION_WORD = re.compile(r"\bword\s+[\"“'*]*$", re.I)


def is_aside(reading: Reading, start: int, end: int, traits: int) -> bool:
    """Whether the words around ``text[start:end]``, a technology with these traits, speak of something else than the
    work."""
    text = reading.text
    if traits & SOCIAL:
        low, high = reading.sentence(start)
        return high - low < 90 and (_FOLLOW.search(text, low, high) is not None or _only_names(text, low, high))
    if text[start:end].isupper():
        if "word" in text[max(0, start - 10) : start].lower() and _MENTION_WORD.search(text, max(0, start - 10), start):
            return True
        if end - start == 3 and (  # PHP is also a currency
            _MONEY_BEFORE.search(text, max(0, start - 14), start) or _MONEY_AFTER.match(text, end, end + 14)
        ):
            return True
    if not traits & CONCEPT:
        return False
    if _PEOPLE.match(text, end, end + 34):
        return True
    if reading.boasts(start, end, REACH):
        return True
    low = max(start - REACH, text.rfind("\n", max(0, start - REACH), start) + 1)
    return _DEGREE.search(text, low, start) is not None


def _only_names(text: str, low: int, high: int) -> bool:
    """A line of one-word names, as the links at the foot of a page are."""
    found = text[low:high].replace("|", " ").replace("/", " ").split()
    return 2 < len(found) < 9 and all(w[:1].isupper() for w in found) and "," not in text[low:high]
