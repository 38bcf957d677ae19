"""One file a source: its native payload in, a :class:`enrich.posting.Posting` out. The shape says which it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from enrich.posting import Posting

Reader = Callable[[Mapping[str, Any]], Posting]

SHAPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("schema_org", frozenset({"@type"})),
    ("schema_org", frozenset({"@graph"})),
    ("bamboohr", frozenset({"detail_job_opening"})),
    ("bamboohr", frozenset({"list_job"})),
    ("bamboohr", frozenset({"jobOpeningName"})),
    ("workday", frozenset({"jobPostingInfo"})),
    ("smartrecruiters", frozenset({"jobAd"})),
    ("lever", frozenset({"categories", "text"})),
    ("ashby", frozenset({"descriptionHtml"})),
    ("ashby", frozenset({"descriptionPlain", "jobUrl"})),
    ("greenhouse", frozenset({"absolute_url", "title"})),
    ("workable", frozenset({"shortcode", "title"})),
    ("recruitee", frozenset({"careers_url", "title"})),
    ("personio", frozenset({"jobDescriptions"})),
    ("teamtailor", frozenset({"attributes", "type"})),
)
"""(module, keys): a record that has all of the keys is that source's; the first that fits counts."""


def recognise(record: Mapping[str, Any]) -> Reader | None:
    """The reader for this record's shape, or ``None`` for a plain posting."""
    keys = record.keys()
    for module, needed in SHAPES:
        if needed <= keys:
            reader: Reader = import_module(f"enrich.sources.{module}").read
            return reader
    return None
