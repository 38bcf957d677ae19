"""The command line: formats, rejects, exit codes, resume."""

from __future__ import annotations

import csv
import json
import os
import random
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


@pytest.fixture(scope="module")
def long_run(tmp_path_factory):
    """An input with broken lines in it, and what an unbroken run makes of it."""
    folder = tmp_path_factory.mktemp("run")
    source, whole = folder / "in.jsonl", folder / "whole.jsonl"
    rows = [json.dumps({"id": i, "title": f"Senior Nurse {i}", "location_text": "Leeds, UK"}) for i in range(6000)]
    for n in (10, 700, 5900):
        rows[n] = "{broken"
    source.write_text("\n".join(rows) + "\n")
    assert main(["run", str(source), "-o", str(whole), "--now", NOW, "--quiet"]) == 1
    return source, whole


def start_and_stop(source, whole, part, workers, signal_number):
    """Start a run in a process group of its own, stop it on its way, and give its exit status and its words."""
    command = [sys.executable, "-m", "enrich", "run", str(source), "-o", str(part), "--now", NOW, "--quiet"]
    command += ["--workers", str(workers)]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    for _ in range(3000):
        if part.exists() and part.stat().st_size > whole.stat().st_size // 10:
            break
        time.sleep(0.01)
    if signal_number == signal.SIGKILL:
        child.kill()  # this process alone: its workers have to notice
    else:
        os.killpg(child.pid, signal_number)  # as a terminal does: workers are told as well
    words = child.communicate(timeout=60)[1]
    assert part.stat().st_size < whole.stat().st_size
    return child, words


def assert_resumes(source, whole, part, workers):
    assert main(["run", str(source), "-o", str(part), "--resume", "--quiet", "--workers", str(workers)]) == 1
    assert part.read_bytes() == whole.read_bytes()
    assert Path(f"{part}.rejects.jsonl").read_bytes() == Path(f"{whole}.rejects.jsonl").read_bytes()
    assert not Path(f"{part}.progress").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_run_resumes_byte_identical(tmp_path, long_run, workers):
    source, whole = long_run
    child, _ = start_and_stop(source, whole, tmp_path / "part.jsonl", workers, signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert_resumes(source, whole, tmp_path / "part.jsonl", workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted_run_is_clean(tmp_path, long_run, workers):
    source, whole = long_run
    part = tmp_path / "part.jsonl"
    child, words = start_and_stop(source, whole, part, workers, signal.SIGINT)
    assert child.returncode == 130
    assert "Traceback" not in words and "interrupted" in words
    assert part.read_bytes().endswith(b"\n") and whole.read_bytes().startswith(part.read_bytes())
    assert_resumes(source, whole, part, workers)


def test_resume_with_other_options_is_refused(tmp_path, long_run, capfd):
    source, whole = long_run
    part = tmp_path / "part.jsonl"
    start_and_stop(source, whole, part, 1, signal.SIGINT)
    assert main(["run", str(source), "-o", str(part), "--resume", "--parser", "soup"]) == 2
    assert "parser" in capfd.readouterr().err
    assert main(["run", str(source), "x.jsonl", "-o", str(part), "--resume"]) == 2
    assert "same inputs" in capfd.readouterr().err


@pytest.mark.parametrize("suffix", ["json", "csv", "parquet"])
def test_workers_write_what_one_process_writes(tmp_path, suffix):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": i, "title": f"Nurse {i}", "x": {"y": i}}) + "\n" for i in range(300)))
    for workers in ("1", "2"):
        command = ["run", str(source), "-o", str(tmp_path / f"{workers}.{suffix}"), "--now", NOW, "--quiet"]
        assert main([*command, "--workers", workers]) == 0
    assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes()


def test_bar_counts_records_and_rejects(capfd, monkeypatch):
    from enrich import terminal

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(terminal, "REDRAW", 0.0)
    with terminal.progress_bar() as advance:
        for n in range(50):
            advance(n // 10)
    shown = capfd.readouterr().err
    assert "50" in shown and "/s" in shown and "4 rejected" in shown


def test_parquet_is_streamed(tmp_path):
    """A file of one row group of 280 MB, through a process that may not hold it; out in groups of a few records."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    letters, rows = random.Random(7), 14_000
    noise = ["".join(letters.choices("abcdefgh \n", k=20_000)) for _ in range(16)]
    table = pa.table({"title": ["Nurse"] * rows, "blob": [f"{i}{noise[i % 16]}" for i in range(rows)]})
    pq.write_table(table, source, row_group_size=rows, compression="none", use_dictionary=False)
    assert source.stat().st_size > 270e6
    code = (
        "from enrich.files import read_records\n"
        f"print(sum(1 for _ in read_records({str(source)!r}, None)))\n"
        "lines = open('/proc/self/status').read().split('\\n')\n"
        "print(int(next(x for x in lines if x.startswith('VmHWM')).split()[1]) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    count, peak = map(int, done.stdout.split())
    assert count == rows and peak < 260, (count, peak)
    pq.write_table(table.select(["title"]).slice(0, 600), source)
    assert main(["run", str(source), "-o", str(target), "--quiet"]) == 0
    assert pq.ParquetFile(target).metadata.num_row_groups == 3
