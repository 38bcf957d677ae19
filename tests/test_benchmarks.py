"""The benchmarks' own arithmetic; that a broken rule is caught is the slow test at the end."""

from __future__ import annotations

import pytest

from benchmarks import accuracy, calibrate, gate, peers, report
from enrich.confidence import CURVES, curves, raw_scores
from enrich.confidence import calibrate as probability
from gazetteer.tables import load_toml

CORPUS = accuracy.read_corpus(accuracy.CORPUS)


def test_corpus_is_as_promised():
    languages = {r["truth"].get("language") for r in CORPUS} - {None}
    countries = {(r["truth"].get("location") or {}).get("country_code") for r in CORPUS} - {None}
    assert len(CORPUS) >= 240 and len(languages) >= 15 and len(countries) >= 25


def test_a_perfect_answer_is_all_right():
    record = {"id": "x", "title": "Nurse", "location_text": "Leeds, UK"}
    [got] = accuracy.score([{**record, "truth": {"location": None}}])[:1]
    assert not got.right
    truth = {"location": {"city": "Leeds", "region": "England", "country_code": "GB"}}
    assert all(v.right for v in accuracy.score([{**record, "truth": truth}]))


def test_figures_count_null_as_an_answer():
    rows = [accuracy.Verdict("f", str(i), said, true, said == true) for i, (said, true) in
            enumerate([("a", "a"), ("a", None), (None, "a"), (None, None)])]  # fmt: skip
    total = accuracy.total(accuracy.figures(rows)["f"].values())
    assert (total.accuracy, total.precision, total.recall, total.f1) == (0.5, 0.5, 0.5, 0.5)


def test_interval_is_the_same_every_time():
    counts = [accuracy.Figures(1, i % 2, 1, 1, i % 2) for i in range(40)]
    first = accuracy.interval("salary", counts)
    assert first == accuracy.interval("salary", counts) and first[0] < 0.5 < first[1]


def test_curves_rise_and_stay_inside():
    for xs, ys in curves().values():
        assert xs == sorted(xs) and ys == sorted(ys) and len(xs) == len(ys) and ys[0] >= 0 and ys[-1] < 1


def test_raw_scores_are_put_back():
    before = probability("location", 0.5)
    with raw_scores():
        assert probability("location", 0.5) == 0.5
    assert probability("location", 0.5) == before != 0.5


def test_a_refitted_curve_never_falls():
    some = [calibrate.Sample(i / 100, (i * 7) % 100 < i, str(i)) for i in range(100)]
    xs, ys = calibrate.fit_curve(some)
    assert xs == sorted(xs) and ys == sorted(ys) and len(xs) < 24


def test_groups_are_never_parted():
    some = [calibrate.Sample(0.5, i % 3 > 0, str(i % 9)) for i in range(90)]
    said = calibrate.cross_validated(some)
    assert len({(s.group, p) for s, p in zip(some, said)}) == 9


def test_worse_curves_are_refused():
    some = [calibrate.Sample(0.5, True, str(i)) for i in range(50)]
    assert calibrate.Fit("x", some, ([0.5], [0.9]), [1.0] * 50, [0.9] * 50).is_worse
    assert not calibrate.Fit("x", some, ([0.5], [0.9]), [0.8] * 50, [0.9] * 50).is_worse


def test_writing_keeps_all_else(tmp_path):
    path = tmp_path / "calibration.toml"
    path.write_text(CURVES.read_text(encoding="utf-8"), encoding="utf-8")
    some = [calibrate.Sample(0.5, True, str(i)) for i in range(50)]
    calibrate.write([calibrate.Fit("salary", some, ([0.5], [0.9]), [0.8] * 50, [0.9] * 50)], path)
    was, now = load_toml(CURVES), load_toml(path)
    assert now.pop("salary") == {"score": [0.5], "probability": [0.9]} and was.pop("salary") and was == now
    assert path.read_text(encoding="utf-8").startswith("# Curves from a rule's score")


def test_the_gate_names_what_fell():
    assert gate.fallen({"salary": 0.9}, {"salary": 0.91, "skills": 0.5}) == ["skills: 0.000, was 0.500"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "figure"),
    [
        ("enrich.salary.propose", "salary"),
        ("enrich.remote.propose", "remote_policy"),
        ("enrich.skills.propose", "skills"),
        ("enrich.employment.propose", "employment_type"),
    ],
)
def test_a_broken_rule_is_caught(broken, figure, monkeypatch, capsys):
    """A rule that has lost its eyes: the gate must fail and name the figure."""
    assert gate.main([]) == 0
    capsys.readouterr()
    monkeypatch.setattr(broken, lambda job: [])
    assert gate.main([]) == 1
    assert f"{figure}: " in capsys.readouterr().out


def test_the_readme_holds_the_reports_marks():
    text = report.README.read_text(encoding="utf-8")
    assert text.count(report.START) == text.count(report.END) == 1
    assert report.put_between(report.put_between(text, "a"), "b") == report.put_between(text, "b")


def test_a_peer_that_cannot_run_says_why(monkeypatch):
    def absent():
        raise ImportError("no module of that name")

    monkeypatch.setitem(peers.FIELDS, "pay", ({"absent": absent}, peers.score_pay, ()))
    [row] = peers.run(["pay"])
    assert row.missing == "ImportError: no module of that name" and not row.figures
