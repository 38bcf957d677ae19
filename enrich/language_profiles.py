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
def profiles() -> tuple[tuple[str, ...], dict[str, dict[str, float]]]:
    """The languages, and gram -> language -> what the gram speaks for it, in natural logarithms above the floor."""
    table: dict[str, dict[str, float]] = {}
    codes: dict[str, None] = {}
    for row in PROFILES.read_text(encoding="utf-8").splitlines():
        code, size, level, grams = row.split("\t")
        codes[code] = None
        gain = max(0.0, FLOOR[int(size)] - int(level)) / 2
        for gram in grams.split():
            table.setdefault(gram, {})[code] = gain
    return tuple(codes), table


def likeness(text: str) -> dict[str, float]:
    """Language -> probability among the languages with a profile in the text's script; ``{}`` without any letters.

    >>> found = likeness("Musasi wezvinhu zvose akati kuvanhu")
    >>> max(found, key=found.get)
    'sn'
    """
    codes, table = profiles()
    cyrillic = bool(_CYRILLIC.search(text))
    scores = dict.fromkeys([c for c in codes if (c in CYRILLIC) == cyrillic], 0.0)
    seen = 0
    for word in _WORD.findall(text[: 2 * READ].lower()):
        for size in (3, 4):
            for start in range(len(word) - size + 1):
                seen += 1
                for code, gain in table.get(word[start : start + size], {}).items():
                    if code in scores:
                        scores[code] += gain
        if seen > 2 * READ:
            break
    if not seen:
        return {}
    best = max(scores.values())
    weights = {code: math.exp(CAUTION * (score - best)) for code, score in scores.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items() if weight / total > 1e-6}
