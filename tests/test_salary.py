"""Pay: fields about pay, prose with pay and other money, sentences about money that is nobody's pay, and odd input."""

from __future__ import annotations

import sys
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import salary
from enrich.job import Job
from enrich.money import NUMBER, amounts, numbers
from enrich.posting import PayParts, Posting
from enrich.result import Language, Salary
from tests.casefile import cases

KEYS = {"text", "country", "want", "language"}


def read(text: str, country: str | None = None, language: str | None = None) -> Salary:
    job = Job(Posting(description=text, country_hint=country), text=text, language=Language(language, None))
    return salary.decide(salary.propose(job), job)


def figures(pay: Salary) -> list[Any] | None:
    if pay.min is None and pay.max is None:
        return None
    return [pay.min, pay.max, pay.currency, pay.period]


@pytest.mark.parametrize("case", cases("salary", "fields", keys=KEYS))
def test_pay_field(case: dict[str, Any]) -> None:
    got, want = figures(salary.parse_salary(case["text"], country=case["country"])), case["want"]
    if want and got and want[3] is None:
        got[3] = None
    assert got == want


@pytest.mark.parametrize("case", cases("salary", "prose", keys=KEYS))
def test_prose(case: dict[str, Any]) -> None:
    assert figures(read(case["text"], case["country"], case.get("language"))) == case["want"]


@pytest.mark.parametrize("case", cases("salary", "negative", keys=KEYS))
def test_no_pay(case: dict[str, Any]) -> None:
    assert figures(read(case["text"], None, case["language"])) is None


def test_structured_pay_comes_first() -> None:
    job = Job(Posting(pay=[PayParts(50000, 60000, "EUR", "YEAR")], salary_text="40k EUR a year"))
    assert figures(salary.decide(salary.propose(job), job)) == [50000, 60000, "EUR", "year"]


def test_annual() -> None:
    assert salary.annual(Salary(min=20, period="hour"), hours_per_week=35) == (36400, None)
    assert salary.annual(Salary(min=20)) == (None, None)


@pytest.mark.parametrize("unit", ["1", "1,", "1 111 ", "$1-", "9.", "1'", "$1,000 ", "12k ", "9 to 9 per hour "])
def test_digit_runs_are_linear(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5


def test_pay_behind_many_numbers_is_found() -> None:
    assert figures(read("7 - 12 rows. " * 4_000 + "Salary: $52,000 a year.")) == [52000, 52000, "USD", "year"]


@given(st.text(alphabet="0123456789 ,.'k€$£¥kr-–toper/hMonat\n万円", max_size=80))
@settings(max_examples=200, deadline=None)
def test_never_raises_and_spans_slice(text: str) -> None:
    job = Job(Posting(description=text, salary_text=text), text=text)
    first = salary.propose(job)
    assert salary.decide(first, job) == salary.decide(salary.propose(job), job)
    for item in first:
        assert item.start is not None and item.end is not None and text[item.start : item.end].strip()


def test_amounts_are_decimals() -> None:
    assert [a.value for a in amounts("€ 2.450,10 and 1.5M Ft and 12,34,567")] == [
        Decimal("2450.10"), Decimal(1500000), Decimal(1234567),
    ]  # fmt: skip


@given(st.text(alphabet=st.sampled_from("0123 .,'’٬٫\u00a0\u2009٣३３𝟗a€ế😀\ud800"), max_size=60))
def test_numbers_are_what_a_search_by_the_pattern_finds(text: str) -> None:
    assert [m.span() for m in numbers(text)] == [m.span() for m in NUMBER.finditer(text)]


def test_digits_of_every_script_are_numbers() -> None:
    digits = [chr(code) for code in range(sys.maxunicode) if chr(code).isdecimal()]
    assert len(digits) >= 650
    assert all(next(numbers(f"x {digit}")).group() == digit for digit in digits)
