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


def test_pandas_ways_of_missing_and_times(plain):
    pd = pytest.importorskip("pandas")
    import enrich.adapters.pandas  # noqa: F401

    rows = {
        "id": pd.array([1, 2], dtype="Int64"),
        "title": pd.array(["Nurse", pd.NA], dtype="string"),
        "location_text": [["Leeds, UK"], float("nan")],
        "posted_at": [pd.Timestamp("2026-05-01"), pd.NaT],
    }
    out = pd.DataFrame(rows).enrich(enricher=plain)
    assert list(out["id"]) == ["1", "2"] and out["posted_at"].iloc[0] == "2026-05-01T00:00:00"
    assert out["problems"].iloc[0] == [] and isinstance(out["location"].iloc[0]["alternatives"], list)
    assert out["title"].iloc[1] is None or pd.isna(out["title"].iloc[1])


def test_pandas_types_are_the_same_whatever_the_rows(plain):
    pd = pytest.importorskip("pandas")
    import enrich.adapters.pandas  # noqa: F401

    empty, some = (pd.DataFrame(rows, columns=["title"]).enrich(enricher=plain) for rows in ([], [["Nurse"]]))
    assert list(empty.columns) == list(some.columns) and len(empty) == 0
    assert empty["salary_min"].dtype == some["salary_min"].dtype == "float64"


def test_polars_lazy(plain, expected):
    pl = pytest.importorskip("polars")
    import enrich.adapters.polars  # noqa: F401

    query = pl.DataFrame(ROWS).lazy().enrich.postings(enricher=plain).select("id", "location")
    assert query.collect_schema().names() == ["id", "location"]
    assert query.collect()["id"].to_list() == [r["id"] for r in expected]


def test_arrow_workers_and_large_batches(plain):
    pa = pytest.importorskip("pyarrow")
    from enrich.adapters import arrow

    batches = pa.Table.from_pylist([{"id": i, "title": "Nurse"} for i in range(1300)]).to_batches(max_chunksize=1200)
    empty = batches[0].slice(0, 0)
    alone = list(arrow.enrich_batches([empty, *batches], enricher=plain))
    assert [b.num_rows for b in alone] == [512, 512, 176, 100]
    assert list(arrow.enrich_batches([*batches, empty], enricher=plain, workers=2)) == alone


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
