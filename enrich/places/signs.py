"""Which country a posting is from, by its words: countries' names, big cities, legal forms, money, laws, addresses.

Read only where a place string leaves the country open ("Newcastle"): it tips the scale, it names no place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from enrich.places.prose import fold
from enrich.places.words import words
from gazetteer.places import default_places

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

MAX_TEXT = 20_000


@lru_cache(maxsize=1)
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    owner: dict[str, str] = {}
    for place in default_places().countries():
        for name in (place.name, place.local_name):
            if name and len(name) > 3 and place.country_code:
                owner.setdefault(fold(name), place.country_code)
    owner.pop("georgia", None)
    for country, signs in words().signs.items():
        for sign in signs:
            owner[fold(sign)] = country
    phrases = sorted(owner)
    return AhoCorasick(phrases, matchkind=MatchKind.LeftmostLongest), tuple(owner[p] for p in phrases)


def countries_in(*texts: str, apart: str = "") -> dict[str, float]:
    """The weight (a logarithm) that texts' words give to each country they speak of; empty where they speak of none.

    ``apart``: a place string that is in doubt; its own words ("Ontario") tell nothing.

    >>> max(countries_in("Our Sydney office, Pty Ltd, superannuation").items(), key=lambda x: x[1])[0]
    'AU'
    """
    finder, owners = _finder()
    doubt = fold(apart)
    counts: dict[str, int] = {}
    room = MAX_TEXT
    for text in texts:
        low = fold(text[:room])
        room = max(0, room - len(text) - 1)
        for number, start, end in finder.find_matches_as_indexes(low):
            end += low[end : end + 1] == "s"  # the genitive: "außerhalb Österreichs"
            if (start and low[start - 1].isalnum() and low[start].isalnum()) or (
                end < len(low) and low[end].isalnum() and low[end - 1].isalnum()
            ):
                continue
            if doubt and low[start:end] in doubt:
                continue
            counts[owners[number]] = counts.get(owners[number], 0) + 1
    total = sum(counts.values())
    weight = words().weight["sign"]
    return {country: weight * count / total for country, count in counts.items()}
