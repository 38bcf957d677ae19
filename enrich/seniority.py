"""The level a title names, on one scale, and what a text says of it where the title is silent.

Words and their traps ("Senior Living", "Lead Generation", "Account Executive") are data: ``vocabulary/titles.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from enrich.title_clean import vocabulary
from gazetteer.titles import fold

SCALE = ("intern", "entry", "mid", "senior", "lead", "manager", "director", "executive")
RANK = {name: i for i, name in enumerate(SCALE)}


@dataclass(frozen=True, slots=True)
class Level:
    """A level with the words it stands in: ``text[start:end]``."""

    level: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Rules:
    words: re.Pattern[str]
    level_of: dict[str, str]
    traps: re.Pattern[str]
    no_people: re.Pattern[str]
    staff_not: frozenset[str]
    associate_not: frozenset[str]
    associate_of: frozenset[str]
    assistant_to: frozenset[str]
    in_text: re.Pattern[str]
    text_level: dict[str, str]


def _either(phrases: list[str]) -> str:
    return "|".join(re.escape(x).replace(r"\ ", r"[\s-]+") for x in sorted(set(phrases), key=len, reverse=True))


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    table = vocabulary()
    level_of: dict[str, str] = {}
    stems: list[str] = []
    endings: list[str] = []
    unspaced: list[str] = []
    for part in table["seniority"].values():
        for level, phrases in part.items():
            for phrase in phrases:
                bare = fold(phrase.strip("-*"))
                level_of[bare] = level
                if phrase.startswith("-"):
                    endings.append(bare)
                elif phrase.endswith("*"):
                    stems.append(bare)
                elif ord(phrase[0]) >= 0x0E00:
                    unspaced.append(bare)
    whole = [w for w in level_of if w not in set(endings) | set(stems) | set(unspaced)]
    pattern = (
        rf"(?<![^\W_])(?:{_either(whole)})(?![^\W_])|(?<![^\W_])(?:{_either(stems)})\w*"
        rf"|(?<=[^\W\d_]{{2}})(?:{_either(endings)})(?:in|innen|en|n|e)?(?![^\W_])|(?:{_either(unspaced)})"
    )
    text_level: dict[str, str] = {}
    for level, phrases in table["seniority_in_text"].items():
        for phrase in phrases:
            text_level[fold(phrase)] = level
    return _Rules(
        words=re.compile(pattern),
        level_of=level_of,
        traps=re.compile(rf"(?<![^\W_])(?:{_either([fold(x) for x in table['traps']])})(?![^\W_])"),
        no_people=re.compile(rf"(?:{_either([fold(x) for x in table['managers_of_no_people']])})s?$"),
        staff_not=frozenset(table["staff_is_no_level_before"]),
        associate_not=frozenset(table["associate_is_no_level_after"]),
        associate_of=frozenset(table["associate_is_no_level_before"]),
        assistant_to=frozenset(table["assistant_is_no_level_before"]),
        in_text=re.compile(_either(list(text_level))),
        text_level=text_level,
    )


def _folded(text: str) -> tuple[str, bool]:
    """The folded text, and whether its places are still those of the text."""
    folded = fold(text)
    return folded, len(folded) == len(text)


def in_title(title: str) -> Level | None:
    """The level a title names, or ``None``.

    >>> in_title("Sr. Product Manager").level, in_title("Engineering Manager").level
    ('senior', 'manager')
    >>> in_title("Account Manager") is None, in_title("Senior Living Nurse") is None
    (True, True)
    """
    rules = _rules()
    folded, same = _folded(title)
    text = rules.traps.sub(lambda m: "\x01" * len(m[0]), folded)
    found: list[tuple[str, int, int, str]] = []
    for m in rules.words.finditer(text):
        word = re.sub(r"[\s-]+", " ", m[0])
        level = rules.level_of.get(word)
        if level is None:
            level = next(
                (rules.level_of[w] for w in (word[:n] for n in range(len(word), 2, -1)) if w in rules.level_of), None
            )
        if level is None:
            continue
        level = _in_context(level, word, text, m.start(), m.end())
        if level is not None:
            found.append((level, m.start(), m.end(), word))
    if not found:
        return None
    level, start, end, word = _weigh(found, text)
    if not level:
        return None
    return Level(level, start if same else 0, end if same else len(title), "title")


def _in_context(level: str, word: str, text: str, start: int, end: int) -> str | None:
    """What a level word says where it stands; ``None`` where it is no level."""
    rules = _rules()
    before, after = text[:start].rstrip(" -"), text[end:].lstrip(" -.")
    following = re.match(r"[^\W_]+", after)
    following_word = following[0] if following else ""
    if level == "manager" and word.startswith("manager"):
        head = re.split(r"[,(|]|\s[-–—]\s", text[:end])[-1]
        if rules.no_people.search(head.strip()):
            return None
        field = re.match(r"\s*(?:,|of|-|–)\s*(?:the\s+)?([^\W_]+)", text[end:])
        if field and not before.strip() and rules.no_people.search(f"{field[1]} manager"):
            return None  # "Manager, Product"
    if word == "staff" and not after.startswith("+"):
        if not following_word or following_word in rules.staff_not:
            return None
        if before and not re.search(r"(?:senior|sr|lead|principal|^|[-–—,|(:])\.?$", before):
            return None
    if word in ("associate", "assoc"):
        previous = re.findall(r"[^\W_]+", before)
        if previous and previous[-1] in rules.associate_not:
            return None
        if following_word in rules.associate_of:
            return None
    if word == "assistant" and (before.strip(" (") or not following_word or following_word in rules.assistant_to):
        return None
    if word == "principal" and not after.strip() and not before:
        return "manager"
    if word in ("senior", "sr", "snr") and text[:start].rstrip().endswith("("):
        closing = text[end : end + 3].lstrip(".")
        if closing.startswith(")") and closing[1:].strip():
            return None  # "(Senior) Engineer": either level will do
    if word == "architect" and (not before.strip() or rules.no_people.search(before + " architect")):
        return None  # who designs buildings
    return level


def _weigh(found: list[tuple[str, int, int, str]], text: str) -> tuple[str, int, int, str]:
    """One level of several: alternatives give the lower, words that stack give the higher."""
    levels = {x[0] for x in found}
    for low in ("intern", "entry"):
        if low in levels:
            return next(x for x in found if x[0] == low)
    if len(found) > 1:
        for one, other in pairwise(found):
            gap = text[one[2] : other[1]].strip(" .")
            if one[0] != other[0] and gap in (
                "/",
                "or",
                "oder",
                "ou",
                "o",
                "|",
                "to",
                "bis",
                "-",
                "–",
                "&",
                "and",
                "und",
                "/ ",
                "lub",
            ):
                return min((one, other), key=lambda x: RANK[x[0]])
    if levels == {"senior", "lead"} and any(x[3].startswith("architect") for x in found):
        return next(x for x in found if x[0] == "senior")
    if "lead" in levels and "manager" in levels:
        lead = next(x for x in found if x[0] == "lead")
        if lead[3] == "principal":
            return lead
    return max(found, key=lambda x: RANK[x[0]])


def in_text(text: str, limit: int = 6000) -> Level | None:
    """The level a description states of the job itself ("no experience required", "Seniority: Pleno").

    >>> in_text("No experience required, we train you.").level
    'entry'
    >>> in_text("You work with senior engineers.") is None
    True
    """
    folded, same = _folded(text[:limit])
    m = _rules().in_text.search(folded)
    if m is None:
        return None
    level = _rules().text_level[re.sub(r"[\s-]+", " ", m[0])]
    return Level(level, m.start() if same else 0, m.end() if same else 0, "text")
