"""Roles made of parts: head nouns with their domains, compounds, turned titles and names of activities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gazetteer.title_tables import WORD, Role, Tables, fold, join


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role found in a title: by which rule, and how sure that rule is (0..1, no probability)."""

    role: Role
    rule: str
    score: float


STATES = frozenset(["Intern", "Apprentice", "Trainee", "Working Student"])
"""What somebody is in a job, not what the job is: an occupation named beside it goes before."""


def made_role(tables: Tables, name: str, head: str, rule: str, score: float) -> RoleMatch:
    """A role by its English name: a known one, or one made of a domain and a head whose facts it takes over."""
    number = tables.names.get(" ".join(join(WORD.findall(fold(name)), tables.joined)), "en")
    if number is not None:
        return RoleMatch(tables.role(number), rule, score)
    function, code = tables.head_roles.get(head, (None, None))
    if not code and head in STATES and name != head:  # "Accounting Intern": the facts of who does accounting
        field = name.removesuffix(f" {head}").casefold().split()
        doer = tables.activities.get(field[-1], field[-1]).casefold()
        number = tables.names.get(" ".join([*field[:-1], doer]), "en")
        if number is not None:
            function, code = tables.functions[number], tables.codes[number]
    return RoleMatch(Role(name, function or None, code or None), rule, score - 0.1)


def gendered(word: str) -> list[str]:
    """Other forms of one word: feminine ones made masculine, plurals singular, Turkish possessives bare.

    >>> gendered("feuerwehrfrau"), gendered("продавщица"), gendered("infermieri")
    (['feuerwehrmann', 'feuerwehrfra'], ['продавщ', 'продавщик'], ['infermier', 'infermiere', 'infermiero'])
    """
    out: list[str] = []
    for ending, others in _BY_LAST.get(word[-1:], ()):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            out.extend(word[: -len(ending)] + other for other in others)
    return out


_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("innen", ("", "e")),
    ("in", ("", "e")),
    ("frau", ("mann",)),
    ("vrouw", ("man",)),
    ("kvinna", ("man",)),
    ("euse", ("eur",)),
    ("trice", ("teur", "tore")),
    ("iere", ("ier",)),
    ("ienne", ("ien",)),
    ("oare", ("or",)),
    ("nice", ("nik",)),
    ("ora", ("or",)),
    ("nica", ("nik", "nic")),
    ("ica", ("",)),
    ("niczka", ("nik",)),
    ("ница", ("ник", "н")),
    ("чица", ("чик",)),
    ("щица", ("щ", "щик")),
    ("ики", ("ик",)),
    ("ели", ("ель",)),
    ("оры", ("ор",)),
    ("ка", ("",)),
    ("as", ("o", "or")),
    ("os", ("o",)),
    ("es", ("", "e")),
    ("a", ("o", "")),
    ("e", ("",)),
    ("en", ("", "e")),
    ("er", ("",)),
    ("ka", ("",)),
    ("s", ("",)),
    ("si", ("",)),
    ("su", ("",)),
    ("i", ("", "e", "o")),
    ("u", ("",)),
)
_BY_LAST = {last: tuple(x for x in _FORMS if x[0][-1] == last) for last in {x[0][-1] for x in _FORMS}}


def strong_role(tables: Tables, name: str, everything: Iterable[str]) -> RoleMatch | None:
    """Full Stack, Frontend, Backend, Mobile ...: a word that makes another occupation wherever it stands."""
    tail = name.rsplit(" ", 1)[-1]
    if tail not in ("Developer", "Engineer", "Programmer") or name.split(" ", 1)[0] in tables.strong.values():
        return None
    if name not in tables.plain and name.split(" ", 1)[0].casefold() not in tables.technologies:
        return None
    present = set(everything)
    for word, modifier in tables.strong.items():
        if word in present:
            return made_role(tables, f"{modifier} {tail}", tail, "known name", 0.88)
    if tail == "Developer" and present & tables.frontend and "native" not in present:
        return made_role(tables, f"Frontend {tail}", tail, "known name", 0.75)
    if name in ("Software Developer", "Developer", "Programmer"):
        for word in everything:
            if word in tables.technologies:
                return made_role(tables, f"{tables.technologies[word]} Developer", "Developer", "head noun", 0.8)
    return None


def compound(
    tables: Tables, part: list[str], start: int, head: str, language: str | None, base: float
) -> RoleMatch | None:
    """A generic head with its own modifier: the word before it in English, its domain in another language."""
    if language not in (None, "en") and head not in ("Working Student", "Apprentice", "Trainee"):
        domain = _domain(tables, part, start, language)
        if domain:
            return made_role(tables, f"{domain} {head}", head, "head noun", base - 0.15)
    before = list(part[:start])
    while before and before[-1] in tables.drop:
        before.pop()
    if not before or before[-1].isdigit() or before[-1] in tables.small or language not in (None, "en"):
        return None
    modifier = before[-1]
    shown = _display(tables, modifier)
    return made_role(tables, f"{shown} {head}", head, "head noun", base - 0.15)


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


def intern_of(tables: Tables, parts: list[list[str]], language: str) -> RoleMatch | None:
    """ "Stage - Risorse Umane": an intern whose field another part of the title names."""
    for part in parts:
        field = _domain(tables, ["", *part], 0, language)
        if field:
            return made_role(tables, f"{field} Intern", "Intern", "head noun", 0.7)
    return None


def by_head(
    tables: Tables, part: list[str], everything: list[str], order: list[str | None], base: float
) -> RoleMatch | None:
    """A head noun of another language, alone or at the end of a compound, with its domain."""
    languages = [x for x in order if x and x != "en"]
    languages += [x for x in tables.heads if x not in languages and x != "en"]
    for language in languages:
        heads = tables.heads.get(language, {})
        own = language == order[0]
        for i, word in enumerate(part):
            forms = [word, *(gendered(word) if own and len(word) > 5 else ())]
            head = next((heads[x] for x in forms if x in heads), None)
            if head is not None and (own or len(word) > 4):
                name = "Software Developer" if head == "Developer" else head
                strong = strong_role(tables, name, everything)
                if strong is not None:
                    return strong
                domain = _domain(tables, part, i, language)
                if domain and head not in ("Working Student", "Apprentice", "Trainee"):
                    return made_role(tables, f"{domain} {head}", head, "head noun", base - 0.15)
                return made_role(tables, name, head, "generic head", base - 0.3)
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
        if domain is None and tables.names.only(f"{stem} {head.casefold()}", "en") is not None:
            domain = stem  # "Eventmanager"
        name = "Software Developer" if head == "Developer" else head
        strong = strong_role(tables, name, everything)
        if strong is not None:
            return strong
        if domain:
            return made_role(tables, f"{domain} {head}", head, "head noun", base - 0.12)
        return made_role(tables, head, head, "generic head", base - 0.35)
    return None


def turned(tables: Tables, parts: list[list[str]]) -> RoleMatch | None:
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
        rest = [w for w in rest if w not in ("the", "global", "i", "ii", "iii", "iv")]
        if head == "President":
            for size in (2, 1):
                field = " ".join(rest[:size])
                if field in tables.domains["en"]:
                    return RoleMatch(
                        Role(f"Vice President of {tables.domains['en'][field]}", "Management", "1120"), "turned", 0.7
                    )
            return None
        directs = head == "Director" and "management" not in rest[:3]
        kinds = ("Director", "Manager") if directs else ("Manager", "Director")
        for size in (3, 2, 1):
            for kind in kinds:
                number = tables.names.get(" ".join([*_as_domain(rest[:size]), kind.casefold()]), "en")
                if number is not None and len(rest) >= size:
                    return RoleMatch(tables.role(number), "turned", 0.75)
        if rest:
            size = 2 if len(rest) > 1 and rest[1] not in tables.small and rest[1] not in tables.cut else 1
            shown = " ".join(_display(tables, w) for w in rest[:size])
            kind = "Manager" if head == "Manager" else "Director"
            return RoleMatch(Role(f"{shown} {kind}", "Management", "1219"), "turned", 0.5)
    return None


def _as_domain(field: list[str]) -> list[str]:
    """ "product management" -> "product", so that the manager of it is a Product Manager."""
    return field[:-1] if len(field) > 1 and field[-1] == "management" else field


def by_activity(tables: Tables, parts: list[list[str]], everything: list[str]) -> RoleMatch | None:
    """ "Office Management", "Java Development": the person who does it, where that is a known occupation."""
    for part in parts:
        for i, word in enumerate(part):
            head = tables.activities.get(word)
            if head is None:
                continue
            name = "Software Developer" if head == "Developer" else head
            strong = strong_role(tables, name, everything)
            if strong is not None:
                return RoleMatch(strong.role, "activity", 0.6)
            if i:
                number = tables.names.get(f"{part[i - 1]} {head.casefold()}", "en")
                if number is not None:
                    return RoleMatch(tables.role(number), "activity", 0.55)
    return None
