"""``python -m gazetteer.build``: compile the store in place."""

from __future__ import annotations

import time

from ..places import STORE
from . import build

if __name__ == "__main__":
    started = time.perf_counter()
    build(STORE.parent)
    size = STORE.stat().st_size / 1e6
    print(f"{STORE}: {size:.1f} MB in {time.perf_counter() - started:.0f} s")
