"""Occupations: names in many languages -> role (English singular), function and ISCO-08 unit group.

The tables in ``data/titles/`` name about 3,600 roles, one file a function; ``heads.toml`` holds what titles are built
of: head nouns ("Entwickler" -> Developer) and domains ("Vertrieb" -> Sales) by language, so that a compound nobody
listed still has its head. A string without an occupation has no role.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer.title_parts import (
    STATES,
    RoleMatch,
    by_activity,
    by_head,
    compound,
    gendered,
    intern_of,
    made_role,
    strong_role,
    turned,
)
from gazetteer.title_tables import Role, Tables, fold, load, unspaced, words
from gazetteer.title_typos import meant

__all__ = ["Role", "RoleMatch", "find", "fold", "is_title_word", "lookup", "roles", "segments", "words"]

_SPLIT = re.compile(
    r"\s+[-–—|/·•:]+\s+|\s*[|,;()\[\]/（）【】／・｜「」<>＜＞:]\s*|\s+[-–—]+|[-–—]+\s+(?!(?i:und|oder|och|og|eller|en|of)\s)"
)
_LATIN = re.compile(r"[a-z][a-z.]*[+#]*")
_LONGEST = 6


def segments(title: str) -> list[str]:
    """A title's parts, split at dashes, commas, slashes and brackets.

    >>> segments("Data Analyst (Payments) - Risk/Fraud")
    ['Data Analyst', 'Payments', 'Risk', 'Fraud']
    """
    return [part for part in (x.strip() for x in _SPLIT.split(title)) if part]


def roles() -> list[Role]:
    """Every role of the tables."""
    tables = load()
    return [tables.role(number) for number in range(len(tables.roles))]


def lookup(name: str, language: str | None = None) -> Role | None:
    """The role that exactly this name stands for, in ``language`` if given, else in English, else in any.

    >>> lookup("Krankenschwester").name
    'Registered Nurse'
    >>> lookup("Berlin") is None
    True
    """
    tables = load()
    number = tables.names.get(" ".join(words(name)), language)
    return None if number is None else tables.role(number)


def _singular(word: str) -> str | None:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return None


def find(title: str, language: str | None = None) -> RoleMatch | None:
    """The role that a title names, or ``None`` where it names no occupation.

    Args:
        title: a title with its noise off; seniority words do no harm.
        language: of the title, where it is known.

    >>> find("Lead Bridge Inspector, Railways").role.name
    'Bridge Inspector'
    >>> find("Geospatial Scientist").role.name
    'Geospatial Scientist'
    >>> find("Welcome to our team") is None
    True
    """
    tables = load()
    parts = [_without_level(words(x)) for x in segments(title)]
    best = _find(tables, title, parts, language)
    if best is None or best.rule == "head noun":
        best = _misspelt(tables, title, parts, language, best) or best
    return best


MOST_MISSPELT = 8
"""Words of a title that are looked at for slips at most: a longer string is a sentence."""


def _misspelt(
    tables: Tables, title: str, parts: list[list[str]], language: str | None, found: RoleMatch | None
) -> RoleMatch | None:
    """The role that a title would name if its unknown words were spelled like known ones."""
    if title.isascii() is False and unspaced(title):
        return None
    if sum(map(len, parts)) > MOST_MISSPELT:
        return None
    right = [[meant(w) or w for w in part] for part in parts]
    if right == parts:
        return None
    match = _find(tables, " - ".join(" ".join(part) for part in right), right, language)
    if match is None or (found is not None and match.rule != "known name"):
        return None
    mended = {w for old, new in zip(parts, right, strict=True) for w in new if w not in old}
    if found is None and not any(w in mended for w in words(match.role.name)) and match.rule != "known name":
        return None
    return RoleMatch(match.role, "misspelt", match.score * 0.6)


def _find(tables: Tables, title: str, parts: list[list[str]], language: str | None) -> RoleMatch | None:
    order: list[str | None] = [language, "en"] if language and language != "en" else ["en"]
    best = _whole(tables, title, parts, language)
    if best is not None:
        return best
    everything = [w for part in parts for w in part]
    for position, part in enumerate(parts):
        match = _in_segment(tables, part, everything, order, position)
        if match is None:
            continue
        if match.role.name in STATES and match.rule not in _WEAK:
            match = RoleMatch(match.role, _WEAK[0], match.score - 0.1)
        if best is None or (best.rule in _WEAK and (match.rule not in _WEAK or best.role.name in STATES)):
            best = match
        if best.rule not in _WEAK:
            break
    if best is not None and best.rule in _WEAK and len(parts) > 1:
        number = tables.names.get(" ".join([*parts[1], *parts[0]]), language)  # "Engineer, Civil"
        if number is not None:
            return RoleMatch(tables.role(number), "turned", 0.8)
    if best is None or best.rule in _WEAK or best.role.name == "Vice President":
        around = turned(tables, parts)
        if around is not None:
            return around
    if best is not None and best.role.name == "Intern" and len(parts) > 1 and language not in (None, "en"):
        best = intern_of(tables, parts, str(language)) or best
    if unspaced(title) and (best is None or best.rule in _WEAK):
        best = _in_unspaced(tables, title) or best
    if best is None:
        best = by_activity(tables, parts, everything)
    return best


_WEAK = ("generic head",)


def _whole(tables: Tables, title: str, parts: list[list[str]], language: str | None) -> RoleMatch | None:
    """A title that is a known name from end to end, or "Director of ..." where the field's manager is known."""
    if len(parts) == 1:
        number = tables.names.get(" ".join(parts[0]), language)
        if number is not None and fold(tables.role(number).name) not in tables.generic:
            role = tables.role(number)
            everything = parts[0]
            return (None if role.name in tables.plain else RoleMatch(role, "known name", 0.97)) or (
                None if strong_role(tables, role.name, everything) else RoleMatch(role, "known name", 0.97)
            )
    if parts and parts[0][:2] in (["head", "of"], ["director", "of"]):
        around = turned(tables, parts)
        if around is not None and around.score >= 0.75:
            return around
    return None


_LEVELS = frozenset(["senior", "sr", "junior", "jr", "mid", "medior", "pleno", "ssr", "semisenior", "sênior"])
_NO_LEVEL_BEFORE = frozenset(
    ["living", "care", "companion", "government", "high", "sous", "services", "center", "level"]
)


def _without_level(part: list[str]) -> list[str]:
    """The words without those of level inside them ("Python Senior Developer")."""
    return [
        w
        for i, w in enumerate(part)
        if w not in _LEVELS or (i + 1 < len(part) and part[i + 1] in _NO_LEVEL_BEFORE) or len(part) == 1
    ]


def _in_segment(
    tables: Tables, part: list[str], everything: list[str], order: list[str | None], position: int
) -> RoleMatch | None:
    """The role of one part of a title: a known name, else a head noun with what stands before or after it."""
    language = order[0]
    for stop, word in enumerate(part):
        if stop and word in tables.cut:
            match = _in_segment(tables, part[:stop], everything, order, position)
            if match is not None:
                return match
    base = 0.95 - 0.05 * min(position, 4)
    found: tuple[int, int, int] | None = None  # length, place, role
    last_first = language in (None, "en", "de", "nl", "sv", "da", "no", "fi", "hu", "tr", "ja", "ko", "zh")
    for start in range(len(part)):
        for length in range(min(_LONGEST, len(part) - start), 0, -1):
            if found is not None and length < found[0]:
                break
            number = _match(tables, part[start : start + length], language)
            if number is None:
                continue
            if (
                found is None
                or length > found[0]
                or (length == found[0] and (last_first or tables.roles[found[2]] in STATES))
            ):
                found = (length, start, number)
            break
    if found is not None:
        length, start, number = found
        role = tables.role(number)
        whole = length == len(part)
        if length > 1 or fold(role.name) not in tables.generic:
            strong = strong_role(tables, role.name, everything)
            if strong is not None:
                return strong
            return RoleMatch(role, "known name", base if whole else base - 0.07)
        strong = strong_role(tables, role.name, everything)
        if strong is not None:
            return strong
        head = role.name
        made = compound(tables, part, start, head, language, base)
        return made or RoleMatch(role, "generic head", base - 0.25)
    for start in range(len(part) - 1, -1, -1):
        word = part[start] if part[start] in tables.generic else _singular(part[start]) or ""
        if word not in tables.generic:
            continue
        head = "Software Developer" if word == "developer" else word.capitalize()
        strong = strong_role(tables, head, everything)
        if strong is not None:
            return strong
        native = language not in (None, "en") and start and part[start - 1] not in tables.english_words
        made = None if native else compound(tables, part, start, word.capitalize(), "en", base)
        if made is None and language not in (None, "en"):
            made = compound(tables, part, start, word.capitalize(), language, base)
        if made is not None or word in tables.head_roles or word.capitalize() in tables.head_roles:
            return made or made_role(tables, head, word.capitalize(), "generic head", base - 0.3)
    return by_head(tables, part, everything, order, base) if _may_hold_head(part) else None


@lru_cache(maxsize=1)
def _head_ends() -> frozenset[str]:
    """The last four letters of every head noun and every end of a compound; shorter heads whole."""
    tables = load()
    heads = (head.rsplit(" ", 1)[-1] for table in tables.heads.values() for head in table)
    return frozenset(head[-4:] for head in heads)


def _may_hold_head(part: list[str]) -> bool:
    """Whether a word, or a form of it, ends as a head noun does: most titles in English hold none."""
    ends = _head_ends()
    return any(form[-4:] in ends for word in part for form in (word, *gendered(word)))


def _match(tables: Tables, part: list[str], language: str | None) -> int | None:
    key = " ".join(part)
    number = tables.names.get(key, language)
    if number is not None and language is not None and len(part) == 1 and key.isascii():
        number = _of_language(tables, key, language)
    if number is not None:
        english = tables.names.only(key, "en") is not None or key not in tables.english_words
        if len(part) > 1 or language not in (None, "en") or english:
            return number
        return None  # "commercial" is an occupation in French alone
    single = _singular(part[-1])
    if single is not None:
        number = tables.names.get(" ".join([*part[:-1], single]), language)
        if number is not None:
            return number
    if language not in (None, "en") or len(part) == 1:
        ends = (0,) if language in ("fr", "es", "pt", "it") else (-1,)
        for end in ends:
            if len(part[end]) < 6:
                continue
            for form in gendered(part[end]):
                copy = list(part)
                copy[end] = form
                found = tables.names.only(" ".join(copy), language)
                if found is not None:
                    return found
    return None


_ALIKE: dict[str, tuple[str, ...]] = {
    "da": ("no", "sv"), "no": ("da", "sv"), "sv": ("no", "da"), "nb": ("no", "da"), "nn": ("no", "da"),
    "id": ("ms",), "ms": ("id",), "cs": ("sk",), "sk": ("cs",), "ca": ("es",), "gl": ("pt", "es"),
    "hr": ("sr", "sl"), "sr": ("hr", "sl"), "bs": ("hr", "sr"), "sl": ("hr", "sr"), "pt": ("es",), "es": ("pt",),
    "zh": ("ja",), "af": ("nl",), "lb": ("de",),
}  # fmt: skip
"""Languages that one word is read in besides its own: elsewhere it is another word ("guru", "optik")."""


def _of_language(tables: Tables, key: str, language: str) -> int | None:
    """The role that a word stands for in a language, in English, or in a language like it."""
    for wanted in (language, "en", *_ALIKE.get(language, ())):
        number = tables.names.only(key, wanted)
        if number is not None:
            return number
    return None


def _in_unspaced(tables: Tables, title: str) -> RoleMatch | None:
    """The longest name inside a script that writes no spaces; of equally long ones the last."""
    text = fold(title)
    text = "".join(ch for ch in text if not ch.isspace())
    best: tuple[int, int, int] | None = None
    for i in range(len(text) - 1):
        for name, number in tables.unspaced.get(text[i : i + 2], ()):
            if text.startswith(name, i):
                if best is None or len(name) >= best[0]:
                    best = (len(name), i, number)
                break
    if best is None:
        return None
    role = tables.role(best[2])
    if role.name in ("Engineer", "Software Developer", "Developer"):
        for word in _LATIN.findall(text):
            if word in tables.technologies:  # "Java工程师"
                head = role.name.rsplit(" ", 1)[-1]
                return made_role(tables, f"{tables.technologies[word]} {head}", head, "head noun", 0.8)
    return RoleMatch(role, "known name", 0.8)


def is_title_word(text: str) -> bool:
    """Is this a word (or words) that titles are made of, and therefore no place or employer by itself?

    >>> is_title_word("engineer"), is_title_word("hamburg")
    (True, False)
    """
    known = load().title_words
    return all(w in known for w in words(text))
