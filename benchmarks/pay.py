"""Which pay: this library beside its peers, on the same sentences, in one run.

    python -m benchmarks.pay

The sentences (``corpora/pay.jsonl``) were written for this table: pay as twenty countries write it, and money that is
nobody's pay. *figures*: both ends right; *whole*: currency and period (where stated) too; *silent*: no pay given where
there is none. A peer that is not installed is named as missing. price-parser reads one price, so an exact figure or the
first end of a range is all it can give; JobSpy reads ``$`` ranges only. Both are asked as they are used.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).with_name("corpora") / "pay.jsonl"

Found = tuple[float | None, float | None, str | None, str | None]
Read = Callable[[str, str | None], Found]
NOTHING: Found = (None, None, None, None)


def ours() -> Read:
    from enrich.job import Job
    from enrich.posting import Posting
    from enrich.salary import decide, propose

    def read(text: str, country: str | None) -> Found:
        job = Job(Posting(description=text, country_hint=country), text=text)
        pay = decide(propose(job), job)
        return pay.min, pay.max, pay.currency, pay.period

    return read


def price_parser() -> Read:
    from price_parser import Price  # type: ignore[import-not-found,unused-ignore]

    codes = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "R$": "BRL", "zł": "PLN", "Kč": "CZK"}

    def read(text: str, country: str | None) -> Found:
        price = Price.fromstring(text)
        return price.amount_float, price.amount_float, codes.get(price.currency or "", price.currency), None

    return read


def jobspy() -> Read:
    from jobspy.linkedin import LinkedIn  # type: ignore[import-not-found,unused-ignore]

    def read(text: str, country: str | None) -> Found:
        pay = LinkedIn._guess_salary(text)
        period = {"hourly": "hour", "monthly": "month", "yearly": "year"}.get(getattr(pay.interval, "value", ""))
        return pay.min_amount, pay.max_amount, pay.currency if pay.min_amount else None, period

    return read


PEERS: dict[str, Callable[[], Read]] = {"enrich": ours, "price-parser": price_parser, "jobspy": jobspy}


def score(read: Read, rows: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    """Shares of figures right, whole answers right, silence kept; microseconds a sentence."""
    figures = whole = silent = 0
    start = time.perf_counter()
    for row in rows:
        low, high, currency, period = read(row["text"], row.get("country"))
        want = row["want"]
        if want is None:
            silent += low is None and high is None
        elif (low, high) == (want[0], want[1]):
            figures += 1
            whole += currency == want[2] and want[3] in (None, period)
    each = (time.perf_counter() - start) / len(rows) * 1e6
    paid = sum(row["want"] is not None for row in rows)
    return figures / paid, whole / paid, silent / (len(rows) - paid), each


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line.strip()]
    paid = sum(row["want"] is not None for row in rows)
    print(f"{paid} sentences with pay, {len(rows) - paid} without\n{'':<14}figures  whole  silent  us/sentence")
    for name, make in PEERS.items():
        try:
            read = make()
        except ImportError:
            print(f"{name:<14}not installed")
            continue
        read(rows[0]["text"], None)
        figures, whole, silent, each = score(read, rows)
        print(f"{name:<14}{figures:7.3f}{whole:7.3f}{silent:8.3f}{each:13.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
