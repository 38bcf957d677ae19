"""Make ``enrich/vocabulary/language_titles.tsv`` from the names of roles in ``gazetteer/data/titles``.

    python -m benchmarks.language_titles

A row a language: the words of four letters and more that its names of roles hold and English ones do not. Languages
that their script tells are left out. Words of English names that other languages' names hold too are in the row of
English where three English names have them, else in the row ``loan``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

from gazetteer.tables import load_toml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "enrich" / "vocabulary" / "language_titles.tsv"
BY_SCRIPT = frozenset(["ja", "zh", "ko", "th", "he", "ar", "el", "hi"])
_WORD = re.compile(r"[^\W\d_]{4,}")


def main() -> None:
    words: dict[str, set[str]] = defaultdict(set)
    english: Counter[str] = Counter()
    for path in sorted((ROOT / "gazetteer" / "data" / "titles").glob("*.toml")):
        for role in load_toml(path).get("role", []):
            for name in {role["name"].lower(), *map(str.lower, role.get("en", ()))}:
                english.update(set(_WORD.findall(name)))
            for code, names in role.items():
                if isinstance(names, list) and len(code) == 2 and code != "en":
                    words[code].update(_WORD.findall(" ".join(names).lower()))
    shared = set().union(*words.values())
    rows = {code: own - english.keys() for code, own in words.items() if code not in BY_SCRIPT}
    rows["loan"] = {word for word, count in english.items() if count < 3 and word in shared}
    rows["en"] = english.keys() - rows["loan"]
    TARGET.write_text(
        "".join(f"{code}\t{' '.join(sorted(own))}\n" for code, own in sorted(rows.items())), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
