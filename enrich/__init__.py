"""One job posting in, one clean, structured record out: with the reason and the probability of every value.

>>> import enrich
>>> record = enrich.enrich({"title": "Senior Backend Engineer - Germany", "location_text": "Berlin, Germany"})
>>> record.normalized_title, record.location.city
('Senior Backend Engineer', 'Berlin')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Enricher": "enrich.pipeline",
    "enrich": "enrich.pipeline",
    "LaunchScope": "enrich.scope",
    "strip_html": "enrich.html",
    "detect_language": "enrich.language",
    "parse_location": "enrich.location",
    "infer_remote": "enrich.remote",
    "parse_salary": "enrich.salary",
    "normalize_title": "enrich.title",
    "extract_skills": "enrich.skills",
}
__all__ = [*_HOME, "__version__"]

if TYPE_CHECKING:
    from enrich.html import strip_html
    from enrich.language import detect_language
    from enrich.location import parse_location
    from enrich.pipeline import Enricher, enrich
    from enrich.remote import infer_remote
    from enrich.salary import parse_salary
    from enrich.scope import LaunchScope
    from enrich.skills import extract_skills
    from enrich.title import normalize_title


def __getattr__(name: str) -> Any:
    """Public names are loaded when first used, so that the import itself does no work."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'enrich' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
