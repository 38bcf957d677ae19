"""Curated TOML tables, read fast: parsed once at build time, kept as JSON under the hash of their content.

A table that was edited since the build has another hash, so it is parsed anew: a compiled table is never stale.
"""

from __future__ import annotations

import json
import tomllib
import zlib
from pathlib import Path
from typing import Any

COMPILED = Path(__file__).with_name("store") / "tables"


def compiled_path(name: str, content: bytes) -> Path:
    """Where the compiled form of a table with this content lies."""
    return COMPILED / f"{name}.{zlib.crc32(content):08x}{len(content):x}.json"


def load_toml(path: Path) -> dict[str, Any]:
    """The table at ``path`` (TOML, UTF-8) as a dict.

    Raises:
        tomllib.TOMLDecodeError: the file is not TOML; the message names the line.
    """
    content = path.read_bytes()
    try:
        table: dict[str, Any] = json.loads(compiled_path(path.stem, content).read_bytes())
    except (OSError, ValueError):
        table = tomllib.loads(content.decode("utf-8"))
    return table


def compile_toml(path: Path) -> Path:
    """Parse the table at ``path`` and write its compiled form; returns where."""
    content = path.read_bytes()
    target = compiled_path(path.stem, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(tomllib.loads(content.decode("utf-8")), ensure_ascii=False), encoding="utf-8")
    return target
