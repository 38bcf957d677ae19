"""Noise off a title, step by step in the order of :meth:`Cleaner.clean`; words come from ``vocabulary/titles.toml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.title_gender import gender_off
from gazetteer.tables import load_toml
from gazetteer.titles import fold, lookup

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

VOCABULARY = Path(__file__).with_name("vocabulary") / "titles.toml"
LONGEST_TITLE = 400
"""Code points of a title that are read; what comes after is no title."""

IsPlace = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, ready for look-ups; all keys folded."""

    noise: frozenset[str]
    noise_first: frozenset[str]  # that goes from the beginning of a title too
    callouts: tuple[str, ...]
    any_callout: AhoCorasick
    lead_in: tuple[str, ...]
    connectors: frozenset[str]
    place_words: frozenset[str]
    kept_in_brackets: frozenset[str]
    regions: frozenset[str]
    asking: frozenset[str]
    kept_first: frozenset[str]
    kept_last: frozenset[str]
    never_places: frozenset[str]
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
    from ahocorasick_rs import AhoCorasick

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
        noise_first=frozenset(noise.difference(table["never_first"], table["kept_last"]).union(table["first_too"])),
        callouts=tuple(sorted({x.casefold() for x in callouts}, key=lambda x: (-len(x), x))),
        any_callout=AhoCorasick([x.casefold() for x in callouts]),
        lead_in=tuple(sorted({x.lower() for x in lead}, key=lambda x: (-len(x), x))),
        connectors=frozenset(connectors),
        place_words=frozenset(table["place_words"]),
        kept_in_brackets=frozenset(table["kept_in_brackets"]),
        regions=frozenset(table["regions"]),
        kept_first=frozenset(table["kept_first"]),
        kept_last=frozenset(table["kept_last"]),
        never_places=frozenset(table["never_places"]),
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


_IDS = re.compile(
    r"(?i)(?:\s*[-–—|#:,(\[]\s*)?\b(?:req(?:uisition)?|job|position|posting|vacancy|ref(?:erence|erenz|erencia)?|kennziffer"
    r"|stellen-?nr|id|jr|jo|vaga|n[°ºo]|nr)\.?\s*(?:id|no|nr|number|code|[#:№°])*[\s.:#-]*(?=[\w/-]*\d{3})[\w/-]+\b\s*[)\]]?"
    r"|(?i:\s*[-–—|(\[]?\s*#?\s?\b(?:JR|REQ|R|REF|J|P)[-_]?\d{4,}\b\s*[)\]]?)"
    r"|\s*[-–—|,(]\s*(?i:store|shop|branch|filiale|site|unit|location|magasin|loja|tienda)\s*#?\s?\d+\b\s*[)\]]?"
    r"|\s*[(\[]\s*#?\s*\d{1,6}\s*/\s*(?:19|20)\d\d\s*[)\]]|\s*[(\[]\s*#?[A-Z]{0,4}[-_]?\d{4,}\s*[)\]]|#\s?\d+"
    r"|(?<!\bISO)(?<!\bIEC)(?<!\bEN)(?<!\bDIN)(?<!\bNIST)(?:\s*[-–—|,]\s*|\s+)\d{4,}(?:[-/]\d+)?(?=\s*(?:$|[-–—|,(]))"
    r"|^\s*\d{4,}\s*[-–—|:]\s*|^\s*(?:19|20)\d\d\s+"
)
_PAY = re.compile(
    r"(?i)(?:up to |ab |from |bis |jusqu'à |hasta |até )?"
    r"(?:(?:\b(?:us|ca|au|nz|hk|nt|mx|r|s|a|c))?[$€£₹¥₱฿₫₪₩]|\b(?:usd|eur|gbp|inr|chf|pln|aud|cad|sgd|rs\.?|(?:rm|idr|aed|sar|zar)(?=\s?\d[\d.,]{2}))\s?)\s?"
    r"\d[\d.,' ]*k?\+?(?:\s?[-–—]\s?[$€£₹¥]?\s?\d[\d.,']*\s?k?)?\+?"
    r"(?:\s?(?:/|per|pro|p)\s?\.?\s?(?:hour|hr|h|year|yr|annum|month|mo|week|wk|day|stunde|std|monat|jahr|an|mois|heure"
    r"|hora|mes|godz)\b|\s?p\s?/\s?[muwjh]\b)?"
    r"(?:(?:\s?\+|(?<=\+))\s?(?:v[rta]|super|ote|bonus|benefits|benefícios|comm(?:ission)?|provision)\b)*"
    r"|(?:\b(?:up to|ab|from|bis|à partir de|desde|hasta|od|do|från|fra|vanaf|tot|da)\s+)?"
    r"\b\d[\d.,]*\s?(?:[-–]\s?\d[\d.,]*\s?)?(?:k\s?)?[€$£](?:\s?/\s?\w+)?|\b\d+\s?[-–]\s?\d+\s?(?:lpa|k|zł|pln)\b"
    r"|\b\d{1,3}(?:[ .,]\d{3})+\s?(?:kč|czk|zł|pln|kr|sek|nok|dkk|руб|huf|ft|lei|ron|грн)\b"
    r"|(?:\b(?:gaji|lương|salary|gehalt|salaire|salario|salário|sueldo|stipendio|lön|løn|lønn|palkka|maaş|mzda|plat"
    r"|зарплата|зп|з/п)|เงินเดือน|月給|時給|年収|월급|연봉)\s?:?\s?(?:(?:от|до|od|do|ab|from|från|fra)\s)?"
    r"\d[\d.,' ]*(?:\s?[-–〜~]\s?\d[\d.,' ]*)?(?:\s?(?:jt|juta|rb|ribu|triệu|tr|tys|k|руб|万円?|만원?|円|บาท)\b\.?)?〜?"
    r"|[$€£]{2,}|\b\d+\s?(?:[-–]\s?\d+\s?)?%\s?(?=$|[-–|,)])(?!\s?remot)"
)
_HOURS = re.compile(
    r"(?i)\b\d{1,2}(?:[.,]\d+)?(?:\s?(?:[-–]|bis|to|à)\s?\d{1,2}(?:[.,]\d+)?)?\s?(?:std|stunden|stdn|hrs?|hours?|h|heures|timmar|timer|uur"
    r"|horas|ore|godz|tuntia)\b\.?(?:\s?(?:/|per|pro|pr\.?|a|par|por|p/?)\s?\.?\s?(?:woche|wo|week|wk|semaine|vecka|uge|semana|tydzień|settimana))?"
)
_GRADE = re.compile(
    r"(?i)[(\[]?\s*\b(?:(?:nhs\s+)?(?:afc\s+)?band\s?\d[a-d]?|aps\s?\d(?:\s?[-–/]\s?\d)?|(?:0|1)[.,]\d{1,2}\s?fte|fte\s?(?:0|1)[.,]\d{1,2}"
    r"|\d\s?(?:days?\s)?on\s?[,/-]?\s?\d\s?(?:days?\s)?off|\d{1,2}\s?[x/]\s?\d{1,2}\s+(?:roster|swing|rota|noturno|diurno)"
    r"|fifo\s\d{1,2}\s?[/:]\s?\d{1,2}|\d\s?-?\s?(?:turni|schicht(?:betrieb|system)?|skift|ploegen(?:dienst)?|zmiany|zmenná(?:\sprevádzka)?|směnný(?:\sprovoz)?|műszak(?:os)?|schimburi|vuorotyö|turnos)|[56]x[12]|[2-5]x8|12x36|\d\s?(?:monate|months|mois|mesi|meses|maanden))\b\s*[)\]]?"
    r"|\b\d{2,3}\s?%\s+(?:(?:fast(?:anstellung)?|stilling|vikariat|tjänst|anställning|pensum)\b\s*)+|\b\d{2,3}\s?%(?=\s+(?:i|in)\s)"
    r"|[(\[]\s*\d{1,2}\s?/\s?\d{1,2}\s*[)\]]|[(\[]?\s*\b(?:eg?|s|p)\s?\d{1,2}[a-c]?\s+tv-?(?:öd|l|h|v)\b(?:-\w+)?\s*[)\]]?"
)
"""Grades, parts of a post, shift patterns and lengths of contracts."""
_PART_OF_POST = re.compile(r"\s+\d{1,3}\s?(?:[-–]\s?\d{1,3}\s?)?%\s*$")
_MOJIBAKE = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â€"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u200d\u20e3\u2190-\u21ff\u25a0-\u25ff\U000e0020-\U000e007f"
    "\u203c\u2049\u2122\u00ae\u00a9]+"
)
_BRACKETS = re.compile(r"\s*[(\[{（［]\s*([^()\[\]{}（）［］]*?)\s*[)\]}）］]")
_TAIL = re.compile(r"(\s*[|•·]+\s*|\s+[-–—:~]+\s+|[-–—]+\s+|\s+[-–—]+|\s*,\s*|\s+/+\s+|\s*;\s*|(?<=[a-z])\s*:\s+)")
_JOINT = re.compile(r"[|•·–—:~,/;-]")
"""Without one of these a title has no tail."""
_EDGE = " \t\n-–—|,;:/\\*•·~_.!?#&+=\"'“”„«»"
_LEFT_EDGE = _EDGE.replace(".", "").replace("#", "")
_RIGHT_EDGE = _EDGE.replace("+", "").replace("#", "").replace('"', "").replace("'", "")
_FIGURE = re.compile(r"[\d$€£]")
"""Without one of these a title holds no number, pay, hours or grade."""
_LOUD = re.compile(r"[!*$(\[{（［]")
_SHOUT = re.compile(r"[!*]{1,}|\${2,}")
_OPEN = re.compile(r"\s*[(\[][^)\]]*$")
_COUNT = re.compile(
    r"^\d{1,2}\s?x?\s+(?=[^\W\d_]{4})(?!(?i:axis|phase|tier|level|shift|ton|year))|\bx\s?\d{1,2}\b"
    r"|\b\d{1,3}\s*(?:อัตรา|名|명|人|vagas?|puestos|vacancies|positions|openings|postes|stellen)(?!\w)",
    re.IGNORECASE,
)
_BOUND = [[x] for x in ("of", "for", "and", "de", "di", "du", "des", "del", "da", "do", "y", "und", "et", "&")]
"""After these a word belongs to the occupation ("infirmier de nuit")."""
_LAST_DASH = re.compile(r"(?<=\w)-(?=[^-]*$)")


def tidy(title: str) -> str:
    """One space between words, nothing dangling at the ends."""
    title = " ".join(title.split())
    if _PUNCTUATED.search(title) is not None:
        title = _EMPTY.sub("", title)
        title = _INSIDE.sub("", title)
    return title.strip(_LEFT_EDGE).rstrip(_RIGHT_EDGE)


_PUNCTUATED = re.compile(r"[(\[,)]")
_EMPTY = re.compile(r"[(\[]\s*[)\]]|\s+(?=[,)])")
_INSIDE = re.compile(r"(?<=[(\[])\s+")


def surface(title: str) -> str:
    """A title as a line of text: one form of each character, no emoji, no markup."""
    title = unicodedata.normalize("NFC", title[:LONGEST_TITLE])
    if not title.isascii() and _MOJIBAKE.search(title):
        import ftfy

        title = ftfy.fix_encoding(title)
    title = title.replace("\u00a0", " ").replace("’", "'").replace("\u00ad", "").replace("\u200b", "")
    if not title.isascii():
        title = _EMOJI.sub(" ", title)
    if "<" in title:
        title = re.sub(r"</?[a-zA-Z][^<>]{0,60}>", " ", title)
    if "&" in title:
        title = title.replace("&amp;", "&").replace("&nbsp;", " ")
    return " ".join(title.split())


_EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff].*[【】｜＜＞■◆★／（(]|[【】｜＜＞■◆★]")
_EASTERN_SPLIT = re.compile(r"[【】｜|＜＞<>■◆★《》「」（）()]|\s[-–—]\s")


class Cleaner:
    """Takes the noise off one title; holds what is known of the posting it belongs to."""

    __slots__ = ("is_employer", "is_occupation", "is_place", "words")

    def __init__(self, is_place: IsPlace, is_employer: IsPlace, is_occupation: IsPlace) -> None:
        self.is_place = is_place
        self.is_employer = is_employer
        self.is_occupation = is_occupation
        self.words = load()

    def clean(self, title: str) -> str:
        """``title`` with its noise off, in its own words; what is nothing but noise comes back empty."""
        title = surface(title)
        if not title.isascii() and _EASTERN.search(title):
            title = self._eastern(title)
        title = self._callouts(title)
        title = gender_off(title)
        if _FIGURE.search(title) is not None:
            title = _IDS.sub(" ", f"{title} ")
            title = _PAY.sub(" ", title)
            title = _HOURS.sub(" ", title)
            title = _GRADE.sub(" ", title)
            title = _COUNT.sub(" ", title.strip())
        if _LOUD.search(title) is not None:
            title = _SHOUT.sub(" ", title)
            title = _BRACKETS.sub(self._bracket, title)
        title = self._unclosed(tidy(title))
        title = self._lead_in(title)
        title = self._tails(title)
        title = self._prepositions(title)
        title = self._ends(title)
        if title.rstrip().endswith("%"):  # "Sykepleier 80-100% natt", whose last word is off by now
            title = _PART_OF_POST.sub("", title)
        return tidy(title)

    def _eastern(self, title: str) -> str:
        """Japanese and Chinese: of the parts between bars and heavy brackets, the first that names an occupation."""
        parts = [x.strip() for x in _EASTERN_SPLIT.split(title) if x.strip()]
        part = next((x for x in parts if self.is_occupation(x)), None)
        if part is None:
            return title
        pieces = re.split(r"(\s*[／]\s*)", part)
        if len(pieces) > 1:
            kept = [x for x in pieces[::2] if self.is_occupation(x)]
            part = " / ".join(kept) or part
        return part

    def _callouts(self, title: str) -> str:
        low = title.casefold()
        if not self.words.any_callout.find_matches_as_indexes(low):
            return title
        for phrase in self.words.callouts:
            at = low.find(phrase)
            if at >= 0 and len(low) == len(title):
                end = at + len(phrase)
                if (at == 0 or not low[at - 1].isalnum()) and (end == len(low) or not low[end].isalnum()):
                    title = f"{title[:at]} {title[end:]}"
                    low = title.casefold()
        return title

    def _lead_in(self, title: str) -> str:
        """What calls for people before the title begins ("We are hiring a ...")."""
        low = title.lower()
        while len(low) == len(title) and low.startswith(self.words.lead_in):
            for phrase in self.words.lead_in:
                end = len(phrase)
                if low.startswith(phrase) and not low[end : end + 1].isalnum():
                    title = title[end:].lstrip(" :!,.–-")
                    low = title.lower()
                    break
            else:
                break
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
        if found.start() == 0 and len(tokens) == 1 and tokens[0] in self.words.kept_in_brackets:
            return f"{inner} "
        if self._noise(tokens, inner) or tokens[-1] in self.words.asking:
            return " "
        if "," in inner:
            kept = [x.strip() for x in inner.split(",") if not self._noise(_tokens(x), x)]
            if len(kept) < inner.count(",") + 1:
                return f" ({', '.join(kept)})" if any(_tokens(x) for x in kept) else " "
        if len(tokens) <= 4 and (self.is_employer(inner) or self.is_employer(inner.split()[0])):
            return " "
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
                    if len(token) == 2 and i and len(tokens[i - 1]) > 4 and self.is_place(tokens[i - 1]):
                        pass  # "Curitiba/PR"
                    elif token[0].isdigit():
                        number = number or (len(token) >= 4 and token.isdigit())
                    elif token not in words.connectors and token not in words.place_words:
                        return False
                    i += 1
        return real or number or all(t in words.place_words for t in tokens) or self.is_employer(text)

    def _place_area(self, tokens: list[str]) -> bool:
        """ "Houston West Sugarland area": a place's name and a word for its surroundings."""
        return tokens[-1] in self.words.place_words and any(len(t) > 3 and self.is_place(t) for t in tokens)

    def _tails(self, title: str) -> str:
        """Parts of a title between dashes, commas and bars that say nothing of the occupation."""
        pieces = _TAIL.split(title) if _JOINT.search(title) is not None else [title]
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
            if (tokens or not k) and k + 1 < len(pieces):
                joint = pieces[k + 1]
        if not kept:
            return ""
        return kept[0][1] + "".join(sep + part for sep, part in kept[1:])

    def _prepositions(self, title: str) -> str:
        """ "... at Acme", "... in Berlin", "... chez Exemple"."""
        found = self.words.employer_before.search(title)
        if found is not None and found.start() > 2 and self.is_occupation(title[: found.start()]):
            after = _tokens(title[found.end() :])[:1]
            if after and (after[0] in self.words.acronyms or after[0] in self.words.never_places):
                return title  # "Analyst with SQL"
            title = title[: found.start()]
        for found in self.words.place_before.finditer(title):
            after = _tokens(title[found.end() :])
            if found.start() > 2 and any(self.is_place(" ".join(after[:n])) for n in (4, 3, 2, 1) if len(after) >= n):
                return title[: found.start()]
        return title

    def _ends(self, title: str) -> str:
        """Noise words and places that stand at either end without a separator."""
        dash = _LAST_DASH.search(title)
        if dash is not None:
            last = _tokens(title[dash.end() :])
            of_occupation = len(last) == 1 and last[0] in self.words.place_words  # "Mid-Market"
            if not of_occupation and self._noise(last, ""):
                title = title[: dash.start()]
        parts = title.split(" ")
        tokens = [_tokens(part) for part in parts]

        def phrase(start: int, end: int) -> str:
            return " ".join([token for own in tokens[start:end] for token in own])

        state = len(parts) > 2 and len(parts[-1]) in (2, 3) and parts[-1].isalpha() and parts[-1].isupper()
        if state and any(self.is_place(phrase(len(parts) - 1 - n, len(parts) - 1)) for n in (2, 1)):
            del parts[-1], tokens[-1]  # "Boston MA"
        words = self.words
        while len(parts) > 1:
            for size in range(min(4, len(parts) - 1), 0, -1):
                closing = phrase(len(parts) - size, len(parts))
                noise = closing in words.noise and closing not in words.kept_last
                noise = noise or closing in words.regions or self.is_place(closing)
                if noise and tokens[-size - 1][-1:] not in _BOUND:
                    del parts[-size:], tokens[-size:]
                    break
            else:
                break
        while len(parts) > 1:
            for size in range(min(3, len(parts) - 1), 0, -1):
                opening = phrase(0, size)
                if opening in words.noise_first and not (opening in words.kept_last and tokens[size][:1] == ["en"]):
                    if phrase(0, 2) in words.kept_first or lookup(" ".join(parts)) is not None:
                        return " ".join(parts)
                    del parts[:size], tokens[:size]
                    break
            else:
                break
        return " ".join(parts)
