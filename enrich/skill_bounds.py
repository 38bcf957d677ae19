"""Where a technology's name ends: C is not C++, docker.com is a site, Dockerkenntnisse speak of Docker."""

from __future__ import annotations

import re

from gazetteer.skills import AMBIGUOUS, SLASH

_BREAK = re.compile(r"[\n\t,;|()\[\]:!?•\"“”]")
_VERSION = re.compile(r"\d{1,4}(?:\.(?:\d{1,3}|x))*\+?(?![\w])")
_TAIL = re.compile(r"[^\W\d_]{1,20}")
_CASES = frozenset({"u", "em", "ie", "om", "ovi"})
"""Endings of cases in Slavic languages that make no other word of a common one."""
_ADDRESS = re.compile(
    r"://|www\.|@\w|\w\.(?:com|org|net|io|de|fr|uk|eu|ch|at|nl|es|it|pl|br|in|jp|co|ai|dev|gov|edu)(?:/|$)", re.I
)


def latin(char: str) -> bool:
    """Whether a letter is of the Latin script."""
    return char.isalpha() and (char < "\u0250" or "\u1e00" <= char <= "\u1eff")


_OPEN, _SHUT = frozenset(" \n(,"), frozenset(("", " ", "\n", ",", ")", ";"))
"""What stands before and after most names, and settles it."""


def is_bounded(text: str, start: int, end: int, mark: int, heads: frozenset[str]) -> bool:
    """Whether ``text[start:end]`` is a word of its own, or with an ending that keeps it one."""
    if start and text[start - 1] not in _OPEN and not _begins(text, start, end, mark):
        return False
    if text[end : end + 1] not in _SHUT and not _ends(text, start, end, mark, heads):
        return False
    written = text[start:end]
    return written.isalnum() or _whole(written, mark)


def _whole(written: str, mark: int) -> bool:
    """No name reaches over a comma, a bracket or the end of a line, nor over a slash that is not its own."""
    if "/" in written and not mark & SLASH:
        return False
    return len(written) < 4 or _BREAK.search(written) is None


def _begins(text: str, start: int, end: int, mark: int) -> bool:
    if start == 0:
        return True
    before, first = text[start - 1], text[start]
    if before.isalnum():
        # a name in Latin letters may stand right after a letter of another script: Hebrew prefixes, Japanese, Chinese
        if latin(first) or first == ".":
            return not latin(before) and not before.isdigit()
        return "\u2e80" <= first <= "\ud7ff"
    if before in "/@_-.:=" and start > 1:
        if before == "@" or (before == "_" and text[start - 2].isalnum()):
            return False
        if before == "-" and text[start - 2].isalnum() and (end - start == 1 or mark & AMBIGUOUS):
            return False
        if before in "/=_-" and _address(text, start, end):
            return False
    return True


def _ends(text: str, start: int, end: int, mark: int, heads: frozenset[str]) -> bool:
    if end >= len(text):
        return True
    char, last = text[end], text[end - 1]
    rest = text[end + 1 : end + 2]
    if not char.isalnum():
        if char in "+#":
            return last in "+#" or (end - start > 1 and rest != char)
        if char == ".":
            return not (rest.isalpha() and rest.islower()) or not latin(rest)
        if char in "@_":
            return not rest.isalnum()
        if char == ":" and text.startswith("://", end):
            return False
        if char == "&":
            return end - start > 1 or not rest.isalnum()
        if char == "-" and rest.isalpha() and (end - start == 1 or mark & AMBIGUOUS):
            word = _word(text, end + 1)
            return rest.isupper() or word in heads or word in ("based", "like")
        if char in "/-" and _address(text, start, end):
            return False
        return end - start > 1 or char not in "'’"
    if last in "+#":
        return True
    if char.isdigit():
        return (end - start >= 3 or last in "+#") and not last.isdigit() and _VERSION.match(text, end) is not None
    if not latin(last):
        return not _letters_join(last, char)
    if not latin(char):
        return True
    tail = _word(text, end)
    if char.isupper() and rest.islower() and len(tail) > 3 and end - start >= 3 and text[start].isupper():
        return not mark & AMBIGUOUS and (last.islower() or text[start:end].isupper())  # a lost space: "JavaStrong"
    if end - start < 3 or tail not in heads:
        return False
    after = end + len(tail)
    if after < len(text) and (text[after].isdigit() or text[after] in "_@"):
        return False
    if mark & AMBIGUOUS:  # "ve Swiftu"
        return tail in _CASES and end - start >= 5 and text[start].isupper()
    if tail == "s":
        return True
    return text[start].isupper() and (len(tail) > 3 or end - start > 3)


def _word(text: str, at: int) -> str:
    found = _TAIL.match(text, at)
    return found[0].lower() if found else ""


def _letters_join(last: str, char: str) -> bool:
    """Whether two letters of other scripts make one word: Cyrillic and Greek do, Chinese and Japanese need no space."""
    if last.isascii() and "\u2e80" <= char <= "\ud7ff":  # "GA4를", "S3の"
        return False
    return not ("\u0590" <= last <= "\u06ff" or "\u2e80" <= last <= "\ud7ff") and char.isalpha()


def _address(text: str, start: int, end: int) -> bool:
    """Whether the word is part of a web or mail address."""
    low = max(text.rfind(" ", max(0, start - 120), start), text.rfind("\n", max(0, start - 120), start)) + 1
    return _ADDRESS.search(_token(text, low, end)) is not None


def _token(text: str, low: int, end: int) -> str:
    high = end
    while high < len(text) and high < end + 60 and not text[high].isspace():
        high += 1
    return text[low:high]
