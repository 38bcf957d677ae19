"""Misspelt words of titles: the word that was meant, where there is just one that it can be.

Last resort of :func:`gazetteer.titles.find`. A word is compared with few others alone: those of the same first and last
letter and about the same length, so a larger table costs little.
"""

from __future__ import annotations

from functools import lru_cache

from gazetteer.title_tables import load

SHORTEST = 6
"""Letters from which a word is long enough to be known in spite of a slip."""
LONG = 9
"""Letters from which two slips are allowed."""


@lru_cache(maxsize=1)
def _blocks() -> dict[tuple[str, str, int], list[str]]:
    """The words of titles by first letter, last letter and length."""
    out: dict[tuple[str, str, int], list[str]] = {}
    for word in sorted(load().title_words):
        if len(word) >= SHORTEST and word.isalpha():
            out.setdefault((word[0], word[-1], len(word)), []).append(word)
    return out


def meant(word: str) -> str | None:
    """The word of titles that ``word`` (folded) is a misspelling of; ``None`` where there is none, or more than one.

    >>> meant("enginer"), meant("sofware"), meant("adminstrator")
    ('engineer', 'software', 'administrator')
    >>> meant("welcome"), meant("engineer"), meant("designed")
    (None, None, None)
    """
    from rapidfuzz.distance import OSA

    if len(word) < SHORTEST or not word.isalpha() or word in load().title_words:
        return None
    short = [word + x for x in "abcdefghijklmnopqstuvwxyz" if word + x in load().title_words]
    if len(short) == 1:  # the last letter left out; no "r": "manage" is a word of its own
        return short[0]
    slips = 2 if len(word) >= LONG else 1
    best: dict[int, set[str]] = {}
    for length in range(len(word) - slips, len(word) + slips + 1):
        for known in _blocks().get((word[0], word[-1], length), ()):
            distance = OSA.distance(word, known, score_cutoff=slips)
            if 0 < distance <= slips:
                best.setdefault(distance, set()).add(known)
    if not best:
        return None
    nearest = best[min(best)]
    return nearest.pop() if len(nearest) == 1 else None
