"""The command line: formats, rejects, exit codes, resume."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from enrich.cli import main

NOW = "2026-06-06T10:22:29Z"


def lines(path: Path) -> list[dict]:
    return [json.loads(x) for x in path.read_text(encoding="utf-8").split("\n") if x]


def test_json_lines_with_a_broken_line(tmp_path, capfd):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 1, "title": "Nurse\u2028"}\n{broken\n\n[1]\n{"id": 2, "title": "Cook"}\n', encoding="utf-8"
    )
    assert main(["run", str(source), "-o", str(target)]) == 1
    assert [r["id"] for r in lines(target)] == ["1", "2"]
    rejects = lines(Path(f"{target}.rejects.jsonl"))
    assert [(r["line"], r["text"]) for r in rejects] == [(2, "{broken"), (4, "[1]")]
    assert all(r["reason"] for r in rejects)
    assert "2 lines rejected" in capfd.readouterr().err


def test_json_document_and_single_object(tmp_path):
    source, target = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps([{"id": 1, "title": "Nurse"}, {"id": 2, "title": "Cook"}], indent=1))
    assert main(["run", str(source), "-o", str(target), "--quiet"]) == 0
    assert [r["id"] for r in json.loads(target.read_text())] == ["1", "2"]


def test_csv_in_and_out(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'id,title,location_text,description\n1,Nurse,"Leeds, UK","a ""quoted""\nline"\n', encoding="utf-8-sig"
    )
    assert main(["run", str(source), "-o", str(target), "--quiet"]) == 0
    with target.open(newline="", encoding="utf-8") as stream:
        row = next(csv.DictReader(stream))
    assert row["id"] == "1" and json.loads(row["location"])["country_code"] == "GB"


def test_parquet_in_and_out(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    pa = pytest.importorskip("pyarrow")
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(
        pa.table({"id": ["1", "2"], "title": ["Nurse", "Cook"], "location_text": ["Leeds, UK", None]}), source
    )
    assert main(["run", str(source), "-o", str(target), "--quiet"]) == 0
    assert pq.read_table(target).column("id").to_pylist() == ["1", "2"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "nothing-there.jsonl"],
        ["run", "x.xml"],
        ["run", "-", "-o", "out.parquet.zip"],
        ["run", "x.jsonl", "--resume"],
        ["run", "x.jsonl", "--workers", "0"],
        [],
    ],
)
def test_usage_errors(arguments, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.jsonl").write_text("")
    assert main(arguments) == 2
    assert "enrich" in capfd.readouterr().err


def test_version(capfd):
    assert main(["--version"]) == 0
    assert capfd.readouterr().out.startswith("enrich 0.")


def test_explain(tmp_path, capfd):
    source = tmp_path / "one.json"
    source.write_text(json.dumps({"title": "Senior Nurse (m/f/d)", "location_text": "Leeds, UK"}))
    assert main(["explain", str(source)]) == 0
    out = capfd.readouterr().out
    assert "Senior Nurse" in out and "Leeds" in out


def test_explain_nothing(tmp_path, capfd):
    source = tmp_path / "none.jsonl"
    source.write_text("")
    assert main(["explain", str(source)]) == 1


def test_broken_pipe_is_quiet(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"title": "Nurse"}\n' * 300)
    command = f"{sys.executable} -m enrich run {source} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "Broken" not in done.stderr


def test_killed_run_resumes_byte_identical(tmp_path):
    source = tmp_path / "in.jsonl"
    rows = [json.dumps({"id": i, "title": f"Senior Nurse {i}", "location_text": "Leeds, UK"}) for i in range(3000)]
    for n in (10, 700, 2900):
        rows[n] = "{broken"
    source.write_text("\n".join(rows) + "\n")
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    assert main(["run", str(source), "-o", str(whole), "--now", NOW, "--quiet"]) == 1
    command = [sys.executable, "-m", "enrich", "run", str(source), "-o", str(part), "--now", NOW, "--quiet"]
    child = subprocess.Popen(command)
    for _ in range(600):
        if part.exists() and part.stat().st_size > whole.stat().st_size // 3:
            break
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert part.stat().st_size < whole.stat().st_size
    assert main(["run", str(source), "-o", str(part), "--resume", "--quiet"]) == 1
    assert part.read_bytes() == whole.read_bytes()
    assert Path(f"{part}.rejects.jsonl").read_bytes() == Path(f"{whole}.rejects.jsonl").read_bytes()
    assert not Path(f"{part}.progress").exists()
