"""Languages by their words alone, without a model: function words tell the body of an ad, words of roles a title.

A look-up of forty words takes a tenth of the time of a prediction of the model. It answers only where words leave no
doubt; elsewhere :mod:`enrich.language` reads on with the model. Tables: ``vocabulary/language.toml`` and
``vocabulary/language_titles.tsv`` (made by ``benchmarks/language_titles.py``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from struct import Struct

from gazetteer.tables import load_toml

VOCABULARY = Path(__file__).with_name("vocabulary") / "language.toml"
TITLES = VOCABULARY.with_name("language_titles.tsv")
ENOUGH = 20
"""Words that a piece of text has at least."""
MARGIN = 0.12
"""How many more of a piece's words are function words of its language than of any other, as a share of all. Of 3,000
pieces of ads in thirty languages, the model read none with this margin as another language in Latin letters."""

_OTHER_LETTERS = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\uff00-\uffef]")
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=1)
def _function_words() -> tuple[tuple[str, ...], dict[str, int], Struct]:
    """The languages; word -> its languages, each a one in a field of 16 bits, so that sums count all at once."""
    table: dict[str, list[str]] = load_toml(VOCABULARY)["_function"]
    fields: dict[str, int] = {}
    for n, words in enumerate(table.values()):
        for word in set(words):
            fields[word] = fields.get(word, 0) + (1 << 16 * n)
    return tuple(table), fields, Struct(f"<{len(table)}H")


def told(piece: str) -> str | None:
    """The language that the function words of a piece of running text (up to 65,535 words) leave no doubt about.

    >>> told("You will work with the team that builds our apps, and you are the one who keeps all of it in good order.")
    'en'
    >>> told("Stack: React, Redux, TypeScript, Node.js, GraphQL, Docker, Kubernetes, AWS, Terraform") is None
    True
    """
    words = piece.lower().split()
    if not ENOUGH <= len(words) < 1 << 16 or not (piece.isascii() or not _OTHER_LETTERS.search(piece)):
        return None
    codes, fields, counts = _function_words()
    found = counts.unpack(sum(map(fields.get, words, repeat(0))).to_bytes(counts.size, "little"))
    second, best = sorted(found)[-2:]
    return codes[found.index(best)] if best - second >= MARGIN * len(words) else None


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[str]]:
    rows = TITLES.read_text(encoding="utf-8").split("\n")
    return {code: words.split() for code, _, words in (row.partition("\t") for row in rows)}


@lru_cache(maxsize=1)
def title_words() -> dict[str, list[str]]:
    """Word of titles -> the languages whose word it is, and not English too."""
    table: dict[str, list[str]] = {}
    for code, words in _rows().items():
        for word in words if code not in ("en", "loan") else ():
            table.setdefault(word, []).append(code)
    for code, lists in load_toml(VOCABULARY).items():
        for word in lists.get("titles", ()):
            table.setdefault(word, []).append(code)
    return table


@lru_cache(maxsize=1)
def _english() -> tuple[frozenset[str], frozenset[str]]:
    """Words of English names of roles, and words that an English title does not hold."""
    function: dict[str, list[str]] = load_toml(VOCABULARY)["_function"]
    others = frozenset().union(*function.values()).difference(function["en"])
    return frozenset(_rows()["en"]), others.union(_rows()["loan"], title_words())


def is_english_title(title: str) -> bool:
    """Whether half of a title's long words, and two at least, are of English names of roles, and none of others alone.

    So that it is English beside an English text; beside another it may be that language's loan words.

    >>> is_english_title("Senior Backend Engineer - Germany"), is_english_title("Softwareentwickler Backend Engineer")
    (True, False)
    """
    if not title.isascii():
        return False
    words = _WORD.findall(title.lower())
    english, others = _english()
    known = sum(map(english.__contains__, words))
    return known >= 2 and 2 * known >= sum(len(word) > 3 for word in words) and others.isdisjoint(words)
