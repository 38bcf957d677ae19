"""Words around an amount: which period, what kind of money, which end of a range. Table: ``vocabulary/pay.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from enrich.money import VOCABULARY
from gazetteer.tables import load_toml

PERIODS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
NOUNS = ("hour", "day", "week", "month", "year")
KINDS = ("ote", "bonus", "commission", "equity", "allowance", "notpay")


@dataclass(slots=True, frozen=True)
class Cue:
    """A phrase at ``start:end`` of a window; ``kind`` is a key of the table, ``period`` or ``rate``.

    A ``period`` is named by the word itself ("monthly"), a ``rate`` by a phrase ("per hour"); ``value`` is which.
    """

    start: int
    end: int
    kind: str
    value: str | None = None


class Words:
    """All phrases of all languages in one automaton."""

    def __init__(self) -> None:
        from ahocorasick_rs import AhoCorasick

        table = load_toml(VOCABULARY / "pay.toml")
        tags: dict[str, set[tuple[str, str | None]]] = {}
        for name, words in table.items():
            if name == "_units":
                continue
            for key, phrases in words.items():
                for phrase in phrases:
                    if key in PERIODS:
                        tags.setdefault(phrase, set()).add(("period", PERIODS[key]))
                    elif key in NOUNS:
                        for per in ("/", "/ ", " / ", "p. ", *(p + " " for p in words.get("per", ()) if p != "/")):
                            tags.setdefault(per + phrase, set()).add(("rate", key))
                    elif key != "per":
                        tags.setdefault(phrase, set()).add((key, None))
        self.phrases = [(p.startswith("*"), p.endswith("*"), sorted(t, key=str)) for p, t in tags.items()]
        self.find = AhoCorasick([p.strip("*") for p in tags])

    def cues(self, window: str) -> list[Cue]:
        """Every cue of ``window``, by its end; a phrase within a longer phrase of its kind does not count."""
        lowered = window.lower()
        if len(lowered) != len(window):
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in window)
        out: list[Cue] = []
        for index, start, end in self.find.find_matches_as_indexes(lowered, overlapping=True):
            open_left, open_right, tags = self.phrases[index]
            first, last = lowered[start], lowered[end - 1]
            joined = start > 0 and window[start - 1].islower() and window[start].isupper()
            if (
                not (open_left or joined)
                and first.isalpha()
                and first < "\u0e00"
                and start
                and lowered[start - 1].isalpha()
            ):
                continue
            glued = end < len(window) and last.islower() and window[end].isupper()  # blocks without a space between
            behind = lowered[end : end + 1]
            glued = glued or ("\u0590" <= last <= "\u06ff" and behind.isdigit())  # "and" is a prefix there
            if not (open_right or glued) and last.isalnum() and last < "\u0e00" and behind.isalnum():
                continue
            out.extend(Cue(start, end, kind, value) for kind, value in tags)
        return out


@lru_cache(maxsize=1)
def words() -> Words:
    """The automaton, made when first used."""
    return Words()


def period_word(word: str | None) -> str | None:
    """The period that a source's own word names: ``HOUR``, ``per annum``, ``monthly``, ``per-year-salary``.

    >>> period_word("YEAR"), period_word("Monthly"), period_word("per-hour-wage"), period_word("x")
    ('year', 'month', 'hour', None)
    """
    text = (word or "").lower().replace("-", " ").replace("_", " ").strip()
    if text in NOUNS:
        return text
    found: Any = next((c.value for c in words().cues(text) if c.kind in ("period", "rate")), None)
    return found or next((c.value for c in words().cues("per " + text) if c.kind in ("period", "rate")), None)
