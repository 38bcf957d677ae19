"""Gender marks and double forms in titles: "(m/w/d)", "Koch/Köchin", "Ingeniero/a", "Mitarbeiter:in"."""

from __future__ import annotations

import re

from gazetteer.titles import fold

_GENDER_LETTER = (
    r"(?:all|alle|gn|mnd|gender|divers?e?|männlich|weiblich|male|female|any|mężczyzna|kobieta|kvinna|man|hombre|mujer"
    r"|homme|femme|[mwfdxhiknžvaju])"
)
_GENDER = re.compile(
    r"[(\[{]\s*(?:" + _GENDER_LETTER + r")(?:\s*[/|,.;:*\\–-]\s*" + _GENDER_LETTER + r"){1,4}\.?\s*[)\]}]"
    r"|[(\[]\s*(?:all[e]?\s+(?:genders?|gender[s]?|geschlechter)|gn|mwd|mfd|wmd|fmd|any gender|genderneutral|"
    r"divers|m\s*w\s*d|gender neutral|tous genres|h\s*f|unisex|kaikki sukupuolet)\s*\*?\s*[)\]]"
    r"|(?<![\w/+&.])(?:[mwfMWF]\s?[/|]\s?[wmfWMF](?:\s?[/|]\s?(?:divers|gn|[dxiDXI]))?|[dxDX]\s?/\s?[mwfMWF]\s?/\s?[mwfMWF]"
    r"|[HhFf]\s?/\s?[FfHh](?:\s?/\s?[XxNn])?|[MmKkŽžŠš]\s?/\s?[KkMmŽžŠš])(?![\w/+&])"
    r"|\(\s*[HF]\s*[/-]\s*[FH]\s*(?:[/-]\s*[A-Z]\s*)?\)"
    r"|\ball\s+genders(?:\s+welcome)?\b|\balle\s+geschlechter\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?<=[^\W\d_]{3})(?:[:*_·•]\s?(?:innen|in|r|n|e|ka|a)|/-?(?:innen|in)|\((?:innen|in|ne|e|a|se|sse|s|r|n|rice|trice|euse|ère|ière|ienne|fe|ve|le|te|esse|ka|as|os)\)"
    r"| ?\(-(?:a|ė|ka|e|ica|in|ne|trice|se)\)"
    r"|[/.·](?:ne|euse|trice|ère|ière|rice|e\.s|ienne)|/-?(?:a|as|o|os|ora|oras|ka|ica|ice|essa)|(?<=k)/-?(?:ce|čka)|/-[^\W\d_]{1,4}|(?<=e)/[rn]|\.e|@)(?![\w])"
    r"|(?<=[α-ωά-ώ]{3})/-?(?:τρια|ρια|ισσα|ίστρια|α|η|ού)(?!\w)"
)
_SHOUTED = re.compile(r"(?<=[A-ZÀ-Þ]{4})(?:/-?|\()(?:A|AS|O|OS|E|NE|IN|EUSE|TRICE|SE)\)?(?!\w)")
_INNER_I = re.compile(r"(?<=[a-zäöüß]{3})In(?:nen)?(?=\b|[A-Z(])")
_HEBREW = re.compile(r"(?<=[\u05d0-\u05ea])[/.\\](?:ית|ת|ה|ות|ים|י/ות)(?![\u05d0-\u05ea])")
_AR_GENDER = re.compile(r"(?<=[\u05d0-\u05ea])\(ת\)")

_MARKED = re.compile(r"[(\[{/|:*_·•.@\\]|all", re.IGNORECASE)
"""Without one of these there is neither a mark nor a second form."""
_TWO = re.compile(r"\s*/\s*|\s+\.\s+|\s+\|\s+")


def gender_off(title: str) -> str:
    """Gender marks and double forms off, the first or masculine form kept.

    >>> gender_off("Koch/Köchin (m/w/d)"), gender_off("Fleuriste / Vendeur / Vendeuse (F/H)"), gender_off("Ingeniero/a")
    ('Koch', 'Fleuriste / Vendeur', 'Ingeniero')
    """
    if _MARKED.search(title) is not None:
        title = _GENDER.sub(" ", title)
        title = _pairs(title)
        title = _SUFFIX.sub("", title)
    if "In" in title:
        title = _INNER_I.sub("", title)
    if "/" in title or "(" in title:
        title = _SHOUTED.sub("", title)
    if not title.isascii() and any("\u05d0" <= ch <= "\u05ea" for ch in title):
        title = _AR_GENDER.sub("", _HEBREW.sub("", title))
    return " ".join(title.split())


def _pairs(title: str) -> str:
    """ "Boulanger / Boulangère" -> "Boulanger": two forms of one word, up to three words long."""
    if "/" not in title and " . " not in title and "|" not in title:
        return title
    found = _TWO.search(title)
    start = 0
    while found is not None:
        left, right = title[start : found.start()], title[found.end() :]
        left_words, right_words = left.split(), right.split()
        for size in (3, 2, 1):
            if len(left_words) < size or len(right_words) < size:
                continue
            a, b = left_words[-size:], [x.strip(",") for x in right_words[:size]]
            if all(_one_word(x, y) for x, y in zip(a, b, strict=True)) and any(
                x != y for x, y in zip(a, b, strict=True)
            ):
                keep = b if _feminine(a[0], b[0]) else a
                head = title[:start] + " ".join(left_words[:-size])
                rest = right.split(None, size)
                tail = rest[size] if len(rest) > size else ""
                title = " ".join(x for x in (head, *keep, tail) if x)
                return _pairs(title)
        start = found.end()
        found = _TWO.search(title, start)
    return title


def _one_word(a: str, b: str) -> bool:
    """Are these two forms of one word that differ by gender alone?"""
    x, y = fold(a), fold(b)
    if x == y or (x, y) in _OTHER_WORDS or (y, x) in _OTHER_WORDS:
        return True
    if x[0] != y[0] or min(len(x), len(y)) < 4:
        return False
    common = 0
    for p, q in zip(x, y, strict=False):
        if p != q:
            break
        common += 1
    left, right = x[common:], y[common:]
    if common < 3 or common < 0.55 * min(len(x), len(y)) or max(len(left), len(right)) > 5:
        return False
    return right in _PAIR_ENDS.get(left, ()) or left in _PAIR_ENDS.get(right, ())


_OTHER_WORDS = frozenset(
    [("медсестра", "медбрат"), ("krankenschwester", "krankenpfleger"), ("krankenschwester", "pfleger"),
     ("waiter", "waitress"), ("host", "hostess"), ("steward", "stewardess"), ("hausmann", "hausfrau"),
     ("pielegniarka", "pielegniarz"), ("actor", "actress"), ("stuntman", "stuntwoman")]
)  # fmt: skip
"""Folded pairs of one occupation whose forms do not share their stem, or not by the rules of endings."""
_PAIR_ENDS: dict[str, tuple[str, ...]] = {
    "": (
        "in",
        "e",
        "a",
        "ka",
        "ne",
        "innen",
        "le",
        "te",
        "ora",
        "essa",
        "inna",
        "se",
        "ska",
        "ica",
        "ке",
        "ка",
        "ница",
        "na",
        "frau",
    ),
    "r": ("se", "ca"),
    "er": ("ere", "erin", "ka", "innan", "erka"),
    "ur": ("rice", "use", "resse"),
    "eur": ("rice", "euse", "eresse", "trice"),
    "teur": ("trice",),
    "o": ("a",),
    "or": ("ora", "riz", "rice", "orka"),
    "ore": ("rice",),
    "re": ("ra", "rice"),
    "y": ("a",),
    "ny": ("na",),
    "f": ("ve",),
    "en": ("enne",),
    "e": ("a", "in", "ka"),
    "or(a)": ("ora",),
    "mann": ("frau",),
    "man": ("kvinna",),
    "os": ("as",),
    "es": ("as",),
    "tor": ("triz", "trice"),
    "ik": ("iczka", "czka"),
    "k": ("czka", "zka", "ce"),
    "ec": ("czyni", "kyne"),
    "a": ("yni", "ka"),
    "t": ("nta",),
    "och": ("ochin",),
    "ch": ("chin",),
    "chef": ("chefin",),
    "tör": ("tris",),
    "tor ": ("tris",),
    "or ": ("ris",),
    "ий": ("ая",),
    "ый": ("ая",),
    "ии": ("ая",),
    "ыи": ("ая",),
}


def _feminine(a: str, b: str) -> bool:
    """Is the first of two forms the feminine one?"""
    x, y = fold(a), fold(b)
    common = next((i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))
    left, right = x[common:], y[common:]
    return left in _PAIR_ENDS.get(right, ()) and right not in _PAIR_ENDS.get(left, ())
