"""What a killed run needs to go on: how far the input was read and how long the files were then."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Checkpoint:
    """A state in which output and rejects hold exactly what was read so far.

    ``settings`` are the options that the records depend on. ``done`` counts records written (rejected lines not),
    ``rejected`` lines rejected; the sizes are in bytes.
    """

    inputs: list[str] = field(default_factory=list)
    settings: dict[str, str | None] = field(default_factory=dict)
    inferred_at: str = ""
    done: int = 0
    rejected: int = 0
    output_size: int = 0
    rejects_size: int = 0


def checkpoint_path(output: str) -> Path:
    """Where the checkpoint of a run that writes ``output`` lies, until the run has ended."""
    return Path(output + ".progress")


def save(path: Path, state: Checkpoint) -> None:
    """Write the checkpoint so that it is either the old or the new one, whenever the process is killed."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(asdict(state)), encoding="utf-8")
    beside.replace(path)


def load(path: Path) -> Checkpoint | None:
    """The checkpoint, or ``None`` where there is none.

    Raises:
        ValueError: the file is no checkpoint.
    """
    try:
        return Checkpoint(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no checkpoint; remove it to begin anew") from error


def cut(path: str, size: int) -> None:
    """Cut a file that may have grown since the checkpoint back to the size it had then.

    Raises:
        ValueError: the file is shorter: it is not the one that the checkpoint speaks of.
    """
    file = Path(path)
    now = file.stat().st_size if file.exists() else 0
    if now < size:
        raise ValueError(
            f"{path} has {now} bytes, its checkpoint says {size}: it was changed; begin anew without --resume"
        )
    if now > size:
        os.truncate(path, size)
