"""One form for all the ways a place's name is written: the key that names are stored and looked up under.

>>> key("St. Pölten"), key("Sankt Pölten"), key("SANKT-POELTEN")
('st polten', 'st polten', 'st poelten')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
        "ŋ": "n", "ə": "a", "ŧ": "t", "ƙ": "k", "ɗ": "d", "ɓ": "b", "ǝ": "e", "&": " and ", "＆": " and ",
        "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه",
    }
)  # fmt: skip
_KEEP = {"\u3099", "\u309a"}  # kana voicing marks: か and が are different letters
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_FOLDED = {"saint": "st", "sankt": "st", "sint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """The look-up key of a name: case, accents and punctuation taken off, words one space apart.

    Works on every script: Latin letters lose their accents (``ß`` is ``ss``, ``ł`` is ``l``), Arabic and
    Hebrew lose vowel points, kana, Han, Hangul and Cyrillic stay. Initials join (``U.S.A.`` is ``usa``),
    ``&`` is ``and``. Words that people abbreviate are always in their short form: ``saint``, ``sankt`` and
    ``sint`` are ``st``, ``sainte`` is ``ste``, ``fort`` is ``ft``, ``mount`` is ``mt``.

    Args:
        text: any string; the empty key comes back where it holds no letter and no digit.

    >>> key("  ÎLE-DE-FRANCE "), key("Łódź"), key("L'Aquila"), key("D.C."), key("UK&I")
    ('ile de france', 'lodz', 'l aquila', 'dc', 'uk and i')
    >>> key("東京都"), key("Нижний Новгород"), key("תל־אביב"), key("Fort Worth"), key("Sint-Niklaas")
    ('東京都', 'нижнии новгород', 'תל אביב', 'ft worth', 'st niklaas')
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
        text = "".join(c for c in text if c in _KEEP or not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
        words = _split(text)
    else:
        if "&" in text:
            text = text.replace("&", " and ")
        if "." in text:
            text = _INITIALS.sub(lambda m: m.group().replace(".", "") + " ", text)
        words = _WORD.findall(text)
    return " ".join([_FOLDED.get(w, w) for w in words])


def _split(text: str) -> list[str]:
    """Words of a text that may hold scripts whose vowel signs are marks, not letters (Devanagari, Thai ...)."""
    if "." in text:
        text = _INITIALS.sub(lambda m: m.group().replace(".", "") + " ", text)
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()
