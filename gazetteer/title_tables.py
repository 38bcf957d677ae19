"""The tables behind :mod:`gazetteer.titles`: roles by name and language, and what titles are built of."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer.tables import compiled_path, load_toml

DATA = Path(__file__).with_name("data") / "titles"
HEADS = "heads"
WORD = re.compile(r"[^\W_]+[+#]*")
_MARKS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation: English singular name, the function it belongs to, its ISCO-08 unit group (4 digits)."""

    name: str
    function: str | None
    isco08: str | None


def fold(text: str) -> str:
    """Case and Latin/Cyrillic accents off: the form that names are compared in.

    >>> fold("Développeur"), fold("Köchin"), fold("Straße")
    ('developpeur', 'kochin', 'strasse')
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
        text = text.replace("ł", "l").replace("ø", "o").replace("æ", "ae").replace("ı", "i")
    return text


def unspaced(text: str) -> bool:
    """Is there a letter of a script that writes no spaces (Thai, Japanese, Chinese), or of Korean?

    >>> unspaced("データ"), unspaced("data")
    (True, False)
    """
    return not text.isascii() and any(
        "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or "\u0e00" <= c <= "\u0e7f"
        for c in text
    )


def words(text: str) -> list[str]:
    """The folded words of a string, with the spellings of one thing made one.

    >>> words("Full-Stack / Front End (C++)")
    ['fullstack', 'frontend', 'c++']
    """
    text = fold(text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    return join(WORD.findall(text), load().joined)


def join(found: list[str], joined: dict[tuple[str, str], str]) -> list[str]:
    """Words with the two-word spellings of one word made one ("front end" -> "frontend")."""
    out: list[str] = []
    for word in found:
        one = joined.get((out[-1], word)) if out else None
        if one is not None:
            out[-1] = one
        else:
            out.append(word)
    return out


_LANGUAGE_BITS = 6
_LANGUAGE_MASK = (1 << _LANGUAGE_BITS) - 1


@dataclass(slots=True)
class Names:
    """Folded names -> ``role << 6 | language``, or a list of these where languages share the name.

    >>> names = Names({"en": 0}, {})
    >>> names.add("chef", "en", 7), names.add("chef", "fr", 9)
    (None, None)
    >>> names.get("chef", "fr"), names.get("chef", "de"), names.only("chef", "de")
    (9, 7, None)
    """

    languages: dict[str, int]
    entries: dict[str, int | list[int]]

    def get(self, key: str, language: str | None) -> int | None:
        """The number of the role that a name stands for: in ``language``, else in English, else in any."""
        found = self.entries.get(key)
        if found is None or isinstance(found, int):
            return None if found is None else found >> _LANGUAGE_BITS
        for wanted in (language, "en"):
            number = self.languages.get(wanted or "")
            for entry in found:
                if entry & _LANGUAGE_MASK == number:
                    return entry >> _LANGUAGE_BITS
        return found[0] >> _LANGUAGE_BITS

    def only(self, key: str, language: str | None) -> int | None:
        """The number of the role that a name stands for in this language alone."""
        found = self.entries.get(key)
        if found is None:
            return None
        number = self.languages.get(language or "")
        for entry in (found,) if isinstance(found, int) else found:
            if entry & _LANGUAGE_MASK == number:
                return entry >> _LANGUAGE_BITS
        return None

    def add(self, key: str, language: str, role: int) -> None:
        """One more name; a language's first role for a name stays."""
        code = self.languages.setdefault(language, len(self.languages))
        entry = role << _LANGUAGE_BITS | code
        found = self.entries.get(key)
        if found is None:
            self.entries[key] = entry
        elif isinstance(found, int):
            if found & _LANGUAGE_MASK != code:
                self.entries[key] = [found, entry]
        elif all(x & _LANGUAGE_MASK != code for x in found):
            found.append(entry)


@dataclass(slots=True)
class Tables:
    """The tables of roles and the grammar of titles, ready for look-ups; all keys folded."""

    roles: list[str]  # their English names
    functions: list[str]  # of each role
    codes: list[str]  # of each role: its ISCO-08 unit group, or nothing
    names: Names
    unspaced: dict[str, list[tuple[str, int]]]  # first two characters -> names written without spaces
    title_words: frozenset[str]
    english_words: frozenset[str]
    heads: dict[str, dict[str, str]]  # language -> folded head -> English head
    domains: dict[str, dict[str, str]]
    suffixes: dict[str, list[tuple[str, str]]]  # language -> (head as it ends a compound, English head), longest first
    head_roles: dict[str, tuple[str, str]]  # English head -> function, isco08
    activities: dict[str, str]
    strong: dict[str, str]
    frontend: frozenset[str]
    technologies: dict[str, str]
    plain: frozenset[str]
    generic: frozenset[str]
    drop: frozenset[str]
    cut: frozenset[str]
    small: frozenset[str]
    joined: dict[tuple[str, str], str]

    def role(self, number: int) -> Role:
        """The role with this number."""
        return Role(self.roles[number], self.functions[number], self.codes[number] or None)


INDEX = "titles_index"


def _sources() -> tuple[list[Path], bytes]:
    """The files of the tables, and what is in them."""
    paths = sorted(DATA.glob("*.toml"))
    return paths, b"".join(path.read_bytes() for path in paths)


@lru_cache(maxsize=1)
def load() -> Tables:
    """The tables: from their compiled form where that is of these very files, else from the files."""
    paths, content = _sources()
    grammar = load_toml(DATA / f"{HEADS}.toml")
    try:
        index: dict[str, Any] = json.loads(compiled_path(INDEX, content).read_bytes())
    except (OSError, ValueError):
        index = _index(paths, grammar)
    functions = index["functions"]
    return Tables(
        roles=index["roles"].split("\n"),
        functions=[functions[i] for i in index["function_of"]],
        codes=index["codes"].split(" "),
        names=Names(index["languages"], dict(zip(index["names"].split("\n"), index["entries"]))),
        unspaced=index["unspaced"],
        title_words=frozenset((index["names"] + index["more_words"]).split()),
        english_words=frozenset(index["english_words"].split()),
        heads=index["heads"],
        domains=index["domains"],
        suffixes=index["suffixes"],
        technologies=index["technologies"],
        head_roles=grammar["head_roles"],
        activities=grammar["activities"],
        strong=grammar["strong"],
        frontend=frozenset(grammar["frontend"]),
        plain=frozenset(grammar["plain"]),
        generic=frozenset(grammar["generic"]),
        drop=frozenset(grammar["drop"]),
        cut=frozenset(grammar["cut"]),
        small=frozenset(grammar["small"]),
        joined=_joined(grammar),
    )


def compile_index() -> Path:
    """Write the compiled form of the tables; returns where."""
    paths, content = _sources()
    target = compiled_path(INDEX, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    index = _index(paths, load_toml(DATA / f"{HEADS}.toml"))
    target.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return target


def _joined(grammar: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(k.split()[0], k.split()[1]): v for k, v in grammar["joined"].items()}


def _index(paths: list[Path], grammar: dict[str, Any]) -> dict[str, Any]:
    """Names folded and numbered: what a compiled form holds, in few long strings, which are read fastest."""
    joined = _joined(grammar)

    def key(text: str) -> str:
        return " ".join(join(WORD.findall(fold(text)), joined))

    names = Names({"en": 0}, {})
    functions: list[str] = []
    roles: list[tuple[str, int, str]] = []
    aliases: list[dict[str, list[str]]] = []
    compacts: dict[str, list[tuple[str, int]]] = {}
    more: list[dict[str, dict[str, list[str]]]] = []  # names in further languages, by role
    for path in paths:
        if path.stem == HEADS:
            continue
        table = load_toml(path)
        if "names" in table:
            more.append(table["names"])
            continue
        functions.append(table["function"])
        for row in table["role"]:
            names.add(key(row["name"]), "en", len(roles))
            roles.append((row["name"], len(functions) - 1, row.get("isco08", "")))
            aliases.append({k: v for k, v in row.items() if k not in ("name", "isco08")})
    numbers = {row[0]: number for number, row in enumerate(roles)}
    further = [(numbers[role], by_language) for table in more for role, by_language in table.items()]
    for number, by_language in [*enumerate(aliases), *further]:
        for language, others in by_language.items():
            for alias in others:
                folded = key(alias)
                names.add(folded, language, number)
                if unspaced(alias):
                    compact = folded.replace(" ", "")
                    compacts.setdefault(compact[:2], []).append((compact, number))
    for bucket in compacts.values():
        bucket.sort(key=lambda x: -len(x[0]))
    heads = {lang: {key(k): v for k, v in table.items()} for lang, table in grammar["heads"].items()}
    domains = {lang: {key(k): v for k, v in table.items()} for lang, table in grammar["domains"].items()}
    technologies = {key(x): x for x in grammar["technologies"]}
    title_words = set(technologies) | set(grammar["generic"])
    title_words.update(
        w for part in (*domains.values(), *heads.values(), names.entries) for x in part for w in x.split()
    )
    english = {w for name in names.entries if names.only(name, "en") is not None for w in name.split()}
    return {
        "roles": "\n".join(x[0] for x in roles),
        "functions": functions,
        "function_of": [x[1] for x in roles],
        "codes": " ".join(x[2] for x in roles),
        "languages": names.languages,
        "names": "\n".join(names.entries),
        "entries": list(names.entries.values()),
        "more_words": " " + " ".join(sorted(title_words)),
        "english_words": " ".join(sorted(english | {w for name in domains["en"] for w in name.split()})),
        "unspaced": compacts,
        "heads": heads,
        "domains": domains,
        "technologies": technologies,
        "suffixes": {
            lang: sorted(
                ((k, v) for k, v in heads[lang].items() if len(k) > 3 and " " not in k), key=lambda x: -len(x[0])
            )
            for lang in grammar["compounding"]
        },
    }
