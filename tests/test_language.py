"""The language of texts and titles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.job import Job
from enrich.language import decide, detect_language, propose, title_language
from enrich.language_words import is_english_title, told
from enrich.posting import Posting
from tests.casefile import cases


@pytest.mark.parametrize("case", cases("language", keys={"text", "language"}))
def test_cases(case: dict[str, Any]) -> None:
    assert detect_language(case["text"]).code == case["language"]


def test_title_where_there_is_no_description() -> None:
    job = Job(Posting(title="Bäckereifachverkäuferin (m/w/d) in Teilzeit"))
    assert decide(propose(job), job).code == "de"


def test_title_beside_a_description() -> None:
    assert title_language("Softwareentwickler (m/w/d) Java", "en") == "de"
    assert title_language("12345", "fr") == "fr"


def test_function_words_tell_prose_and_leave_the_rest() -> None:
    prose = {
        "en": "You will lead the group that looks after our stores, and the people in it can count on you to be there.",
        "de": "Du bist für die Pflege der Gärten zuständig und hast ein Team an deiner Seite, das sich auf dich freut.",
        "fr": "Vous serez au sein de notre équipe pour suivre les chantiers avec tous nos clients et le chef de site.",
        "nl": "Je bent bij ons in de winkel aan het werk en je zorgt er voor dat het voor de klant een fijne dag is.",
    }
    for language, text in prose.items():
        assert told(text) == language
        assert told(" ".join(text.split()[:12])) is None, "too few words"
        assert told(text + " はい") is None, "letters of another script"
    others = {
        "da": "Du skal arbejde med drift af vores butik og du er god til at tale med kunder, som du hjælper",
        "ca": "Treballaràs amb els equips de la planta i amb les persones que fan els torns de nit, i també els caps",
        "gl": "Traballarás coas persoas que levan a tenda e máis cos clientes que veñen cada día, e tamén co equipo",
        "": "Kompetencer: Java Python Kotlin Docker Linux Git Jira Scrum Kanban SQL REST JSON XML HTML CSS React Vue",
    }
    for language, text in others.items():
        assert told(text) in (None, language), text
    assert told("") is None and told("the " * 70_000) is None


def test_english_titles_need_no_model() -> None:
    for title in (
        "Data Analyst", "Lead Software Engineer (Payments)", "Delivery Driver - Oslo", "Florist", "Bartender",
        "Office Cleaner – no experience", "AI Product Manager", "Van Driver", "CHEF",
    ):  # fmt: skip
        assert is_english_title(title), title
    for title in (
        "", "4711", "Chef de Partie", "Java Entwickler Backend", "Vendedor", "Sales Manager für Wien", "Werkstudent",
        "Manager ai servizi", "SALES MANAGER AU SIEGE", "Team Lead am Standort Köln",
    ):  # fmt: skip
        assert not is_english_title(title), title
    assert title_language("Maintenance Mechanic", "en") == "en"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_never_raises(text: str) -> None:
    found = detect_language(text)
    assert (found.code is None) == (found.confidence is None)
    assert found.confidence is None or 0.0 <= found.confidence <= 1.0
