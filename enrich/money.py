"""Amounts of money in running text: digits as any country writes them, a unit (k, lakh, 万), a currency.

Tables: ``gazetteer/data/currencies.toml`` (signs), ``gazetteer/data/pay_bounds.toml`` (what is plausible as pay) and
``enrich/vocabulary/pay.toml`` (units).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer.tables import load_toml

DATA = Path(__file__).parent.parent / "gazetteer" / "data"
VOCABULARY = Path(__file__).with_name("vocabulary")

# Groups parted by spaces are bounded, and every repetition is possessive: linear on any input. The digit that both
# forms begin with stands before them, so that a search skips to one.
NUMBER = re.compile(
    r"\d(?:\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3}(?!\d)){1,4}+(?:[.,]\d{1,2}(?!\d))?|\d*+(?:[.,'’٬٫]\d++)*+)"
)
_DIGITS = bytes(49 if 48 <= byte <= 57 else 32 for byte in range(256))
_NO_DIGITS = bytes(byte for byte in range(256) if byte not in (0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF, 0xF0))
"""All bytes but those that a digit other than the ASCII ones begins with in UTF-8."""
_SPACES = frozenset(" \u00a0\u202f")
PER_YEAR: dict[str, Decimal] = {
    "hour": Decimal(2080), "day": Decimal(260), "week": Decimal(52), "month": Decimal(12), "year": Decimal(1),
}  # fmt: skip
"""How many of each period a full-time year has: 40 hours a week, 52 weeks, 5 days."""
ONE = Decimal(1)
LONGEST = 24
ONE_COUNTRY = frozenset(("ja", "ko", "th", "vi", "he", "zh"))
"""Languages that leave little doubt about the currency."""


@dataclass(slots=True)
class Amount:
    """One amount; ``sign`` is its currency as written (lower case), ``unit`` the factor that a word such as k gave."""

    start: int
    end: int
    value: Decimal
    unit: Decimal
    sign: str | None
    digits: int
    second: str | None = None


@lru_cache(maxsize=1)
def currencies() -> dict[str, Any]:
    """The table of currencies; ``meaning`` maps every sign, lower case, to its default currency."""
    table = dict(load_toml(DATA / "currencies.toml"))
    meaning = {code.lower(): code for code in table["codes"].split()} | table["signs"] | table["shared"]
    table["meaning"] = meaning
    table["bare"] = {sign: codes.split() for sign, codes in table["bare"].items()}
    return table


@lru_cache(maxsize=1)
def units() -> dict[str, Decimal]:
    """Word -> factor."""
    table = load_toml(VOCABULARY / "pay.toml")["_units"]
    return {word: Decimal(words[0]) for words in table.values() for word in words[1:]}


@lru_cache(maxsize=1)
def bounds() -> dict[str, tuple[Decimal, Decimal, str]]:
    """Currency -> lowest and highest plausible monthly pay, and the usual period of an advertisement."""
    table = load_toml(DATA / "pay_bounds.toml")["month"]
    return {code: (Decimal(str(low)), Decimal(str(high)), usual) for code, (low, high, usual) in table.items()}


def plausible(value: Decimal, currency: str | None, period: str, slack: Decimal = Decimal(1)) -> bool:
    """Whether ``value`` can be pay for ``period``; a currency without bounds allows anything positive."""
    found = bounds().get(currency or "")
    if found is None:
        return value > 0
    yearly = value * PER_YEAR[period]
    return found[0] * 12 / slack <= yearly <= found[1] * 12 * slack


def period_of(value: Decimal, currency: str | None, abroad: bool = False) -> str | None:
    """The period that the size of ``value`` leaves, the currency's usual one first.

    ``abroad``: not in the United States, so that a few hundred dollars are pay for a month rather than for a day.
    """
    found = bounds().get(currency or "")
    if found is None:
        return None
    for period in (found[2], "year", "hour", "month", "day", "week"):
        room = 4 if found[2] == "month" and period == "hour" else 1  # where months are told, hours are seldom a chief's
        slack = Decimal(4) if abroad and currency == "USD" and period == "month" else Decimal(1)
        if plausible(value * room, currency, period, slack):
            return period
    return None


def currency_of(sign: str | None, country: str | None, language: str | None) -> str | None:
    """ISO 4217 code of a sign; a sign that several currencies share is decided by country, then by language."""
    table = currencies()
    home: str | None = table["country"].get(country or "")
    if sign is None:
        return home or (table["language"].get(language) if country is None and language in ONE_COUNTRY else None)
    options: list[str] | None = table["bare"].get(sign)
    if options is None:
        return str(table["meaning"][sign])
    if home in options:
        return home
    spoken = table["language"].get(language or "")
    return str(spoken if country is None and spoken in options else table["meaning"][sign])


def parse_number(raw: str, unit: bool) -> Decimal | None:
    """The value of digits with separators, whatever country wrote them; a sign before three digits groups them.

    ``unit``: a word for millions follows, so that ``1.234`` is a fraction.
    """
    if raw.isdecimal():
        return Decimal(raw)
    text = re.sub(r"[ \u00a0\u202f\u2009'’٬]", "", raw).replace("٫", ".")
    parts = re.split(r"[.,]", text)
    if len(parts) > 1:
        last = parts[-1]
        mixed = "." in text and "," in text
        grouped = all(len(p) in (2, 3) for p in parts[1:-1]) and len(parts[0]) <= 3
        if mixed and text.rfind(".") != text.find(".") and text.rfind(",") != text.find(","):
            return None
        decimal_last = len(last) != 3 or (mixed and text.count(text[-4]) == 1 and len(parts) > 2 and len(last) != 3)
        if len(parts) == 2 and len(last) == 3 and ((unit and "." in text) or parts[0] == "0" or len(parts[0]) > 3):
            decimal_last = True
        if len(parts) > 2 and not grouped:
            return None
        text = "".join(parts[:-1]) + "." + last if decimal_last else "".join(parts)
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


class Surfaces:
    """Words looked up right before or right behind a position; only lengths of words with those letters are tried."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.by_first: dict[str, list[int]] = {}
        self.by_last: dict[str, list[int]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            for lengths, letters in ((self.by_first, word[:2]), (self.by_last, word[-2:])):
                if len(word) not in (found := lengths.setdefault(letters, [])):
                    found.append(len(word))

    def behind(self, text: str, start: int) -> str | None:
        """The longest word, lower case, that begins at ``start`` and ends where a word may."""
        letters = text[start : start + 2].lower()
        for known in (letters, letters[:1]):
            for size in self.by_first.get(known, ()):
                key = text[start : start + size].lower()
                if key in self.words and not (
                    key[-1].isalpha() and key[-1] < "\u0e00" and text[start + size : start + size + 1].isalpha()
                ):
                    return key
        return None

    def before(self, text: str, end: int) -> str | None:
        """The longest word, lower case, that ends at ``end`` and begins where a word may."""
        letters = text[max(0, end - 2) : max(0, end)].lower()
        for known in (letters, letters[-1:]):
            for size in self.by_last.get(known, ()):
                start = end - size
                key = text[max(0, start) : end].lower()
                if key in self.words and not (
                    key[0].isalpha() and key[0] < "\u0e00" and start > 0 and text[start - 1].isalnum()
                ):
                    return key
        return None


@lru_cache(maxsize=1)
def signs() -> Surfaces:
    """Every currency sign and name."""
    return Surfaces(currencies()["meaning"])


@lru_cache(maxsize=1)
def unit_words() -> Surfaces:
    """Every word that multiplies."""
    return Surfaces(units())


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a word or a tag: glued to what stands before them, without a currency behind them."""
    last = text[start - 1]
    if not (last in "#@_" or (last.isalpha() and (last < "\u0590" or "\u06ff" < last < "\u0e00"))):
        return False
    return signs().behind(text, end + (text[end : end + 1] in _SPACES)) is None


def numbers(text: str) -> Iterator[re.Match[str]]:
    """Every match of :data:`NUMBER`, found by the digits as bytes: several times as fast as a search by the pattern.

    >>> [match.group() for match in numbers("5 days, ١٠ days, € 2.450,10")]
    ['5', '١٠', '2.450,10']
    """
    if not text.isascii():
        raw = text.encode("utf-8", "surrogatepass")
        if raw.translate(None, _NO_DIGITS):
            yield from NUMBER.finditer(text)
            return
    digits = text.encode("ascii", "replace").translate(_DIGITS)
    at = digits.find(b"1")
    while at >= 0:
        match = NUMBER.match(text, at)
        if match is None:  # never: it matches at any digit
            return
        yield match
        at = digits.find(b"1", match.end())


_TEN_THOUSANDS = frozenset("万萬億만")
_REST = re.compile(r"(\d,?\d{0,3})([千万]?)(?=円|元|원)")
"""What a number of ten thousands may go on with: 22万5,000円, 1万2千元."""


def amounts(text: str) -> Iterator[Amount]:
    """Every number of the text with the unit and the currency beside it, in order."""
    table = currencies()
    meaning, bare, factors, known, multiplies = table["meaning"], table["bare"], units(), signs(), unit_words()
    taken = 0
    for match in numbers(text):
        start, end = match.span()
        if end - start > LONGEST or start < taken:
            continue
        at = start
        while at > 0 and text[at - 1] in _SPACES and start - at < 2:
            at -= 1
        far = None
        left = known.before(text, at)
        if left is not None:
            start = at - len(left)
            if left in bare:
                far = known.before(text, start - (text[start - 1 : start] == " "))
        elif start > 0 and _is_glued(text, start, end):
            continue
        stop = end
        space = text[stop : stop + 1] in _SPACES
        word = multiplies.behind(text, stop + space)
        if word is not None and (
            (space and len(word) == 1 and word.isascii() and word != "k") or (word == "l" and left is None)
        ):
            word = None
        unit = factors[word] if word else ONE
        if word:
            stop += space + len(word)
            end = stop
        rest = _REST.match(text, stop) if word in _TEN_THOUSANDS else None
        if rest is not None:
            stop = end = taken = rest.end()
        while text[stop : stop + 1] in _SPACES and stop - end < 2 and stop < len(text):
            stop += 1
        right = known.behind(text, stop)
        if right in ("r", "p", "f", "din") or (right == "$" and text[stop + 1 : stop + 2].isdigit()):
            right = None
        if right is not None:
            end = stop + len(right)
        elif word is not None and word in meaning and left is None:
            right = word
        raw = match.group()
        value = parse_number(raw, unit >= 1000000)
        if value is None:
            continue
        sign = left or right
        if left and right and left in bare and right not in bare:
            sign = right
        elif far is not None and far not in bare:
            sign = far
        if left in ("r", "p", "f") and not right and text[start : start + 1].islower():
            continue
        total = value * unit
        if rest is not None:
            total += Decimal(rest[1].replace(",", "")) * factors.get(rest[2], ONE)
        yield Amount(start, end, total, unit, sign, len(raw))
