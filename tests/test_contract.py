"""Promises that hold for every record: never raises, spans slice, deterministic, plain types, nothing lost."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich import Enricher, enrich
from enrich.terminal import source_text

CONTRACT_KEYS = [
    "id",
    "language",
    "language_confidence",
    "location",
    "locations",
    "remote_policy",
    "remote_confidence",
    "remote_scope",
    "office_days_per_week",
    "workplace_type",
    "salary_raw",
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_period",
    "salary_confidence",
    "salary_bands",
    "normalized_title",
    "title_info",
    "seniority",
    "employment_type",
    "experience_years_min",
    "skills",
    "launch_scope",
    "text",
    "sections",
    "evidence",
    "inferred_at",
    "version",
    "problems",
]
POSTINGS = [
    {
        "title": "Sr. Data Engineer (m/w/d) – Remote",
        "location_text": ["München, Bayern", "Remote - Germany"],
        "description": "<h3>Wir bieten</h3><p>65.000–80.000 € brutto im Jahr, Homeoffice möglich.</p>"
        "<h3>Dein Profil</h3><ul><li>Mindestens drei Jahre Erfahrung mit Python, Spark und AWS</li></ul>",
    },
    {
        "title": "データエンジニア",
        "location_text": "東京都港区",
        "description": "必須：Pythonでの開発経験3年以上。年収600万円〜900万円。フルリモート可。😀 Go言語",
    },
    {
        "title": "Infirmier(ère) de nuit H/F",
        "location_text": "07 - ANNONAY",
        "description": "<p>CDI temps plein, 2 300 € bruts mensuels.</p>",
    },
    {"title": "Nurse", "description": "No pay stated. 401(k), $5M raised, 7 million users."},
]
text = st.text(max_size=200)
keys = st.sampled_from(
    [
        "id",
        "title",
        "description",
        "location_text",
        "company",
        "salary_text",
        "employment_type",
        "workplace_type",
        "country_hint",
        "language",
        "url",
        "other",
    ]
)


@pytest.fixture(scope="module", params=range(len(POSTINGS) + 1))
def pair(request, enricher, seed):
    record = [*POSTINGS, seed][request.param]
    return record, enricher.enrich(record)


def test_all_keys(pair):
    out = pair[1].to_dict()
    assert list(out)[: len(CONTRACT_KEYS)] == CONTRACT_KEYS


def test_json_round_trip(pair):
    assert json.loads(pair[1].to_json()) == json.loads(json.dumps(pair[1].to_dict()))


def test_spans_slice_to_their_words(pair):
    record, out = pair
    for skill in out.skills:
        assert {out.text[a:b] for a, b in skill.spans} <= set(skill.surfaces)
    for section in out.sections:
        assert 0 <= section.start < section.end <= len(out.text)
    for e in out.evidence:
        if e.start is not None:
            source = source_text(out, record, e.source)
            if source is not None:
                assert 0 <= e.start < e.end <= len(source), e


def test_confidences_are_probabilities(pair):
    def walk(value):
        if isinstance(value, dict):
            for k, v in value.items():
                if k.endswith("confidence") and v is not None:
                    assert 0 <= v <= 1, (k, v)
                walk(v)
        elif isinstance(value, list):
            for v in value:
                walk(v)

    walk(pair[1].to_dict())


def test_deterministic(pair, enricher):
    assert enricher.enrich(pair[0]).to_json() == pair[1].to_json()


def test_no_order_of_a_set_decides():
    """Sets of strings are ordered anew in every process: what two of them read is the same to the letter."""
    code = (
        "import json, sys\n"
        "from enrich import Enricher\n"
        "from datetime import datetime, UTC\n"
        "lines = open('benchmarks/corpora/postings.jsonl', encoding='utf-8').read().splitlines()[::3]\n"
        "lines += open('benchmarks/corpora/places.jsonl', encoding='utf-8').read().splitlines()[::4]\n"
        "records = [json.loads(x) for x in lines]\n"
        "records = [{'title': r['text'], 'location_text': r['text']} if 'text' in r else r for r in records]\n"
        "enricher = Enricher(clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))\n"
        "sys.stdout.write(''.join(e.to_json() for e in enricher.enrich_batch(records)))\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert len(outputs[0]) > 100_000
    assert outputs[0] == outputs[1] == outputs[2]


def test_pickles(pair):
    assert pickle.loads(pickle.dumps(pair[1])).to_dict() == pair[1].to_dict()


def test_html_repr_escapes(enricher):
    assert "<script>" not in enricher.enrich({"title": "<script>alert(1)</script>"})._repr_html_()


def test_repr_is_short(pair):
    assert len(repr(pair[1])) < 300


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(keys, text, max_size=8))
def test_never_raises_on_mappings_of_strings(record):
    out = enrich(record)
    json.loads(out.to_json())
    assert not [p for p in out.problems if p.code == "field_failed"], out.problems


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        keys,
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | text,
            lambda x: st.lists(x, max_size=3) | st.dictionaries(text, x, max_size=3),
            max_leaves=8,
        ),
        max_size=8,
    )
)
def test_never_raises_on_any_values(record):
    out = enrich(record)
    json.loads(out.to_json())
    assert not [p for p in out.problems if p.code == "field_failed"], out.problems


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({}, "empty_posting"),
        ({"title": "", "description": "  "}, "empty_posting"),
        ({"foo": 1}, "empty_posting"),
        ({"title": 12}, "not_text"),
        ({"title": ["Nurse", "Ward 3"]}, "not_text"),
        ({"title": "Nurse", "description": {"html": "<p>x</p>"}}, "not_text"),
        ({"@type": "Organization", "title": "Nurse"}, "not_a_job_posting"),
    ],
)
def test_odd_records_name_a_problem(enricher, record, code):
    assert code in [p.code for p in enricher.enrich(record).problems]


@pytest.mark.parametrize("record", [None, "Nurse", 3, ["title"], b"{}"])
def test_no_mapping_is_a_programmers_error(enricher, record):
    with pytest.raises(TypeError, match="mapping"):
        enricher.enrich(record)


@pytest.mark.parametrize(
    "description",
    [
        "<p>" * 100_000 + "deep",
        "<b><i>" * 5_000 + "Python" + "</b>" * 5_000,
        "<p>broken <ul><li>Python<table><td>x</p></li",
        "NUL \x00 and lone \ud800 surrogate \udfff",
        "﻿<!doctype html><html><head><title>x</title></head><body>y</body></html>",
        "&lt;p&gt;escaped&lt;/p&gt;",
        "9" * 200_000,
        "$" * 50_000,
        "remote " * 20_000,
    ],
    ids=["nested", "unclosed", "broken", "nul", "document", "escaped", "digits", "dollars", "remote"],
)
def test_hostile_descriptions(enricher, description):
    out = enricher.enrich({"title": "Engineer", "description": description})
    out.to_json().encode("utf-8")


def test_ten_megabytes(enricher, seed):
    body = seed["detail_job_opening"]["description"]
    out = enricher.enrich({"title": "Engineer", "description": body * (10_000_000 // len(body) + 1)})
    assert "Java" in [s.name for s in out.skills]


def test_a_field_that_fails_leaves_the_rest(monkeypatch):
    import enrich.salary

    def broken(job):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(enrich.salary, "propose", broken)
    out = Enricher().enrich({"title": "Senior Nurse", "location_text": "Leeds, UK"})
    assert [(p.code, p.field) for p in out.problems if p.code == "field_failed"] == [("field_failed", "salary")]
    assert out.seniority == "senior" and out.location.country_code == "GB"
    with pytest.raises(ZeroDivisionError):
        Enricher(strict=True).enrich({"title": "Nurse"})


def test_unknown_parser():
    with pytest.raises(ValueError, match="lexbor"):
        Enricher(parser="regex")


def test_id_is_kept_or_made_from_content(enricher):
    assert enricher.enrich({"id": 7, "title": "Nurse"}).id == "7"
    one, two = (enricher.enrich({"title": t}).id for t in ("Nurse", "Nurse "))
    assert one != two and one == enricher.enrich({"title": "Nurse"}).id


def test_unknown_keys_are_carried():
    assert enrich({"title": "Nurse", "board_id": 9}).extra == {"board_id": 9}
