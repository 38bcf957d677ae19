"""Case tables: one JSON object a line in ``tests/cases/<field>/<table>.jsonl``, each with an ``id`` of its own.

``known_failures.jsonl`` holds cases that are not right yet: strict expected failures, so a mended one is noticed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).with_name("cases")


def cases(field: str, *tables: str, keys: set[str]) -> list[Any]:
    """Parameters for ``pytest.mark.parametrize``: every case of the field's tables (all of them by default).

    A case with a key outside ``keys`` (and ``id``, ``why``) is an error: a misspelt key must not pass unseen.
    """
    out = []
    for path in sorted((CASES / field).glob("*.jsonl")):
        if tables and path.stem not in tables:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            case = json.loads(line)
            unknown = set(case) - keys - {"id", "why"}
            if unknown:
                raise ValueError(f"{path.name}:{number}: unknown keys {sorted(unknown)}; known are {sorted(keys)}")
            marks = [pytest.mark.xfail(strict=True)] if path.stem == "known_failures" else []
            out.append(pytest.param(case, id=f"{path.stem}-{case.get('id', number)}", marks=marks))
    if not out:
        raise ValueError(f"no case in tests/cases/{field}")
    return out
