"""Real local clusters: 20,000 postings through Spark and through Ray Data, equal to one process row for row.

Run by their own command, with the extras ``spark`` and ``ray`` and a Java runtime: ``pytest -m slow
tests/test_engines.py``. Everything listens on loopback alone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import NOW, ROOT

pa = pytest.importorskip("pyarrow")
pytestmark = pytest.mark.slow

COUNT = 20_000


@pytest.fixture(scope="module")
def enricher() -> Any:
    from enrich import Enricher
    from enrich.cli import FixedClock

    return Enricher(clock=FixedClock(NOW))


@pytest.fixture(scope="module")
def postings() -> Any:
    """The sample corpus over and over, each time with other ids, titles and numbers."""
    lines = (ROOT / "benchmarks" / "corpora" / "postings.jsonl").read_text(encoding="utf-8").splitlines()
    sample = [json.loads(line) for line in lines]
    plain = [r for r in sample if isinstance(r.get("title"), str) and isinstance(r.get("description"), str)]
    keys = ("title", "location_text", "description", "company")

    def rows() -> Iterator[dict[str, Any]]:
        for n in range(COUNT):
            record = plain[n % len(plain)]
            row = {key: record[key] for key in keys if isinstance(record.get(key), str)}
            row["description"] += f"<p>Reference {n}. {n % 12 + 1}+ years of experience.</p>"
            yield {"id": f"{n:05}", **row}

    return pa.Table.from_pylist(list(rows()), schema=pa.schema([(key, pa.string()) for key in ("id", *keys)]))


@pytest.fixture(scope="module")
def expected(enricher, postings) -> dict[str, str]:
    from enrich.adapters.arrow import enrich_batches

    return by_id(enrich_batches(postings.to_batches(), enricher=enricher))


def by_id(batches: Any) -> dict[str, str]:
    """Rows by id, each kept as JSON text: small, and equal only where all is equal."""
    return {row["id"]: json.dumps(row, sort_keys=True) for batch in batches for row in batch.to_pylist()}


def test_spark(enricher, postings, expected, tmp_path):
    sql = pytest.importorskip("pyspark.sql")
    import pyarrow.parquet as pq

    from enrich.adapters.arrow import SCHEMA
    from enrich.adapters.spark import enrich_dataframe

    pq.write_table(postings, tmp_path / "in.parquet", row_group_size=2000)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    spark = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.files.maxPartitionBytes", "1m")
        .getOrCreate()
    )
    try:
        frame = spark.read.parquet(str(tmp_path / "in.parquet"))
        enrich_dataframe(frame, enricher=enricher).write.parquet(str(tmp_path / "out"))
    finally:
        spark.stop()
    out = pq.read_table(tmp_path / "out")
    assert out.num_rows == COUNT and out.schema.names == SCHEMA.names
    assert by_id(out.cast(SCHEMA).to_batches()) == expected


def test_ray(enricher, postings, expected):
    # nothing is to leave this machine, and workers are not to give way to whatever else runs
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_worker_niceness="0")
    ray = pytest.importorskip("ray")
    data = pytest.importorskip("ray.data")

    from enrich.adapters.ray import enrich_dataset

    ray.init(
        num_cpus=2,
        include_dashboard=False,
        _node_ip_address="127.0.0.1",
        object_store_memory=512 << 20,
        runtime_env={"env_vars": {"PYTHONPATH": os.pathsep.join(sys.path)}},
    )
    try:
        dataset = data.from_arrow([postings.slice(n, 1000) for n in range(0, COUNT, 1000)])
        out = {}
        for batch in enrich_dataset(dataset, enricher=enricher).iter_batches(batch_format="pyarrow", batch_size=1000):
            out.update(by_id(batch.to_batches()))
    finally:
        ray.shutdown()
    assert len(out) == COUNT
    assert out == expected
