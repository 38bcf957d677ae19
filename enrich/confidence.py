"""From a rule's score to a probability: curves are data, fitted on labelled postings by ``benchmarks calibrate``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from gazetteer.tables import load_toml

CURVES = Path(__file__).with_name("calibration.toml")


@lru_cache(maxsize=1)
def curves() -> dict[str, tuple[list[float], list[float]]]:
    """Field name -> (scores, probabilities), both rising; read once."""
    table = load_toml(CURVES)
    return {name: (list(map(float, c["score"])), list(map(float, c["probability"]))) for name, c in table.items()}


@lru_cache(maxsize=1024)
def calibrate(field: str, score: float) -> float:
    """The probability that a value with this ``score`` (0..1) is right, by the field's fitted curve.

    Piecewise linear between the curve's points, flat outside them; the score itself where a field has no curve.

    >>> calibrate("no such field", 0.7)
    0.7
    """
    curve = curves().get(field)
    return round(min(1.0, max(0.0, score)), 4) if curve is None else along(*curve, score)


@contextmanager
def raw_scores() -> Iterator[None]:
    """Within it, confidences are the rules' scores as they are, without curves: what curves are fitted on.

    >>> with raw_scores():
    ...     calibrate("location", 0.7)
    0.7
    """
    table = curves()
    held = dict(table)
    table.clear()
    calibrate.cache_clear()
    try:
        yield
    finally:
        table.update(held)
        calibrate.cache_clear()


def along(xs: list[float], ys: list[float], score: float) -> float:
    """The height at ``score`` of the line through the points, flat outside them.

    >>> along([0.2, 0.6], [0.5, 0.9], 0.4)
    0.7
    """
    i = bisect_right(xs, score)
    if i == 0:
        return ys[0]
    if i == len(xs):
        return ys[-1]
    share = (score - xs[i - 1]) / (xs[i] - xs[i - 1])
    return round(ys[i - 1] + share * (ys[i] - ys[i - 1]), 4)
