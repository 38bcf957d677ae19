"""Noise off a title: each step a function, in the order of :func:`clean`. Words come from ``vocabulary/titles.toml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer.tables import load_toml
from gazetteer.titles import fold

VOCABULARY = Path(__file__).with_name("vocabulary") / "titles.toml"
LONGEST_TITLE = 400
"""Code points of a title that are read; what comes after is no title."""

IsPlace = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, ready for look-ups; all keys folded."""

    noise: frozenset[str]
    callouts: tuple[str, ...]
    lead_in: re.Pattern[str]
    connectors: frozenset[str]
    place_words: frozenset[str]
    kept_in_brackets: frozenset[str]
    regions: frozenset[str]
    asking: frozenset[str]
    abbreviations: dict[str, dict[str, str]]
    small: dict[str, frozenset[str]]
    acronyms: dict[str, str]
    employer_before: re.Pattern[str]
    place_before: re.Pattern[str]


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The table as it stands."""
    return load_toml(VOCABULARY)


@lru_cache(maxsize=1)
def load() -> Words:
    """The table made ready: the words of all languages together where they cannot be mistaken for each other."""
    table = vocabulary()
    noise: set[str] = set()
    callouts: list[str] = []
    lead: list[str] = []
    connectors: set[str] = set()
    at: list[str] = []
    where: list[str] = []
    for part in table["language"].values():
        noise.update(" ".join(_tokens(x)) for x in part.get("noise", ()))
        callouts.extend(part.get("callouts", ()))
        lead.extend(part.get("lead_in", ()))
        connectors.update(fold(x) for x in part.get("connectors", ()))
        at.extend(part.get("employer_before", ()))
        where.extend(part.get("place_before", ()))

    def either(phrases: list[str]) -> str:
        return "|".join(re.escape(x) for x in sorted(set(phrases), key=len, reverse=True))

    return Words(
        noise=frozenset(noise),
        callouts=tuple(sorted({x.casefold() for x in callouts}, key=len, reverse=True)),
        lead_in=re.compile(rf"^(?:(?:{either(lead)})\b[\s:!,.–-]*)+", re.IGNORECASE),
        connectors=frozenset(connectors),
        place_words=frozenset(table["place_words"]),
        kept_in_brackets=frozenset(table["kept_in_brackets"]),
        regions=frozenset(table["regions"]),
        asking=frozenset(fold(x) for x in table["asking"]),
        abbreviations={
            lang: {fold(k): v for k, v in part.get("abbreviations", {}).items()}
            for lang, part in table["language"].items()
        },
        small={lang: frozenset(fold(x) for x in part.get("small", ())) for lang, part in table["language"].items()},
        acronyms={fold(x): x for x in table["acronyms"]},
        employer_before=re.compile(rf"\s(?:{either(at)})\s+(?=[^\W\d_a-zà-ÿа-я])|\s*@\s*(?=\w)"),
        place_before=re.compile(rf"\s(?:{either(where)})\s+(?=\w)"),
    )


_TOKEN = re.compile(r"[^\W_]+[+#]*|[$€£%₹¥]")


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(fold(text))


# -- gender -----------------------------------------------------------------------------------------------------------

_GENDER_LETTER = (
    r"(?:all|alle|gn|mnd|gender|divers?e?|männlich|weiblich|male|female|any|mężczyzna|kobieta|kvinna|man|hombre|mujer"
    r"|homme|femme|[mwfdxhiknžvaju])"
)
_GENDER = re.compile(
    r"[(\[{]\s*(?:" + _GENDER_LETTER + r")(?:\s*[/|,.;:*\\–-]\s*" + _GENDER_LETTER + r"){1,4}\.?\s*[)\]}]"
    r"|[(\[]\s*(?:all[e]?\s+(?:genders?|gender[s]?|geschlechter)|gn|mwd|mfd|wmd|fmd|any gender|genderneutral|"
    r"divers|m\s*w\s*d|gender neutral|tous genres|h\s*f|unisex|kaikki sukupuolet)\s*\*?\s*[)\]]"
    r"|(?<![\w/+&.])(?:[mwfMWF]\s?[/|]\s?[wmfWMF](?:\s?[/|]\s?(?:divers|gn|[dxiDXI]))?|[dxDX]\s?/\s?[mwfMWF]\s?/\s?[mwfMWF]"
    r"|[HhFf]\s?/\s?[FfHh](?:\s?/\s?[XxNn])?|[MmKk]\s?/\s?[KkMm])(?![\w/+&])"
    r"|\(\s*[HF]\s*[/-]\s*[FH]\s*(?:[/-]\s*[A-Z]\s*)?\)"
    r"|\ball\s+genders(?:\s+welcome)?\b|\balle\s+geschlechter\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?<=[^\W\d_]{3})(?:[:*_·•]\s?(?:innen|in|r|n|e|ka|a)|/-?(?:innen|in)|\((?:innen|in|ne|e|a|s|r|n|trice|euse|ère|ka|as|os)\)"
    r"|[/.·](?:ne|euse|trice|ère|ière|rice|e\.s|ienne)|/-?(?:a|as|o|os|ora|oras|ka|ica|ice|essa)|\.e|@)(?![\w])"
)
_INNER_I = re.compile(r"(?<=[a-zäöüß]{3})In(?:nen)?(?=\b|[A-Z(])")
_HEBREW = re.compile(r"(?<=[\u05d0-\u05ea])[/.\\](?:ית|ת|ה|ות|ים|י/ות)(?![\u05d0-\u05ea])")
_AR_GENDER = re.compile(r"(?<=[\u05d0-\u05ea])\(ת\)")

_FEMININE = (
    "innen", "in", "euse", "trice", "ere", "ienne", "elle", "ante", "ente", "ora", "triz", "ice", "ka", "ica", "yni",
    "arka", "erka", "orka", "ris", "inna", "essa", "frau", "kvinna", "a", "e", "na", "ска", "ца", "ша", "ка",
)  # fmt: skip
_PAIR = re.compile(r"(?P<a>[^\W\d_][\w'’.-]*(?:\s+[\w'’.-]+){0,3}?)\s*(?:/|\s\.\s|\s\|\s)\s*(?P<b>[^\W\d_][\w'’-]+)")


def gender_off(title: str) -> str:
    """Gender marks and double forms off, the first or masculine form kept.

    >>> gender_off("Koch/Köchin (m/w/d)"), gender_off("Agent / Agente de sécurité (H/F)"), gender_off("Ingeniero/a")
    ('Koch', 'Agent de sécurité', 'Ingeniero')
    """
    title = _GENDER.sub(" ", title)
    title = _pairs(title)
    title = _SUFFIX.sub("", title)
    title = _INNER_I.sub("", title)
    if "\u05d0" <= max(title, default="") or any("\u05d0" <= ch <= "\u05ea" for ch in title):
        title = _AR_GENDER.sub("", _HEBREW.sub("", title))
    return title


def _pairs(title: str) -> str:
    """"Boulanger / Boulangère" -> "Boulanger": two forms of one word, up to three words long."""
    if "/" not in title and " . " not in title and "|" not in title:
        return title
    found = re.search(r"\s*/\s*|\s+\.\s+|\s+\|\s+", title)
    start = 0
    while found is not None:
        left, right = title[start : found.start()], title[found.end() :]
        left_words, right_words = left.split(), right.split()
        for size in (3, 2, 1):
            if len(left_words) < size or len(right_words) < size:
                continue
            a, b = left_words[-size:], [x.strip(",") for x in right_words[:size]]
            if all(_one_word(x, y) for x, y in zip(a, b, strict=True)) and any(x != y for x, y in zip(a, b, strict=True)):
                keep = b if _feminine(a[0], b[0]) else a
                head = title[:start] + " ".join(left_words[:-size])
                rest = right.split(None, size)
                tail = rest[size] if len(rest) > size else ""
                title = " ".join(x for x in (head, *keep, tail) if x)
                return _pairs(title)
        start = found.end()
        found = re.compile(r"\s*/\s*|\s+\.\s+|\s+\|\s+").search(title, start)
    return title


def _one_word(a: str, b: str) -> bool:
    """Are these two forms of one word that differ by gender alone?"""
    x, y = fold(a), fold(b)
    if x == y:
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


_PAIR_ENDS: dict[str, tuple[str, ...]] = {
    "": ("in", "e", "a", "ka", "ne", "innen", "le", "te", "ora", "essa", "inna", "se", "ska", "ica", "ке", "ка", "ница", "na", "frau"),
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
    "k": ("czka", "zka"),
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


# -- what is no part of a title at all --------------------------------------------------------------------------------

_IDS = re.compile(
    r"(?i)(?:\s*[-–—|#:,(\[]\s*)?\b(?:req(?:uisition)?|job|position|posting|vacancy|ref(?:erence|erenz|erencia)?|kennziffer"
    r"|stellen-?nr|id|jr|jo|vaga|n[°ºo]|nr)\.?\s*(?:id|no|nr|number|code|[#:№°])*[\s.:#-]*(?=[\w/-]*\d{3})[\w/-]+\b\s*[)\]]?"
    r"|(?i:\s*[-–—|(\[]?\s*\b(?:JR|REQ|R|REF|J|P)[-_]?\d{4,}\b\s*[)\]]?)"
    r"|\s*[(\[]\s*#?\s*\d{1,6}\s*/\s*(?:19|20)\d\d\s*[)\]]|\s*[(\[]\s*#?[A-Z]{0,4}[-_]?\d{4,}\s*[)\]]|#\s?\d+"
    r"|(?<!\bISO)(?<!\bIEC)(?<!\bEN)(?<!\bDIN)(?<!\bNIST)(?:\s*[-–—|,]\s*|\s+)\d{4,}(?:[-/]\d+)?(?=\s*(?:$|[-–—|,(]))"
    r"|^\s*\d{4,}\s*[-–—|:]\s*|^\s*(?:19|20)\d\d\s+"
)
_PAY = re.compile(
    r"(?i)(?:up to |ab |from |bis |jusqu'à |hasta |até )?(?:[$€£₹¥]|(?:usd|eur|gbp|inr|chf|pln|aud|cad|sgd|rs\.?)\s?)\s?"
    r"\d[\d.,' ]*k?\+?(?:\s?[-–—]\s?[$€£₹¥]?\s?\d[\d.,']*\s?k?)?\+?(?:\s?(?:/|per|pro|p)\s?\.?\s?(?:hour|hr|h|year|yr|annum|month|mo|week|wk|day|stunde"
    r"|std|monat|jahr|an|mois|heure|hora|mes|godz)\b)?"
    r"|\b\d[\d.,]*\s?(?:[-–]\s?\d[\d.,]*\s?)?(?:k\s?)?[€$£](?:\s?/\s?\w+)?|\b\d+\s?[-–]\s?\d+\s?(?:lpa|k|zł|pln)\b|[$€£]{2,}"
    r"|\b\d+\s?(?:[-–]\s?\d+\s?)?%\s?(?=$|[-–|,)])(?!\s?remot)"
)
_HOURS = re.compile(
    r"(?i)\b\d{1,2}(?:[.,]\d+)?(?:\s?(?:[-–]|bis|to|à)\s?\d{1,2}(?:[.,]\d+)?)?\s?(?:std|stunden|stdn|hrs?|hours?|h|heures|timmar|timer|uur"
    r"|horas|ore|godz|tuntia)\b\.?(?:\s?(?:/|per|pro|pr\.?|a|par|por|p/?)\s?\.?\s?(?:woche|wo|week|wk|semaine|vecka|uge|semana|tydzień|settimana))?"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u200d\u20e3\u2190-\u21ff\u25a0-\u25ff\U000e0020-\U000e007f"
    "\u203c\u2049\u2122\u00ae\u00a9]+"
)
_BRACKETS = re.compile(r"\s*[(\[{（［]\s*([^()\[\]{}（）［］]*?)\s*[)\]}）］]")
_TAIL = re.compile(r"(\s*[|•·]+\s*|\s+[-–—:~]+\s+|[-–—]+\s+|\s+[-–—]+|\s*,\s*|\s+/+\s+|\s*;\s*|(?<=[a-z])\s*:\s+)")
_EDGE = " \t\n-–—|,;:/\\*•·~_.!?#&+=\"'“”„«»"
_LEFT_EDGE = _EDGE.replace(".", "").replace("#", "")
_RIGHT_EDGE = _EDGE.replace("+", "").replace("#", "").replace("\"", "").replace("'", "")
_SHOUT = re.compile(r"[!*]{1,}|\${2,}")
_SPACE = re.compile(r"\s+")
_OPEN = re.compile(r"\s*[(\[][^)\]]*$")
_COUNT = re.compile(
    r"^\d{1,2}\s?x?\s+(?=[^\W\d_]{4})(?!(?i:axis|phase|tier|level|shift|ton|year))|\bx\s?\d{1,2}\b"
    r"|\b\d{1,3}\s*(?:อัตรา|名|명|人|vagas?|puestos|vacancies|positions|openings|postes|stellen)(?!\w)",
    re.IGNORECASE,
)
_LAST_DASH = re.compile(r"(?<=\w)-(?=[^-]*$)")


def tidy(title: str) -> str:
    """One space between words, nothing dangling at the ends."""
    title = _SPACE.sub(" ", title)
    title = re.sub(r"[(\[]\s*[)\]]|\s+(?=[,)])", "", title)
    title = re.sub(r"(?<=[(\[])\s+", "", title)
    return title.strip(_LEFT_EDGE).rstrip(_RIGHT_EDGE)


def surface(title: str) -> str:
    """A title as a line of text: one form of each character, no emoji, no markup."""
    title = unicodedata.normalize("NFC", title[:LONGEST_TITLE])
    title = title.replace("\u00a0", " ").replace("’", "'").replace("\u00ad", "").replace("\u200b", "")
    if not title.isascii():
        title = _EMOJI.sub(" ", title)
    if "<" in title:
        title = re.sub(r"</?[a-zA-Z][^<>]{0,60}>", " ", title)
    if "&" in title:
        title = title.replace("&amp;", "&").replace("&nbsp;", " ")
    return _SPACE.sub(" ", title).strip()


_EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff].*[【】｜＜＞■◆★／（(]|[【】｜＜＞■◆★]")
_EASTERN_SPLIT = re.compile(r"[【】｜|＜＞<>■◆★《》「」（）()]|\s[-–—]\s")


class Cleaner:
    """Takes the noise off one title; holds what is known of the posting it belongs to."""

    __slots__ = ("is_place", "is_employer", "is_occupation", "words")

    def __init__(self, is_place: IsPlace, is_employer: IsPlace, is_occupation: IsPlace) -> None:
        self.is_place = is_place
        self.is_employer = is_employer
        self.is_occupation = is_occupation
        self.words = load()

    def clean(self, title: str) -> str:
        """``title`` with its noise off, in its own words; what is nothing but noise comes back empty."""
        title = surface(title)
        if _EASTERN.search(title):
            title = self._eastern(title)
        title = self._callouts(title)
        title = gender_off(title)
        title = _IDS.sub(" ", f"{title} ")
        title = _PAY.sub(" ", title)
        title = _HOURS.sub(" ", title)
        title = _COUNT.sub(" ", title.strip())
        title = _SHOUT.sub(" ", title)
        title = _BRACKETS.sub(self._bracket, title)
        title = self._unclosed(tidy(title))
        title = self.words.lead_in.sub("", title)
        title = self._tails(title)
        title = self._prepositions(title)
        title = self._ends(title)
        return tidy(title)

    def _eastern(self, title: str) -> str:
        """Japanese and Chinese titles: of the parts between bars and heavy brackets, the first that names an occupation."""
        parts = [x.strip() for x in _EASTERN_SPLIT.split(title) if x.strip()]
        part = next((x for x in parts if self.is_occupation(x)), None)
        if part is None:
            return title
        pieces = [x for x in re.split(r"(\s*[／]\s*)", part)]
        if len(pieces) > 1:
            kept = [x for x in pieces[::2] if self.is_occupation(x)]
            part = " / ".join(kept) or part
        return part

    def _callouts(self, title: str) -> str:
        low = title.casefold()
        for phrase in self.words.callouts:
            at = low.find(phrase)
            if at >= 0 and len(low) == len(title):
                end = at + len(phrase)
                if (at == 0 or not low[at - 1].isalnum()) and (end == len(low) or not low[end].isalnum()):
                    title = f"{title[:at]} {title[end:]}"
                    low = title.casefold()
        return title

    def _unclosed(self, title: str) -> str:
        """A bracket that never closes, cut off with the place or date it began to name."""
        found = _OPEN.search(title)
        if found is not None and found.start() > 3 and not self.is_occupation(found[0]):
            tokens = _tokens(found[0])
            if any(t in self.words.noise or self.is_place(t) for t in tokens) or title.endswith(("...", "…")):
                return title[: found.start()]
        return title

    def _bracket(self, found: re.Match[str]) -> str:
        inner = found[1]
        tokens = _tokens(inner)
        if not tokens:
            return " "
        if self._noise(tokens, inner) or tokens[-1] in self.words.asking:
            return " "
        if len(tokens) <= 4 and (self.is_employer(inner) or self.is_employer(inner.split()[0])):
            return " "
        if found.start() == 0 and len(tokens) == 1 and tokens[0] in self.words.kept_in_brackets:
            return f"{inner} "
        return found[0]

    def _noise(self, tokens: list[str], text: str) -> bool:
        """Is there nothing in these words but noise, places and numbers?"""
        words = self.words
        i, real, number = 0, False, False
        while i < len(tokens):
            for size in (4, 3, 2, 1):
                phrase = " ".join(tokens[i : i + size])
                if i + size <= len(tokens) and (phrase in words.noise or phrase in words.regions):
                    i += size
                    real = True
                    break
            else:
                for size in (4, 3, 2, 1):
                    if i + size <= len(tokens) and self.is_place(" ".join(tokens[i : i + size])):
                        i += size
                        real = True
                        break
                else:
                    token = tokens[i]
                    if token[0].isdigit():
                        number = number or (len(token) >= 4 and token.isdigit())
                    elif token not in words.connectors and token not in words.place_words:
                        return False
                    i += 1
        return real or number or all(t in words.place_words for t in tokens) or self.is_employer(text)

    def _place_area(self, tokens: list[str]) -> bool:
        """"Houston West Sugarland area": a place's name and a word for its surroundings."""
        return tokens[-1] in self.words.place_words and any(self.is_place(t) for t in tokens)

    def _tails(self, title: str) -> str:
        """Parts of a title between dashes, commas and bars that say nothing of the occupation."""
        pieces = _TAIL.split(title)
        if len(pieces) == 1:
            return title
        kept: list[tuple[str, str]] = []  # the separator before, the part
        joint, after_place = "", False
        for k in range(0, len(pieces), 2):
            part = pieces[k]
            tokens = _tokens(part)
            noise = not tokens or self._noise(tokens, part) or self._place_area(tokens)
            if not noise and k:
                noise = (
                    (len(tokens) <= 5 and tokens[-1] in ("team", "squad"))
                    or (after_place and (any(ch.isdigit() for ch in part) or tokens[-1] in self.words.place_words))
                    or (after_place and len(tokens) == 1 and len(tokens[0]) == 2 and part.strip().isupper())
                    or (self.is_employer(part) and not self.is_occupation(part))
                )
                first, _, rest = part.partition(" ")
                if not noise and rest and self.is_employer(first):
                    seen = " ".join(_tokens(" ".join(x[1] for x in kept)))
                    noise = len(tokens) == 2 or not rest[0].isalpha() or " ".join(_tokens(rest)) in seen
                    part = rest
            after_place = after_place or (noise and bool(tokens) and self.is_place(" ".join(tokens)))
            if not noise:
                kept.append((joint, part))
            joint = pieces[k + 1] if k + 1 < len(pieces) else ""
        if not kept:
            return ""
        return kept[0][1] + "".join(sep + part for sep, part in kept[1:])

    def _prepositions(self, title: str) -> str:
        """"... at Acme", "... in Berlin", "... chez Exemple"."""
        found = self.words.employer_before.search(title)
        if found is not None and found.start() > 2 and self.is_occupation(title[: found.start()]):
            title = title[: found.start()]
        for found in self.words.place_before.finditer(title):
            after = _tokens(title[found.end() :])
            if found.start() > 2 and any(self.is_place(" ".join(after[:n])) for n in (4, 3, 2, 1) if len(after) >= n):
                return title[: found.start()]
        return title

    def _ends(self, title: str) -> str:
        """Noise words and places that stand at either end without a separator."""
        dash = _LAST_DASH.search(title)
        if dash is not None and self._noise(_tokens(title[dash.end() :]), ""):
            title = title[: dash.start()]
        parts = title.split(" ")
        if len(parts) > 2 and len(parts[-1]) == 2 and parts[-1].isalpha() and parts[-1].isupper():
            if any(self.is_place(" ".join(_tokens(" ".join(parts[-1 - n : -1])))) for n in (2, 1)):
                del parts[-1]  # "Boston MA"
        while len(parts) > 1:
            for size in (4, 3, 2, 1):
                if len(parts) <= size:
                    continue
                tokens = _tokens(" ".join(parts[-size:]))
                phrase = " ".join(tokens)
                if phrase in self.words.noise or (
                    (phrase in self.words.regions or self.is_place(phrase)) and _tokens(parts[-size - 1])[-1:] not in (["of"], ["for"], ["and"], ["de"])
                ):
                    del parts[-size:]
                    break
            else:
                break
        while len(parts) > 1:
            for size in (3, 2, 1):
                if len(parts) > size and " ".join(_tokens(" ".join(parts[:size]))) in self.words.noise:
                    del parts[:size]
                    break
            else:
                break
        return " ".join(parts)


# -- words spelled out, cases mended ----------------------------------------------------------------------------------

_PIECE = re.compile(r"[^\W_]+(?:['’.\"״][^\W_]+)*\.?[+#]*|[^\w\s]+|\s+|_")


def spell_out(title: str, language: str | None) -> str:
    """Abbreviations written in full, by the title's language and, failing that, by English.

    >>> spell_out("Sr. SWE II", "en"), spell_out("Eng. Mgr", "en")
    ('Senior Software Engineer II', 'Engineering Manager')
    """
    tables = load().abbreviations
    own = tables.get(language or "en", {})
    english = tables["en"]
    pieces = _PIECE.findall(title)
    for i, piece in enumerate(pieces):
        if not piece[0].isalpha() or pieces[i - 1 : i] == ["("] and pieces[i + 1 : i + 2] == [")"]:
            continue  # "(RN)" after its own full name stays
        key = fold(piece).rstrip(".")
        full = own.get(key)
        if full is None and (language in (None, "en") or key in ("sr", "jr", "swe", "sde", "vp")):
            full = english.get(key)
        if full is None:
            continue
        if isinstance(full, dict):  # by where it stands: at the end of a title, or before another word
            rest = "".join(pieces[i + 1 :]).strip()
            last = not rest or rest[0] in ",-–—|/("
            following = fold(rest.split(None, 1)[0]).strip(".,") if rest else ""
            full = full.get(following) or full.get("last" if last else "before")
            if not full:
                continue
        pieces[i] = full
    return "".join(pieces)


_JOINING = frozenset(["and", "of", "the", "for", "und", "et"])


def title_case(title: str, language: str | None) -> str:
    """A title's own capitals where it has any, its language's where it shouts or whispers.

    >>> title_case("SENIOR JAVA DEVELOPER FOR SAP", "en"), title_case("responsable de la tienda", "es")
    ('Senior Java Developer for SAP', 'Responsable de la Tienda')
    """
    words = load()
    small = words.small.get(language or "en", words.small["en"])
    letters = [ch for ch in title if ch.isalpha()]
    capital = sum(ch.isupper() for ch in letters)
    shouting = bool(letters) and capital == len(letters) and any(len(w) > 4 for w in title.split())
    out: list[str] = []
    for i, word in enumerate(title.split(" ")):
        bare = fold(word).strip("(),.;:/")
        if shouting or (word.isupper() and len(bare) > 6 and bare not in words.acronyms):
            word = _lower(word, words)
        if bare in words.acronyms and (shouting or word.islower()):
            word = word.casefold().replace(bare, words.acronyms[bare])
        elif i and bare in small:
            word = word.lower() if word[:1].isalpha() and (shouting or not word.isupper() or bare in _JOINING) else word
        elif i and out[-1] in ("till", "til", "hos") and not shouting:
            pass  # what the work is for, in the title's own capitals: a capital would make it an employer
        elif word.islower() and language != "de" or (i == 0 and word.islower()) or shouting:
            word = _capital(word)
        out.append(word)
    return " ".join(out)


def _lower(word: str, words: Words) -> str:
    return "".join(p if fold(p) in words.acronyms or re.fullmatch(r"[IVX]+", p) else p.lower() for p in re.split(r"(\W)", word))


def _capital(word: str) -> str:
    """The first letter of each hyphenated or slashed part in capitals; apostrophes as French and Italian have them."""

    def up(part: str) -> str:
        for i, ch in enumerate(part):
            if ch.isalpha():
                if part[i + 1 : i + 2] in ("'", "’") and len(part) > i + 3:
                    return part[: i + 2] + part[i + 2 : i + 3].upper() + part[i + 3 :]
                return part[:i] + ch.upper() + part[i + 1 :]
            if ch.isdigit():
                return part
        return part

    return "".join(up(p) for p in re.split(r"([-/+])", word))
