"""The level a title names, on one scale, and what a text says of it where the title is silent.

Words and their traps ("Senior Living", "Lead Generation", "Account Executive") are data: ``vocabulary/titles.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from enrich.phrases import fold as even
from enrich.title_clean import vocabulary
from gazetteer.titles import fold

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

SCALE = ("intern", "entry", "mid", "senior", "lead", "manager", "director", "executive")
RANK = {name: i for i, name in enumerate(SCALE)}
READ = 6000
"""Characters of a text that are looked at: further down no text states the level of its job."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level with the words it stands in: ``text[start:end]``."""

    level: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Rules:
    search: AhoCorasick  # level words and traps in one automaton
    facts: list[tuple[str | None, str, str]]  # of each: level (None: a trap), how it is bounded, the word itself
    no_people: frozenset[str]
    longest: int  # words of the longest phrase in no_people
    staff_not: frozenset[str]
    associate_not: frozenset[str]
    associate_of: frozenset[str]
    assistant_to: frozenset[str]
    in_text: AhoCorasick
    text_levels: list[str]


def _spaced(text: str) -> str:
    return text.replace("-", " ").replace("\n", " ").replace("\t", " ").replace("\u00a0", " ")


def _plain(phrase: str) -> str:
    return _spaced(fold(phrase.strip("-*")))


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    table = vocabulary()
    facts: dict[str, tuple[str | None, str, str]] = {}
    for part in table["seniority"].values():
        for level, phrases in part.items():
            for phrase in phrases:
                kind = "whole"
                if phrase.startswith("-"):
                    kind = "ending"
                elif phrase.endswith("*"):
                    kind = "stem"
                elif ord(phrase[0]) >= 0x0E00:
                    kind = "anywhere"
                bare = _plain(phrase)
                facts[bare + kind[:1]] = (level, kind, bare)
    for phrase in table["traps"]:
        facts[_plain(phrase) + "t"] = (None, "whole", _plain(phrase))
    text_level = {
        form: level
        for level, phrases in table["seniority_in_text"].items()
        for phrase in phrases
        for form in (even(phrase), _plain(phrase))  # with its accents and without
    }
    no_people = frozenset(_plain(x) for x in table["managers_of_no_people"])
    return _Rules(
        search=AhoCorasick([x[2] for x in facts.values()], implementation=Implementation.ContiguousNFA),
        facts=list(facts.values()),
        no_people=no_people,
        longest=max(len(x.split()) for x in no_people),
        staff_not=frozenset(table["staff_is_no_level_before"]),
        associate_not=frozenset(table["associate_is_no_level_after"]),
        associate_of=frozenset(table["associate_is_no_level_before"]),
        assistant_to=frozenset(table["assistant_is_no_level_before"]),
        in_text=AhoCorasick(list(text_level), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
        text_levels=list(text_level.values()),
    )


_BENT = re.compile(r"(?:in|innen|en|n|e)?(?![^\W_])")


def _letter(text: str, i: int) -> bool:
    return 0 <= i < len(text) and text[i].isalnum()


def _hits(text: str) -> list[tuple[int, int, str | None, str]]:
    """Level words (start, end, level, word) of a folded title that no trap covers, in order, none over another."""
    rules = _rules()
    even = _spaced(text)
    found: list[tuple[int, int, str | None, str]] = []
    traps: list[tuple[int, int]] = []
    for number, start, end in rules.search.find_matches_as_indexes(even, overlapping=True):
        level, kind, word = rules.facts[number]
        if kind == "ending":
            bent = _BENT.match(even, end)
            if bent is None or not (start >= 2 and even[start - 1].isalpha() and even[start - 2].isalpha()):
                continue
            end = bent.end()
        elif kind == "stem":
            if _letter(even, start - 1):
                continue
            while _letter(even, end):
                end += 1
        elif kind == "whole" and (_letter(even, start - 1) or _letter(even, end)):
            continue
        if level is None:
            traps.append((start, end))
        else:
            found.append((start, -end, level, word))
    found.sort(key=lambda x: x[:2])
    out: list[tuple[int, int, str | None, str]] = []
    last = 0
    for start, minus_end, level, word in found:
        if start >= last and not any(a < -minus_end and start < b for a, b in traps):
            out.append((start, -minus_end, level, word))
            last = -minus_end
    return out


def _of_no_people(words: str) -> bool:
    """Does this end in a manager's title that has nobody to manage ("Account Manager")?"""
    rules = _rules()
    parts = _spaced(words).split()
    for size in range(1, min(rules.longest, len(parts)) + 1):
        tail = " ".join(parts[-size:])
        if tail in rules.no_people or (tail[-1] == "s" and tail[:-1] in rules.no_people):
            return True
    return False


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
    text, same = _folded(title)
    found: list[tuple[str, int, int, str]] = []
    for start, end, named, word in _hits(text):
        level = _in_context(named, word, text, start, end) if named else None
        if level is not None:
            found.append((level, start, end, word))
    if not found:
        return None
    level, start, end, word = _weigh(found, text)
    if not level:
        return None
    return Level(level, start if same else 0, end if same else len(title), "title")


_ASSISTS = re.compile(r"\b(?:assistant|secretary|pa|ea) to(?: the| our| a)?$")


def _in_context(level: str, word: str, text: str, start: int, end: int) -> str | None:
    """What a level word says where it stands; ``None`` where it is no level."""
    rules = _rules()
    before, after = text[:start].rstrip(" -"), text[end:].lstrip(" -.")
    following = re.match(r"[^\W_]+", after)
    following_word = following[0] if following else ""
    if level in ("manager", "director", "executive") and _ASSISTS.search(before):
        return None  # "PA to the CEO"
    if level == "manager" and (word.startswith("manager") or word in ("mgr", "mngr")):
        head = re.split(r"[,(|]|\s[-–—]\s", text[:end])[-1].removesuffix(word) + ("manager" if word[0] == "m" else word)
        if _of_no_people(head):
            return None
        field = re.match(r"\s*(?:,|of|-|–)\s*(?:the\s+)?([^\W_]+)", text[end:])
        if field and not before.strip() and _of_no_people(f"{field[1]} manager"):
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
        closing = text[end : end + 8].lstrip(".")
        if closing.startswith(")") and closing[1:].lstrip()[:1].isalpha():
            return None  # "(Senior) Engineer": either level will do
    if word == "architect" and (not before.strip() or _of_no_people(before + " architect")):
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


def in_text(text: str, folded: str | None = None) -> Level | None:
    """The level a description states of the job itself ("no experience required", "Seniority: Pleno").

    ``folded`` is the text as :func:`enrich.phrases.fold` makes it, where that is at hand.

    >>> in_text("No experience required, we train you.").level
    'entry'
    >>> in_text("You work with senior engineers.") is None
    True
    """
    rules = _rules()
    read = (even(text[:READ]) if folded is None else folded[:READ]).replace("\n", " ")
    hits = rules.in_text.find_matches_as_indexes(read)
    if not hits:
        return None
    number, start, end = hits[0]
    return Level(rules.text_levels[number], start, end, "text")
