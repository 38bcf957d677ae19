"""Make ``enrich/vocabulary/language_titles.tsv`` from the names of roles in ``gazetteer/data/titles``.

    python -m benchmarks.language_titles

A row a language: the words of four letters and more that its names of roles hold and English ones do not. Languages
that their script tells are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from gazetteer.tables import load_toml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "enrich" / "vocabulary" / "language_titles.tsv"
BY_SCRIPT = frozenset(["ja", "zh", "ko", "th", "he", "ar", "el", "hi"])
_WORD = re.compile(r"[^\W\d_]{4,}")


def main() -> None:
    words: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "gazetteer" / "data" / "titles").glob("*.toml")):
        for role in load_toml(path).get("role", []):
            words["en"].update(_WORD.findall(role["name"].lower()))
            for code, names in role.items():
                if isinstance(names, list) and len(code) == 2:
                    words[code].update(_WORD.findall(" ".join(names).lower()))
    english = words.pop("en")
    rows = [
        f"{code}\t{' '.join(sorted(own - english))}\n" for code, own in sorted(words.items()) if code not in BY_SCRIPT
    ]
    TARGET.write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
