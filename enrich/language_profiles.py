"""The careful second pass: which language a text's three- and four-letter grams are most like.

The grams and their probabilities stand in ``vocabulary/language_profiles.tsv``, made by
``benchmarks/language_profiles.py`` from lingua's models (Apache-2.0). Read when first needed.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from pathlib import Path
from struct import Struct

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
QUARTERS = 4.0
"""What a gram speaks for a language is counted in quarters, as whole numbers; sums over :data:`READ` fit in 16 bits."""


@lru_cache(maxsize=1)
def profiles() -> tuple[tuple[str, ...], dict[str, int], Struct]:
    """The languages; gram -> what it speaks for each, in natural logarithms above the floor; how a sum is unpacked.

    Each language has a field of 16 bits in the number of a gram, so that one sum counts for all of them at once.
    """
    table: dict[str, int] = {}
    codes: dict[str, int] = {}
    for row in PROFILES.read_text(encoding="utf-8").splitlines():
        code, size, level, grams = row.split("\t")
        gain = max(0, int(QUARTERS * (FLOOR[int(size)] - int(level)) / 2)) << 16 * codes.setdefault(code, len(codes))
        for gram in grams.split():
            table[gram] = table[gram] + gain if gram in table else gain  # most have one: that of their row
    return tuple(codes), table, Struct(f"<{len(codes)}H")


def likeness(text: str) -> dict[str, float]:
    """Language -> probability among the languages with a profile in the text's script; ``{}`` without any letters.

    >>> found = likeness("Musasi wezvinhu zvose akati kuvanhu")
    >>> max(found, key=found.get)
    'sn'
    """
    codes, table, fields = profiles()
    grams: list[str] = []
    for word in _WORD.findall(text[: 2 * READ].lower()):
        size = len(word)
        grams += [word[i : i + 3] for i in range(size - 2)] + [word[i : i + 4] for i in range(size - 3)]
        if len(grams) > 2 * READ:
            break
    if not grams:
        return {}
    sums = fields.unpack(sum(filter(None, map(table.get, grams))).to_bytes(fields.size, "little"))
    cyrillic = bool(_CYRILLIC.search(text))
    scores = {code: n / QUARTERS for code, n in zip(codes, sums, strict=True) if (code in CYRILLIC) == cyrillic}
    best = max(scores.values())
    weights = {code: math.exp(CAUTION * (score - best)) for code, score in scores.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items() if weight / total > 1e-6}
