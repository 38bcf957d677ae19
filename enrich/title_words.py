"""Words of a title: abbreviations spelled out, capitals by the language's own rule."""

from __future__ import annotations

import re

from enrich.title_clean import Words, load
from gazetteer.titles import fold

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
        if not piece[0].isalpha():
            continue
        key = fold(piece).rstrip(".")
        if key not in ("sr", "jr") and pieces[i - 1 : i] == ["("] and pieces[i + 1 : i + 2] == [")"]:
            continue  # "(RN)" after its own full name stays
        full = own.get(key)
        if full is None and (language in (None, "en") or key in ("sr", "jr", "ssr", "swe", "sde", "vp")):
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
    shouting = (
        title.isupper()
        and (title.isascii() or all(ch.isupper() for ch in title if ch.isalpha()))
        and any(len(w) > 4 for w in title.split())
    )
    out: list[str] = []
    for i, word in enumerate(title.split(" ")):
        bare = fold(word).strip("(),.;:/")
        if shouting or (word.isupper() and len(bare) > 6 and bare not in words.acronyms):
            word = _lower(word, words, language)
        if bare in words.acronyms and (shouting or word.islower()):
            word = word.casefold().replace(bare, words.acronyms[bare])
        elif i and bare in small:
            word = word.lower() if word[:1].isalpha() and (shouting or not word.isupper() or bare in _JOINING) else word
        elif i and out[-1] in ("till", "til", "hos") and not shouting:
            pass  # what the work is for, in the title's own capitals: a capital would make it an employer
        elif (word.islower() and language != "de") or (i == 0 and word.islower()) or shouting:
            word = _capital(word, language)
        out.append(word)
    return " ".join(out)


def _lower(word: str, words: Words, language: str | None) -> str:
    if language == "tr" and fold(word) not in words.acronyms and not word.isascii():
        return word.replace("I", "ı").replace("İ", "i").lower()
    return "".join(
        p if fold(p) in words.acronyms or re.fullmatch(r"[IVX]+", p) else p.lower() for p in re.split(r"(\W)", word)
    )


def _capital(word: str, language: str | None) -> str:
    """The first letter of each hyphenated or slashed part in capitals; apostrophes as French and Italian have them."""
    if language == "tr" and word.startswith("i"):
        return f"İ{word[1:]}"

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
