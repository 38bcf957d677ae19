"""The careful second pass: which language a text's three- and four-letter grams are most like.

The grams and their probabilities stand in ``vocabulary/language_profiles.tsv``, made by
``benchmarks/language_profiles.py`` from lingua's models (Apache-2.0). Read when first needed.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from pathlib import Path

PROFILES = Path(__file__).with_name("vocabulary") / "language_profiles.tsv"
READ = 600
"""Letters that are read at most: more add nothing."""
CAUTION = 0.3
"""Grams lean on one another; their evidence counts this much of what independent ones would."""

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
CYRILLIC = frozenset(["be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"])
FLOOR = {3: 17.5, 4: 20.5}
"""Level (twice the negative natural logarithm) of a gram that a language's profile does not hold."""


@lru_cache(maxsize=1)
def profiles() -> tuple[tuple[str, ...], dict[str, list[tuple[str, float]]]]:
    """The languages, and gram -> languages with what it speaks for each, in natural logarithms above the floor."""
    table: dict[str, list[tuple[str, float]]] = {}
    codes: dict[str, None] = {}
    for row in PROFILES.read_text(encoding="utf-8").splitlines():
        code, size, level, grams = row.split("\t")
        codes[code] = None
        gain = (code, max(0.0, FLOOR[int(size)] - int(level)) / 2)
        for gram in grams.split():
            table.setdefault(gram, []).append(gain)
    return tuple(codes), table


def likeness(text: str) -> dict[str, float]:
    """Language -> probability among the languages with a profile in the text's script; ``{}`` without any letters.

    >>> found = likeness("Musasi wezvinhu zvose akati kuvanhu")
    >>> max(found, key=found.get)
    'sn'
    """
    codes, table = profiles()
    cyrillic = bool(_CYRILLIC.search(text))
    scores = dict.fromkeys(codes, 0.0)
    seen = 0
    found: list[list[tuple[str, float]]] = []
    for word in _WORD.findall(text[: 2 * READ].lower()):
        size = len(word)
        grams = [word[i : i + 3] for i in range(size - 2)] + [word[i : i + 4] for i in range(size - 3)]
        seen += len(grams)
        found += filter(None, map(table.get, grams))
        if seen > 2 * READ:
            break
    if not seen:
        return {}
    for gains in found:
        for code, gain in gains:
            scores[code] += gain
    scores = {code: score for code, score in scores.items() if (code in CYRILLIC) == cyrillic}
    best = max(scores.values())
    weights = {code: math.exp(CAUTION * (score - best)) for code, score in scores.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items() if weight / total > 1e-6}
