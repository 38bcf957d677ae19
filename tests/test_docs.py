"""The README's own words, run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SHELL = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_python_blocks_run(number, tmp_path):
    code = tmp_path / "block.py"
    code.write_text(PYTHON[number], encoding="utf-8")
    done = subprocess.run([sys.executable, str(code)], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_first_command_names_what_is_there():
    assert "examples/bamboohr.json" in SHELL[0] and (ROOT / "examples" / "bamboohr.json").exists()


def test_command_line_block(tmp_path):
    (tmp_path / "postings.jsonl").write_text('{"title": "Nurse", "location_text": "Leeds"}\n')
    (tmp_path / "posting.json").write_text('{"title": "Nurse", "location_text": "Leeds"}')
    block = next(b for b in SHELL if "enrich run" in b)
    for line in block.strip().split("\n"):
        words = line.split("#")[0].strip()
        words = re.sub(r"^enrich\b", f"{sys.executable} -m enrich", words)
        words = re.sub(r"^python\b", sys.executable, words)
        done = subprocess.run(words, shell=True, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, (line, done.stderr)


def test_readme_names_every_option():
    text = subprocess.run([sys.executable, "-m", "enrich", "run", "--help"], capture_output=True, text=True).stdout
    for option in re.findall(r"--[a-z]+", next(b for b in SHELL if "enrich run" in b)):
        if option != "--version":
            assert option in text


def test_every_relative_path_in_the_docs_exists():
    for name in ("README.md", "CONTRIBUTING.md"):
        for path in re.findall(
            r"`((?:enrich|gazetteer|tests|benchmarks|examples)/[\w./-]*)`", (ROOT / name).read_text()
        ):
            assert (ROOT / path).exists(), (name, path)
