"""Streams: order kept, nothing lost, whatever a worker does."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import NOW, ROOT

from enrich import Enricher
from enrich.files import json_line
from enrich.result import Enrichment, Evidence, Location, Skill
from enrich.stream import pipe


class Deadly(dict):
    """A record that kills the process which reads it."""

    def get(self, key, default=None):
        if multiprocessing_child():
            os._exit(9)
        return super().get(key, default)


def multiprocessing_child():
    import multiprocessing

    return multiprocessing.parent_process() is not None


def test_order_and_count():
    records = [{"id": i, "title": f"Engineer {i}"} for i in range(50)]
    assert [r.id for r in Enricher().pipe(records)] == [str(i) for i in range(50)]


def test_lazy():
    def endless():
        i = 0
        while True:
            yield {"id": i, "title": "Nurse"}
            i += 1

    stream = Enricher().pipe(endless())
    assert [next(stream).id for _ in range(3)] == ["0", "1", "2"]


def test_an_iterator_is_not_read_ahead_of_its_consumer():
    read = []
    stream = Enricher().pipe(read.append(i) or {"id": i, "title": "Cook"} for i in range(50))
    assert next(stream).id == "0"
    assert read == [0]


def test_a_batch_gives_what_each_record_alone_gives(enricher_plain):
    corpus = (ROOT / "benchmarks" / "corpora" / "postings.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in corpus.splitlines()[:40]]
    assert enricher_plain.enrich_batch(records) == [enricher_plain.enrich(r) for r in records]
    assert list(enricher_plain.pipe(iter(records), batch_size=7)) == list(enricher_plain.pipe(records))
    assert enricher_plain.enrich_batch([]) == []


def test_a_batch_is_of_mappings(enricher_plain):
    with pytest.raises(TypeError, match="mapping"):
        enricher_plain.enrich_batch([{"title": "Nurse"}, "a string"])


def test_what_is_no_record_keeps_its_place():
    out = list(Enricher().pipe([{"id": "a", "title": "Nurse"}, None, "x", {"id": "b", "title": "Cook"}]))
    assert [r.id for r in out][::3] == ["a", "b"]
    assert [[p.code for p in r.problems] for r in out[1:3]] == [["not_a_record"], ["not_a_record"]]


def test_context_travels():
    pairs = [({"title": "Nurse"}, n) for n in range(5)]
    assert [context for _, context in Enricher().pipe(pairs, as_tuples=True)] == list(range(5))


@pytest.mark.parametrize(("workers", "batch_size"), [(0, 1), (1, 0), (-1, 5)])
def test_bad_options(workers, batch_size):
    with pytest.raises(ValueError, match="at least 1"):
        Enricher().pipe([], workers=workers, batch_size=batch_size)


def test_workers_and_a_record_that_kills(enricher_plain):
    records = [{"id": str(i), "title": "Nurse", "location_text": "Leeds"} for i in range(20)]
    records[7] = Deadly(id="7", title="Nurse")
    out = list(enricher_plain.pipe(records, workers=2, batch_size=4))
    assert [r.id for r in out] == [str(i) for i in range(20)]
    assert [p.code for p in out[7].problems] == ["worker_died"]
    alone = list(enricher_plain.pipe(records[:7], workers=1))
    assert [r.to_dict() for r in out[:7]] == [r.to_dict() for r in alone]


def test_what_cannot_travel_is_read_here(enricher_plain):
    records = [{"id": "a", "title": "Nurse"}, {"id": "b", "title": "Cook", "call": lambda: 1}]
    assert [r.id for r in enricher_plain.pipe(records, workers=2)] == ["a", "b"]


def test_a_clock_that_cannot_travel_is_an_error_with_a_name():
    with pytest.raises((AttributeError, RuntimeError, pickle.PicklingError)):
        list(Enricher(clock=lambda: NOW).pipe([{"title": "Nurse"}], workers=2))


def test_script_without_a_guard_is_told(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("from enrich import Enricher\nprint(list(Enricher().pipe([{'title': 'Cook'}] * 3, workers=2)))\n")
    done = subprocess.run([sys.executable, str(script)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "__name__ == '__main__'" in done.stderr.splitlines()[-1]


def test_what_is_made_of_records_comes_back(enricher_plain):
    records = [{"id": i, "title": "Nurse"} for i in range(10)]
    lines = list(pipe(enricher_plain, records, workers=2, batch_size=3, finish=json_line))
    assert lines == [json_line(r) for r in enricher_plain.pipe(records)]


def test_workers_end_with_their_parent(tmp_path):
    """A killed parent leaves no process behind."""
    code = (
        "import multiprocessing, os\n"
        "from enrich import Enricher\n"
        "def main():\n"
        "    stream = Enricher().pipe(({'title': 'Nurse'} for _ in iter(int, 1)), workers=2)\n"
        "    next(stream)\n"
        "    print(*(p.pid for p in multiprocessing.active_children()), flush=True)\n"
        "    next(p for p in [input()])\n"
        "if __name__ == '__main__':\n"
        "    main()\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, str(script)], **pipes, env=env)
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not any(alive(pid) for pid in workers):
            return
        time.sleep(0.1)
    pytest.fail("workers outlive their parent")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("kind", [Evidence, Location, Skill, Enrichment])
def test_records_survive_pickling(kind, seed):
    record = Enricher().enrich(seed)
    found = {Evidence: record.evidence, Location: record.locations, Skill: record.skills, Enrichment: [record]}[kind]
    assert found and pickle.loads(pickle.dumps(found)) == found


@pytest.fixture
def enricher_plain():
    from enrich.cli import FixedClock

    return Enricher(clock=FixedClock(NOW))


def test_memory_stays_flat(seed):
    """A thousand postings leave a process no larger than a few hundred did."""
    code = (
        "import enrich, json\n"
        "seed = json.load(open('examples/bamboohr.json'))\n"
        "def peak():\n"
        "    lines = open('/proc/self/status').read().split('\\n')\n"
        "    return int(next(x for x in lines if x.startswith('VmHWM')).split()[1]) // 1024\n"
        "for n, _ in enumerate(enrich.Enricher().pipe(seed for _ in range(1000))):\n"
        "    if n in (300, 999): print(peak())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    early, late = map(int, done.stdout.split())
    assert late - early < 8, (early, late)
