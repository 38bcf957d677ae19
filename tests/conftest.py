"""What many tests share."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 6, 6, 10, 22, 29, 999000, UTC)


@pytest.fixture(scope="session")
def seed() -> dict[str, Any]:
    """A real posting's native payload."""
    payload: dict[str, Any] = json.loads((ROOT / "examples" / "bamboohr.json").read_text(encoding="utf-8"))
    return payload


@pytest.fixture(scope="session")
def enricher() -> Any:
    """An enricher whose clock stands and which raises what a field's code raises."""
    from enrich import Enricher

    return Enricher(clock=lambda: NOW, strict=True)
