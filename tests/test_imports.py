"""The import does no work: nothing heavy is loaded, and the first record comes soon."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("spacy", "pandas", "polars", "pyarrow", "numpy", "bs4", "ftfy", "rich", "pycountry")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_import_loads_nothing_heavy():
    assert run(f"import sys, enrich; print([m for m in {HEAVY} if m in sys.modules])").strip() == "[]"


def test_a_record_needs_no_spacy_or_tables():
    code = (
        "import sys, enrich; enrich.enrich({'title': 'Data Engineer', 'location_text': 'Berlin',"
        " 'description': '<p>Remote. Python. 50k EUR a year. Go, Java.</p>'});"
        "print([m for m in ('spacy', 'pandas', 'polars', 'pyarrow', 'bs4') if m in sys.modules])"
    )
    assert run(code).strip() == "[]"


def test_public_names():
    import enrich

    for name in enrich.__all__:
        assert getattr(enrich, name) is not None
    assert set(enrich.__all__) <= set(dir(enrich))
