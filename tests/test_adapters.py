"""Tables in, the same kind out; the same records as one by one."""

from __future__ import annotations

import json

import pytest
from conftest import NOW

from enrich import Enricher
from enrich.cli import FixedClock

ROWS = [
    {"id": "1", "title": "Senior Data Engineer", "location_text": "Lisboa", "description": "Python and SQL."},
    {"id": "2", "title": None, "location_text": "Leeds, UK", "description": "Nurse on a ward."},
    {"id": "3", "title": "Cook", "location_text": None, "description": None},
]


@pytest.fixture(scope="module")
def plain():
    return Enricher(clock=FixedClock(NOW))


@pytest.fixture(scope="module")
def expected(plain):
    return [plain.enrich({k: v for k, v in row.items() if v is not None}).to_dict() for row in ROWS]


def test_arrow(plain, expected):
    pa = pytest.importorskip("pyarrow")
    from enrich.adapters.arrow import SCHEMA, enrich_batches

    batches = list(enrich_batches(pa.Table.from_pylist(ROWS).to_batches(max_chunksize=2), enricher=plain))
    assert all(b.schema == SCHEMA for b in batches)
    rows = [row for b in batches for row in b.to_pylist()]
    for row, want in zip(rows, expected, strict=True):
        assert set(row) == set(want)
        for key in ("id", "language", "locations", "skills", "normalized_title", "sections", "problems"):
            assert json.loads(json.dumps(row[key])) == json.loads(json.dumps(want[key])), key


def test_pandas(plain, expected):
    pd = pytest.importorskip("pandas")
    import enrich.adapters.pandas  # noqa: F401

    frame = pd.DataFrame(ROWS, index=[5, 6, 7])
    out = frame.enrich(enricher=plain)
    assert isinstance(out, pd.DataFrame) and list(out.index) == [5, 6, 7]
    assert list(out["id"]) == [r["id"] for r in expected]
    assert out["location"].iloc[1]["country_code"] == "GB"


def test_polars(plain, expected):
    pl = pytest.importorskip("polars")
    import enrich.adapters.polars  # noqa: F401

    out = pl.DataFrame(ROWS).enrich.postings(enricher=plain)
    assert isinstance(out, pl.DataFrame)
    assert out["id"].to_list() == [r["id"] for r in expected]


def test_spacy():
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("enrich")
    doc = nlp("You know Python and PostgreSQL.")
    assert [(s.text, s.label_) for s in doc.spans["sc"]] == [("Python", "SKILL"), ("PostgreSQL", "SKILL")]
    assert doc._.enrich.language == "en"


@pytest.mark.slow
def test_spark(expected):
    pyspark = pytest.importorskip("pyspark.sql")
    from enrich.adapters.spark import enrich_dataframe

    spark = (
        pyspark.SparkSession.builder.master("local[2]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        rows = enrich_dataframe(spark.createDataFrame(ROWS)).collect()
    finally:
        spark.stop()
    assert sorted(r["normalized_title"] or "" for r in rows) == sorted(r["normalized_title"] or "" for r in expected)
