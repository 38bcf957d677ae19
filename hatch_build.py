"""The wheel's build step: compile the gazetteer's store, so that an installed package needs nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StoreBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``gazetteer.build`` before the files of the wheel are gathered (an editable install included)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        try:
            from gazetteer.build import build

            build(Path(self.root, "gazetteer", "store"))
        finally:
            sys.path.remove(self.root)
