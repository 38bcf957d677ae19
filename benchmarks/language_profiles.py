"""Make ``enrich/vocabulary/language_profiles.tsv`` from the n-gram models of lingua 1.3.5 (Apache-2.0).

    python -m benchmarks.language_profiles path/to/lingua_language_detector-1.3.5-py3-none-any.whl

The wheel holds, for each language, the probability of each letter after the one, two or three before it inside words
(fitted on the Leipzig corpora). The probability of a whole n-gram is their product; of each language the most probable
three- and four-letter grams are kept, with the probability as a level: the negative natural logarithm, times two.
Needs ``brotli``.
"""

from __future__ import annotations

import json
import math
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

TARGET = Path(__file__).parents[1] / "enrich" / "vocabulary" / "language_profiles.tsv"
LANGUAGES = [
    "af",
    "az",
    "be",
    "bg",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "id",
    "is",
    "it",
    "kk",
    "la",
    "lg",
    "lt",
    "lv",
    "mi",
    "mk",
    "mn",
    "ms",
    "nb",
    "nl",
    "nn",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sn",
    "so",
    "sq",
    "sr",
    "st",
    "sv",
    "sw",
    "tl",
    "tn",
    "tr",
    "ts",
    "uk",
    "vi",
    "xh",
    "yo",
    "zu",
]
CODES = {"nb": "no"}
KEPT = {3: 1200, 4: 1800}


def joint(wheel: zipfile.ZipFile, code: str) -> dict[int, dict[str, float]]:
    """n -> n-gram -> natural logarithm of its probability."""
    import brotli

    out: dict[int, dict[str, float]] = {}
    for n, name in enumerate(("uni", "bi", "tri", "quadri"), 1):
        raw = brotli.decompress(wheel.read(f"lingua/language-models/{code}/{name}grams.json.br"))
        grams: dict[str, float] = {}
        for share, words in json.loads(raw)["ngrams"].items():
            log = math.log(Fraction(share))
            for gram in words.split():
                if len(gram) == n and (n == 1 or gram[:-1] in out[n - 1]):
                    grams[gram] = log + (out[n - 1][gram[:-1]] if n > 1 else 0.0)
        out[n] = grams
    return out


def main() -> None:
    wheel = zipfile.ZipFile(sys.argv[1])
    rows = []
    for code in LANGUAGES:
        grams = joint(wheel, code)
        for n, kept in KEPT.items():
            best = sorted(grams[n].items(), key=lambda x: (-x[1], x[0]))[:kept]
            levels: dict[int, list[str]] = {}
            for gram, log in best:
                levels.setdefault(round(-2 * log), []).append(gram)
            rows += [f"{CODES.get(code, code)}\t{n}\t{level}\t{' '.join(x)}" for level, x in sorted(levels.items())]
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
