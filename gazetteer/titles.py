"""Occupations: names in many languages -> role (English singular), function and ISCO-08 unit group.

The tables in ``data/titles/`` name about 3,600 roles, one file a function; ``heads.toml`` holds what titles are built
of: head nouns ("Entwickler" -> Developer) and domains ("Vertrieb" -> Sales) by language, so that a compound nobody
listed still has its head. A string without an occupation has no role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.title_tables import UNSPACED, WORD, Role, Tables, fold, load, words

__all__ = ["Role", "RoleMatch", "find", "fold", "is_title_word", "lookup", "roles", "segments", "words"]

_SPLIT = re.compile(r"\s+[-–—|/·•:]+\s+|\s*[|,;()\[\]/（）【】／・｜「」<>＜＞:]\s*|\s+[-–—]+|[-–—]+\s+")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role found in a title: by which rule, and how sure that rule is (0..1, no probability)."""

    role: Role
    rule: str
    score: float


def segments(title: str) -> list[str]:
    """A title's parts, split at dashes, commas, slashes and brackets.

    >>> segments("Data Analyst (Payments) - Risk/Fraud")
    ['Data Analyst', 'Payments', 'Risk', 'Fraud']
    """
    return [part for part in (x.strip() for x in _SPLIT.split(title)) if part]


def roles() -> list[Role]:
    """Every role of the tables."""
    return list(load().roles)


def lookup(name: str, language: str | None = None) -> Role | None:
    """The role that exactly this name stands for, in ``language`` if given, else in English, else in any.

    >>> lookup("Krankenschwester").name
    'Registered Nurse'
    >>> lookup("Berlin") is None
    True
    """
    tables = load()
    number = _named(tables, " ".join(words(name)), language)
    return None if number is None else tables.roles[number]


def _named(tables: Tables, key: str, language: str | None) -> int | None:
    found = tables.names.get(key)
    if found is None:
        return None
    for wanted in (language, "en"):
        if wanted in found:
            return found[wanted]
    return next(iter(found.values()))


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    tables = load()
    out = {w for key, languages in tables.names.items() if "en" in languages for w in key.split()}
    return frozenset(out | {w for name in tables.domains["en"] for w in name.split()})


def _singular(word: str) -> str | None:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return None


def _gendered(word: str) -> list[str]:
    """Other forms of one word: German and Nordic plural and feminine, Romance feminine."""
    out: list[str] = []
    for ending, others in _FORMS:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            out.extend(word[: -len(ending)] + other for other in others)
    return out


_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("innen", ("", "e")),
    ("in", ("", "e")),
    ("euse", ("eur",)),
    ("trice", ("teur", "tore")),
    ("iere", ("ier",)),
    ("ienne", ("ien",)),
    ("ora", ("or",)),
    ("as", ("o", "or")),
    ("os", ("o",)),
    ("es", ("", "e")),
    ("a", ("o", "")),
    ("e", ("",)),
    ("en", ("", "e")),
    ("er", ("",)),
    ("ka", ("",)),
    ("s", ("",)),
)


def find(title: str, language: str | None = None) -> RoleMatch | None:
    """The role that a title names, or ``None`` where it names no occupation.

    Args:
        title: a title with its noise off; seniority words do no harm.
        language: of the title, where it is known.

    >>> find("Senior Network Security Engineer, Core").role.name
    'Network Security Engineer'
    >>> find("Geospatial Scientist").role.name
    'Geospatial Scientist'
    >>> find("Welcome to our team") is None
    True
    """
    tables = load()
    parts = [_without_level(words(x)) for x in segments(title)]
    order: list[str | None] = [language, "en"] if language and language != "en" else ["en"]
    best = _whole(tables, title, parts, language)
    if best is not None:
        return best
    everything = [w for part in parts for w in part]
    for position, part in enumerate(parts):
        match = _in_segment(tables, part, everything, order, position)
        if match is None:
            continue
        if match.role.name in _STATES and match.rule not in _WEAK:
            match = RoleMatch(match.role, _WEAK[0], match.score - 0.1)
        if best is None or (best.rule in _WEAK and (match.rule not in _WEAK or best.role.name in _STATES)):
            best = match
        if best.rule not in _WEAK:
            break
    if best is not None and best.rule in _WEAK and len(parts) > 1:
        number = _named(tables, " ".join([*parts[1], *parts[0]]), language)  # "Engineer, Civil"
        if number is not None:
            return RoleMatch(tables.roles[number], "turned", 0.8)
    if best is None or best.rule in _WEAK or best.role.name == "Vice President":
        turned = _turned(tables, parts)
        if turned is not None:
            return turned
    if UNSPACED.search(title) and (best is None or best.rule in _WEAK):
        best = _in_unspaced(tables, title) or best
    if best is None:
        best = _by_activity(tables, parts, everything)
    return best


_WEAK = ("generic head",)
_STATES = frozenset(["Intern", "Apprentice", "Trainee", "Working Student"])
"""What somebody is in a job, not what the job is: an occupation named beside it goes before."""


def _whole(tables: Tables, title: str, parts: list[list[str]], language: str | None) -> RoleMatch | None:
    """A title that is a known name from end to end, or "Director of ..." where the field's manager is known."""
    if len(parts) == 1:
        number = _named(tables, " ".join(parts[0]), language)
        if number is not None and fold(tables.roles[number].name) not in tables.generic:
            role = tables.roles[number]
            everything = parts[0]
            return (None if role.name in tables.plain else RoleMatch(role, "known name", 0.97)) or (
                None if _strong(tables, role.name, everything) else RoleMatch(role, "known name", 0.97)
            )
    if parts and parts[0][:2] in (["head", "of"], ["director", "of"]):
        turned = _turned(tables, parts)
        if turned is not None and turned.score >= 0.75:
            return turned
    return None


_LEVELS = frozenset(["senior", "sr", "junior", "jr", "mid", "medior", "pleno", "ssr", "semisenior", "sênior"])
_NO_LEVEL_BEFORE = frozenset(
    ["living", "care", "companion", "government", "high", "sous", "services", "center", "level"]
)


def _without_level(part: list[str]) -> list[str]:
    """The words without those of level inside them ("Python Senior Developer")."""
    return [
        w
        for i, w in enumerate(part)
        if w not in _LEVELS or (i + 1 < len(part) and part[i + 1] in _NO_LEVEL_BEFORE) or len(part) == 1
    ]


def _role(tables: Tables, name: str, head: str, rule: str, score: float) -> RoleMatch:
    """A role by its English name: a known one, or one made of a domain and a head whose facts it takes over."""
    number = _named(tables, " ".join(_canonical(tables, name)), "en")
    if number is not None:
        return RoleMatch(tables.roles[number], rule, score)
    function, code = tables.head_roles.get(head, (None, None))
    return RoleMatch(Role(name, function or None, code or None), rule, score - 0.1)


def _canonical(tables: Tables, name: str) -> list[str]:
    out: list[str] = []
    for word in WORD.findall(fold(name)):
        one = tables.joined.get((out[-1], word)) if out else None
        if one is not None:
            out[-1] = one
        else:
            out.append(word)
    return out


def _in_segment(
    tables: Tables, part: list[str], everything: list[str], order: list[str | None], position: int
) -> RoleMatch | None:
    """The role of one part of a title: a known name, else a head noun with what stands before or after it."""
    language = order[0]
    for stop, word in enumerate(part):
        if stop and word in tables.cut:
            match = _in_segment(tables, part[:stop], everything, order, position)
            if match is not None:
                return match
    base = 0.95 - 0.05 * min(position, 4)
    found: tuple[int, int, int] | None = None  # length, place, role
    last_first = language in (None, "en", "de", "nl", "sv", "da", "no", "fi", "hu", "tr", "ja", "ko", "zh")
    for start in range(len(part)):
        for length in range(min(_LONGEST, len(part) - start), 0, -1):
            if found is not None and length < found[0]:
                break
            number = _match(tables, part[start : start + length], language)
            if number is None:
                continue
            if found is None or length > found[0] or (length == found[0] and last_first):
                found = (length, start, number)
            break
    if found is not None:
        length, start, number = found
        role = tables.roles[number]
        whole = length == len(part)
        if length > 1 or fold(role.name) not in tables.generic:
            strong = _strong(tables, role.name, everything)
            if strong is not None:
                return strong
            return RoleMatch(role, "known name", base if whole else base - 0.07)
        strong = _strong(tables, role.name, everything)
        if strong is not None:
            return strong
        head = role.name
        compound = _compound(tables, part, start, head, language, base)
        return compound or RoleMatch(role, "generic head", base - 0.25)
    for start in range(len(part) - 1, -1, -1):
        word = part[start] if part[start] in tables.generic else _singular(part[start]) or ""
        if word not in tables.generic:
            continue
        head = "Software Developer" if word == "developer" else word.capitalize()
        strong = _strong(tables, head, everything)
        if strong is not None:
            return strong
        compound = _compound(tables, part, start, word.capitalize(), "en", base)
        if compound is not None or word in tables.head_roles or word.capitalize() in tables.head_roles:
            return compound or _role(tables, head, word.capitalize(), "generic head", base - 0.3)
    return _by_head(tables, part, everything, order, base)


def _match(tables: Tables, part: list[str], language: str | None) -> int | None:
    key = " ".join(part)
    number = _named(tables, key, language)
    if number is not None:
        if len(part) > 1 or language not in (None, "en") or "en" in tables.names[key] or key not in _english_words():
            return number
        return None  # "commercial" is an occupation in French alone
    single = _singular(part[-1])
    if single is not None:
        number = _named(tables, " ".join([*part[:-1], single]), language)
        if number is not None:
            return number
    if language not in (None, "en") or len(part) == 1:
        ends = (0,) if language in ("fr", "es", "pt", "it") else (-1,)
        for end in ends:
            if len(part[end]) < 6:
                continue
            for form in _gendered(part[end]):
                copy = list(part)
                copy[end] = form
                found = tables.names.get(" ".join(copy))
                if found is not None and language in found:
                    return found[language]
    return None


def _strong(tables: Tables, name: str, everything: Iterable[str]) -> RoleMatch | None:
    """Full Stack, Frontend, Backend, Mobile ...: a word that makes another occupation wherever it stands."""
    tail = name.rsplit(" ", 1)[-1]
    if tail not in ("Developer", "Engineer", "Programmer") or name.split(" ", 1)[0] in tables.strong.values():
        return None
    if name not in tables.plain and name.split(" ", 1)[0].casefold() not in tables.technologies:
        return None
    present = set(everything)
    for word, modifier in tables.strong.items():
        if word in present:
            return _role(tables, f"{modifier} {tail}", tail, "known name", 0.88)
    if tail == "Developer" and present & tables.frontend and "native" not in present:
        return _role(tables, f"Frontend {tail}", tail, "known name", 0.75)
    if name in ("Software Developer", "Developer", "Programmer"):
        for word in everything:
            if word in tables.technologies:
                return _role(tables, f"{tables.technologies[word]} Developer", "Developer", "head noun", 0.8)
    return None


def _compound(
    tables: Tables, part: list[str], start: int, head: str, language: str | None, base: float
) -> RoleMatch | None:
    """A generic head with its own modifier: the word before it in English, its domain in another language."""
    if language not in (None, "en") and head not in ("Working Student", "Apprentice", "Trainee"):
        domain = _domain(tables, part, start, language)
        if domain:
            return _role(tables, f"{domain} {head}", head, "head noun", base - 0.15)
    before = list(part[:start])
    while before and before[-1] in tables.drop:
        before.pop()
    if not before or before[-1].isdigit() or before[-1] in tables.small or language not in (None, "en"):
        return None
    modifier = before[-1]
    shown = _display(tables, modifier)
    return _role(tables, f"{shown} {head}", head, "head noun", base - 0.15)


def _display(tables: Tables, word: str) -> str:
    if word in tables.technologies:
        return tables.technologies[word]
    return word.upper() if len(word) <= 3 and not any(v in word for v in "aeiou") else word.capitalize()


def _domain(tables: Tables, part: list[str], start: int, language: str) -> str | None:
    """The English name of the nearest word beside a head that names a field of work."""
    domains = tables.domains.get(language, {})
    english = tables.domains.get("en", {})
    near = sorted(range(len(part)), key=lambda i: (abs(i - start), -i))
    for i in near:
        if i == start:
            continue
        if i + 1 < len(part) and i + 1 != start:
            two = f"{part[i]} {part[i + 1]}"
            if two in domains:
                return domains[two]
            if two in english:
                return english[two]
        word = part[i]
        if word in domains:
            return domains[word]
        if word in english:
            return english[word]
        if word in tables.technologies:
            return tables.technologies[word]
    return None


def _by_head(
    tables: Tables, part: list[str], everything: list[str], order: list[str | None], base: float
) -> RoleMatch | None:
    """A head noun of another language, alone or at the end of a compound, with its domain."""
    languages = [x for x in order if x and x != "en"]
    languages += [x for x in tables.heads if x not in languages and x != "en"]
    for language in languages:
        heads = tables.heads.get(language, {})
        own = language == order[0]
        for i, word in enumerate(part):
            forms = [word, *(_gendered(word) if own and len(word) > 5 else ())]
            head = next((heads[x] for x in forms if x in heads), None)
            if head is not None and (own or len(word) > 4):
                name = "Software Developer" if head == "Developer" else head
                strong = _strong(tables, name, everything)
                if strong is not None:
                    return strong
                domain = _domain(tables, part, i, language)
                if domain and head not in ("Working Student", "Apprentice", "Trainee"):
                    return _role(tables, f"{domain} {head}", head, "head noun", base - 0.15)
                return _role(tables, name, head, "generic head", base - 0.3)
            if language in tables.suffixes and len(word) > 6:
                match = _by_suffix(tables, word, forms, everything, language, base)
                if match is not None:
                    return match
    return None


def _by_suffix(
    tables: Tables, word: str, forms: list[str], everything: list[str], language: str, base: float
) -> RoleMatch | None:
    for suffix, head in tables.suffixes[language]:
        form = next((x for x in forms if x.endswith(suffix) and len(x) > len(suffix) + 2), None)
        if form is None:
            continue
        stem = form[: -len(suffix)]
        domains = tables.domains.get(language, {})
        domain = domains.get(stem) or domains.get(stem.rstrip("s")) or domains.get(stem.rstrip("en"))
        name = "Software Developer" if head == "Developer" else head
        strong = _strong(tables, name, everything)
        if strong is not None:
            return strong
        if domain:
            return _role(tables, f"{domain} {head}", head, "head noun", base - 0.12)
        return _role(tables, head, head, "generic head", base - 0.35)
    return None


def _turned(tables: Tables, parts: list[list[str]]) -> RoleMatch | None:
    """ "Manager, Security Operations" and "Director of Strategy" name the field after the head."""
    flat = [w for part in parts for w in part]
    for i, word in enumerate(flat[:6]):
        head = {"manager": "Manager", "director": "Director", "head": "Head", "president": "President"}.get(word)
        if head is None:
            continue
        rest = flat[i + 1 : i + 6]
        if rest and rest[0] == "of":
            rest = rest[1:]
        elif (
            head == "Head"
            or (len(parts) == 1 and head == "Manager")
            or (head == "Director" and len(parts[0]) > i + 1 and len(parts) == 1)
        ):
            return None
        rest = [w for w in rest if w not in ("the", "global")]
        if head == "President":
            for size in (2, 1):
                field = " ".join(rest[:size])
                if field in tables.domains["en"]:
                    return RoleMatch(
                        Role(f"Vice President of {tables.domains['en'][field]}", "Management", "1120"), "turned", 0.7
                    )
            return None
        for size in (3, 2, 1):
            for kind in ("Manager", "Director"):
                number = _named(tables, " ".join([*_as_domain(rest[:size]), kind.casefold()]), "en")
                if number is not None and len(rest) >= size:
                    return RoleMatch(tables.roles[number], "turned", 0.75)
        if rest:
            size = 2 if len(rest) > 1 and rest[1] not in tables.small and rest[1] not in tables.cut else 1
            shown = " ".join(_display(tables, w) for w in rest[:size])
            kind = "Manager" if head == "Manager" else "Director"
            return RoleMatch(Role(f"{shown} {kind}", "Management", "1219"), "turned", 0.5)
    return None


def _as_domain(field: list[str]) -> list[str]:
    """ "product management" -> "product", so that the manager of it is a Product Manager."""
    return field[:-1] if len(field) > 1 and field[-1] == "management" else field


def _in_unspaced(tables: Tables, title: str) -> RoleMatch | None:
    """The longest name inside a script that writes no spaces; of equally long ones the last."""
    text = fold(title)
    text = "".join(ch for ch in text if not ch.isspace())
    best: tuple[int, int, int] | None = None
    for i in range(len(text) - 1):
        for name, number in tables.unspaced.get(text[i : i + 2], ()):
            if text.startswith(name, i):
                if best is None or len(name) >= best[0]:
                    best = (len(name), i, number)
                break
    if best is None:
        return None
    return RoleMatch(tables.roles[best[2]], "known name", 0.8)


def _by_activity(tables: Tables, parts: list[list[str]], everything: list[str]) -> RoleMatch | None:
    """ "Office Management", "Java Development": the person who does it, where that is a known occupation."""
    for part in parts:
        for i, word in enumerate(part):
            head = tables.activities.get(word)
            if head is None:
                continue
            name = "Software Developer" if head == "Developer" else head
            strong = _strong(tables, name, everything)
            if strong is not None:
                return RoleMatch(strong.role, "activity", 0.6)
            if i:
                number = _named(tables, f"{part[i - 1]} {head.casefold()}", "en")
                if number is not None:
                    return RoleMatch(tables.roles[number], "activity", 0.55)
    return None


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    tables = load()
    out = set(tables.technologies) | set(tables.generic)
    for part in (*tables.domains.values(), *tables.heads.values()):
        out.update(w for name in part for w in name.split())
    for name in tables.names:
        out.update(name.split())
    return frozenset(out)


def is_title_word(text: str) -> bool:
    """Is this a word (or words) that titles are made of, and therefore no place or employer by itself?

    >>> is_title_word("engineer"), is_title_word("hamburg")
    (True, False)
    """
    known = _title_words()
    return all(w in known for w in words(text))
