"""Languages by their words alone, without a model: function words tell the body of an ad, words of roles a title.

A look-up of forty words takes a tenth of the time of a prediction of the model. It answers only where words leave no
doubt; elsewhere :mod:`enrich.language` reads on with the model. Tables: ``vocabulary/language.toml`` and
``vocabulary/language_titles.tsv`` (made by ``benchmarks/language_titles.py``).
"""

from __future__ import annotations

import re
from functools import lru_cache
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

LEANING, FEW = 0.05, 10
"""The same of a piece of a text that others tell; one of up to so many characters is not asked:"""
HEADING = 60

_WORD = re.compile(r"[a-z]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"\b[A-Z]{1,3}\b")
"""No function word, but in a title all in capitals ("AI", "AU")."""
_ACCENTED = re.compile(r"(?![a-zA-Z])[^\W\d_]")
"""A letter that is not ASCII."""


@lru_cache(maxsize=1)
def _other_letters() -> re.Pattern[str]:
    return re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\uff00-\uffef]")


@lru_cache(maxsize=1)
def _function_words() -> tuple[tuple[str, ...], dict[str, int], Struct]:
    """The languages; word -> its languages, each a one in a field of 16 bits, so that sums count all at once."""
    table: dict[str, list[str]] = load_toml(VOCABULARY)["_function"]
    fields: dict[str, int] = {}
    for n, words in enumerate(table.values()):
        for word in set(words):
            fields[word] = fields.get(word, 0) + (1 << 16 * n)
    return tuple(table), fields, Struct(f"<{len(table)}H")


def by_words(pieces: list[str], enough: int) -> tuple[str | None, list[str | None]]:
    """The language of a text that its function words tell, and that of each piece where they tell it.

    They tell a text's where they tell it of its first ``enough`` pieces; or of so many, or most, of all of them, where
    the rest are headings or lean to it: lists of terms in an ad.

    >>> by_words(["You will work with the team that builds our apps, and you are the one who keeps all of it well."], 3)
    ('en', ['en'])
    """
    heard = [told(piece) for piece in pieces[:enough]]
    if len(pieces) >= enough and None not in heard and len(set(heard)) == 1:
        return heard[0], heard
    heard += [told(piece) for piece in pieces[enough:]]
    codes = set(heard) - {None}
    if len(codes) != 1:
        return None, heard
    code = codes.pop()
    clear = len(heard) - heard.count(None)
    heard = [
        own or (code if told(piece, LEANING, FEW) == code else None) for own, piece in zip(heard, pieces, strict=True)
    ]
    rest = [piece for own, piece in zip(heard, pieces, strict=True) if own is None and len(piece) > HEADING]
    return code if not rest and clear >= min(enough, len(heard) / 2) else None, heard


def told(piece: str, margin: float = MARGIN, enough: int = ENOUGH) -> str | None:
    """The language that the function words of a piece of running text (up to 65,535 words), or its script, tell.

    ``margin`` and ``enough`` say how much doubt about the words is too much.

    >>> told("You will work with the team that builds our apps, and you are the one who keeps all of it in good order.")
    'en'
    >>> told("Python, Django, Celery, PostgreSQL, Redis, Nginx, Ansible, Grafana, Sentry, Jenkins, Helm") is None
    True
    """
    if not piece.isascii():
        other = _other_letters().search(piece)
        if other is not None:
            return _by_script(piece, other[0])
    words = piece.lower().split()
    if not enough <= len(words) < 1 << 16:
        return None
    codes, fields, counts = _function_words()
    found = counts.unpack(sum(filter(None, map(fields.get, words))).to_bytes(counts.size, "little"))
    second, best = sorted(found)[-2:]
    return codes[found.index(best)] if best - second >= margin * len(words) else None


@lru_cache(maxsize=1)
def _scripts() -> dict[str, re.Pattern[str]]:
    """Language -> what finds the letters that it alone is written in."""
    return {code: re.compile(f"[{letters}]") for code, letters in load_toml(VOCABULARY)["_script"].items()}


def _by_script(piece: str, letter: str) -> str | None:
    """The one language that the script of this letter has, where nearly all the piece is in it.

    Japanese has Chinese letters too; what has hardly any of its own may be either.
    """
    code = next((code for code, letters in _scripts().items() if letters.match(letter)), None)
    if code is None:
        return None
    left = _scripts()[code].sub("", piece)
    if code in ("ja", "zh"):
        chinese = _scripts()["zh"].sub("", piece)
        left, code = _scripts()["ja"].sub("", chinese), "zh"
        kana = len(chinese) - len(left)
        if kana:
            code = "ja" if 8 * kana >= len(piece) - len(left) else None
    return code if len(piece) - len(left) >= max(ENOUGH, 4 * sum(map(str.isalpha, left))) else None


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
    loans: list[str] = load_toml(VOCABULARY)["_english"]["loans"]
    english = frozenset(_rows()["en"]).union(word for word in loans if len(word) > 3)
    others = frozenset().union(*function.values(), title_words(), _rows()["loan"])
    return english, others.difference(function["en"], english, loans)


def is_title_of(title: str, code: str) -> bool:
    """Whether words leave no doubt that a title beside a text in this language is in this language too.

    >>> is_title_of("Softwareentwickler Backend", "de"), is_title_of("Backend Engineer", "de")
    (True, False)
    """
    if code == "en":
        return is_english_title(title)
    lists = [own for own in map(title_words().get, set(_LETTERS.findall(title.lower()))) if own is not None]
    return bool(lists) and all(code in own for own in lists)


def is_plain(title: str) -> bool:
    """Whether all letters are ASCII.

    >>> is_plain("Nurse – 50 €"), is_plain("Köchin")
    (True, False)
    """
    return title.isascii() or not _ACCENTED.search(title)


def holds_word_of(title: str, code: str) -> bool:
    """Whether a word of a title is one of the titles of this language, and not of English ones.

    >>> holds_word_of("Data-analist energie", "nl"), holds_word_of("Data-analist energie", "it")
    (True, False)
    """
    words = title_words()
    return any(code in words.get(word, ()) for word in _LETTERS.findall(title.lower()))


def is_english_title(title: str) -> bool:
    """Whether half of a title's long words are of English names of roles, and none of others alone.

    Two words at least, or all long ones. So that it is English beside an English text; beside another it may be that
    language's loan words.

    >>> is_english_title("Senior Backend Engineer - Germany"), is_english_title("Softwareentwickler Backend Engineer")
    (True, False)
    """
    if not is_plain(title):
        return False
    words = _WORD.findall((title if title.isupper() else _CODE.sub(" ", title)).lower())
    english, others = _english()
    known = sum(map(english.__contains__, words))
    long = sum(len(word) > 3 for word in words)
    return known > 0 and 2 * known >= long and (known >= 2 or known >= long) and others.isdisjoint(words)
