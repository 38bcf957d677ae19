"""Titles: noise off, roles, levels, and what must hold of every title."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich import seniority
from enrich.job import Job
from enrich.posting import Posting
from enrich.result import Language
from enrich.title import decide, normalize_title, propose
from enrich.title_words import spell_out, title_case
from gazetteer import titles
from gazetteer.title_tables import load
from tests.casefile import cases

KEYS = {"title", "language", "clean", "role", "seniority"}


@pytest.mark.parametrize("case", cases("title", keys=KEYS))
def test_cases(case: dict[str, Any]) -> None:
    got = normalize_title(case["title"], language=case.get("language"))
    found = {"clean": got.normalized, "role": got.role, "seniority": got.seniority}
    wanted = {k: case[k] for k in found if k in case}
    assert {k: found[k] for k in wanted} == wanted


CLEANED = {
    "fr": {
        "Alternance - Comptable fournisseurs (F/H)": "Comptable Fournisseurs",
        "Alternance Acheteur - 24 mois": "Acheteur",
        "Juriste en contrat d'apprentissage (H/F)": "Juriste",
        "Alternance": "Alternance",
        "Responsable Alternance": "Responsable Alternance",
        "Ingénieur apprentissage automatique": "Ingénieur Apprentissage Automatique",
        "Stagiaire juriste (H/F)": "Stagiaire Juriste",
        "Soudeur TIG 2x8 - 14€/h": "Soudeur TIG",
    },
    "de": {
        "Ausbildung zum Gärtner (m/w/d)": "Ausbildung zum Gärtner",
        "Medizinische/r Fachangestellte/r (E6 TVöD)": "Medizinische Fachangestellte",
        "Maschinenführer - Früh-/Spätschicht": "Maschinenführer",
        "ZFA (w/m/d) für unsere Praxis in Bonn": "ZFA",
    },
    "it": {
        "Apprendistato - Cuoco (m/f)": "Cuoco",
        "Tirocinio - Assistente legale": "Tirocinio - Assistente Legale",
        "Autista patente C - somministrazione - 1.700 € lordi": "Autista Patente C",
    },
    "nl": {"Kok (BBL) - €2.400 p/m": "Kok"},
    "en": {
        "Jr. Data Eng. III - US citizens only": "Junior Data Engineer III",
        "FT/PT Baristas - Mon-Fri": "Baristas",
        "Full-time and Part-time Cooks for Immediate Start": "Cooks",
        "Roofer - $38/hr + super": "Roofer",
        "PHP 8 Developer": "PHP 8 Developer",
        "Unity Developer - AR/VR": "Unity Developer - AR/VR",
        "Day Porter": "Day Porter",
        ".NET Developer": ".NET Developer",
    },
    "es": {"URGE: Cocinero(a) turno partido": "Cocinero"},
    "pt": {"Padeiro (6x1) - R$ 2.100,00 + VR": "Padeiro"},
    "pl": {"Spawacz MIG/MAG - 3 zmiany": "Spawacz MIG/MAG"},
    "sv": {"Kock 75% i Malmö (2-skift)": "Kock"},
    "no": {"Kokk 60 % fast stilling": "Kokk"},
    "fi": {"Kokki (2-vuorotyö)": "Kokki"},
    "cs": {"Kuchař / Kuchařka – noční směna": "Kuchař", "Číšník / Číšnice": "Číšník"},
    "sk": {"Zvárač - 3-zmenná prevádzka": "Zvárač"},
    "hu": {"Hegesztő - 2 műszak - bruttó 520.000 Ft": "Hegesztő"},
    "el": {"Πωλητής/τρια - βάρδιες": "Πωλητής"},
    "ru": {"Повар (5/2), з/п от 80 000 руб.": "Повар"},
    "lv": {"Pavārs/-e - maiņu darbs": "Pavārs"},
    "id": {"Kasir - Gaji 3,8 jt": "Kasir"},
    "he": {"טבח/ית - משמרות": "טבח"},
    "ar": {"مطلوب طباخ في الرياض": "طباخ"},
    "ja": {"看護師／月給28万円／夜勤": "看護師"},
}
"""By language: titles as boards give them, and what is left of them; some that must stay as they are."""


@pytest.mark.parametrize(("language", "title"), [(code, title) for code, own in CLEANED.items() for title in own])
def test_noise_of_boards(language: str, title: str) -> None:
    assert normalize_title(title, language=language).normalized == CLEANED[language][title]


def test_forms_of_contracts_and_drivers_are_no_level_of_others() -> None:
    levels = {
        "Alternance Acheteur": "intern",
        "Responsable Alternance": None,
        "Ingénieur apprentissage automatique": None,
        "Targoncavezető": None,
        "Csoportvezető": "lead",
    }
    for title, level in levels.items():
        assert normalize_title(title).seniority == level, title


BEFORE = ["", "URGENT: ", "Hiring: ", "🔥 ", "Remote "]
AFTER = [
    " (m/w/d)", " - Remote", " (Remote, US)", " - Req #48213", " - 2023-4471", " - Berlin", ", London", " (Full-time)",
    " - $25/hr", " | Night Shift", " - 6 Month Contract", " H/F", " - ASAP!!!", " (all genders)", " - Toronto, ON",
]  # fmt: skip


def noisy() -> list[tuple[str, str]]:
    """500 roles, each with noise around it, always the same."""
    dice = random.Random(8)
    roles = dice.sample([r.name for r in titles.roles() if r.isco08], 500)
    return [(name, dice.choice(BEFORE) + name + "".join(dice.sample(AFTER, 2))) for name in roles]


def test_no_place_and_no_id_is_left_on_generated_noise() -> None:
    left = []
    for _, title in noisy():
        clean = normalize_title(title, language="en").normalized or ""
        if any(x in clean for x in ("48213", "4471", "Berlin", "London", "Toronto", "Remote", "$", "🔥", "m/w/d")):
            left.append((title, clean))
    assert left == []


def test_what_is_left_of_noise_is_the_occupation() -> None:
    wrong = [(t, n) for name, t in noisy() if not (n := normalize_title(t, language="en").normalized)]
    assert wrong == []
    kept = sum(normalize_title(t, language="en").role == name for name, t in noisy())
    assert kept >= 440, f"{kept} of 500 roles found under noise"


def test_cleaning_twice_changes_nothing() -> None:
    changed = []
    for _, title in noisy():
        once = normalize_title(title, language="en").normalized
        twice = normalize_title(once or "", language="en").normalized
        if once != twice:
            changed.append((title, once, twice))
    assert changed == []


def test_a_title_that_is_a_role_stays_whole_and_is_never_empty() -> None:
    lost = []
    for name, _ in noisy():
        clean = normalize_title(name, language="en").normalized
        if clean is None or titles.find(clean, "en") is None:
            lost.append((name, clean))
    assert lost == []


def test_never_longer_than_the_title_with_its_abbreviations_spelled_out() -> None:
    longer = []
    raw = [(t, "en") for _, t in noisy()]
    raw += [(c["title"], c.get("language")) for c in (case.values[0] for case in cases("title", keys=KEYS))]
    for title, language in raw:
        clean = normalize_title(title, language=language).normalized or ""
        if len(clean) > len(spell_out(title, language)):
            longer.append((title, clean))
    assert longer == []


MISSPELT = {
    "Sofware Engineer": "Software Engineer",
    "Accounant": "Accountant",
    "Electricain": "Electrician",
    "Receptionst": "Receptionist",
    "Mecanical Engineer": "Mechanical Engineer",
    "Resturant Manager": "Restaurant Manager",
    "Phyiscal Therapist": "Physical Therapist",
    "Warehous Worker": "Warehouse Worker",
    "Krankenpleger": "Registered Nurse",
}


@pytest.mark.parametrize("title", MISSPELT)
def test_misspelt_titles_have_their_role_and_little_confidence(title: str) -> None:
    match = titles.find(title)
    assert match is not None and match.role.name == MISSPELT[title]
    assert match.score <= 0.6


@pytest.mark.parametrize(
    "text",
    ["Welcome", "Barcelona", "Great company", "Come and desing your future", "Designed for you", "Our benefits",
     "Sincerely yours", "Winter is coming", "Other", "Careers", "Apply here", "About us", "Bewerbung", "Bienvenue",
     "Quiénes somos", "О компании", "会社概要", "회사 소개", "אודותינו", "Manage your time", "123456", "Remote",
     "Newsletter", "Trust and honesty", "Seving the community", "Technical debt", "Marketing"],
)  # fmt: skip
def test_what_is_no_title_has_no_role(text: str) -> None:
    assert normalize_title(text).role is None


def unit_groups() -> set[str]:
    path = Path(titles.__file__).with_name("data") / "isco08.tsv"
    return {line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()}


def test_every_code_is_a_unit_group_of_isco_08() -> None:
    groups = unit_groups()
    assert len(groups) == 436
    assert [r for r in titles.roles() if r.isco08 is not None and r.isco08 not in groups] == []
    assert [h for h, (_, code) in load().head_roles.items() if code and code not in groups] == []


def test_an_intern_has_the_code_of_the_occupation_or_none() -> None:
    assert normalize_title("Accounting Intern", language="en").isco08 == "2411"
    assert normalize_title("Software Engineering Intern", language="en").isco08 == "2512"
    assert normalize_title("Intern", language="en").isco08 is None


def test_the_compiled_tables_are_those_of_the_files() -> None:
    from gazetteer import title_tables

    paths, _ = title_tables._sources()
    index = title_tables._index(paths, title_tables.load_toml(title_tables.DATA / "heads.toml"))
    tables = load()
    assert tables.roles == index["roles"].split("\n") and len(tables.roles) == len(tables.codes) == len(
        tables.functions
    )
    assert list(tables.names.entries) == index["names"].split("\n")


def test_the_tables() -> None:
    roles = titles.roles()
    assert len({r.name for r in roles}) == len(roles) >= 1500
    assert all(r.isco08 != "" and r.function for r in roles)
    assert len({r.function for r in roles}) >= 25
    nurse = {
        titles.lookup(x, y) for x, y in (("infirmier", "fr"), ("pielęgniarka", "pl"), ("看護師", "ja"), ("אחות", "he"))
    }
    assert [r.name for r in nurse if r] == ["Registered Nurse"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_never_raises_and_is_deterministic(title: str) -> None:
    assert normalize_title(title) == normalize_title(title)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["Senior", "JUNIOR", "Werkstudent", "Head of", "стажёр"]))
def test_spans_slice(noise: str, word: str) -> None:
    title = f"{noise} {word} Engineer"
    level = seniority.in_title(title)
    job = Job(Posting(title=title), language=Language(None, None))
    evidence = propose(job)
    decide(evidence, job)
    assert level is None or 0 <= level.start < level.end <= len(title)
    for item in evidence:
        assert item.start is not None and item.end is not None and 0 <= item.start <= item.end <= len(title)


def test_the_text_names_the_level_where_the_title_does_not() -> None:
    job = Job(Posting(title="Packer"), text="No experience required: we train you.", language=Language("en", None))
    title = decide(propose(job), job)
    assert (title.role, title.seniority) == ("Packer", "entry")


def test_huge_titles_are_linear() -> None:
    for title in ("Engineer " * 100_000, "9" * 1_000_000, "(" * 500_000, "a/" * 400_000, "$1" * 300_000):
        normalize_title(title)


def test_capitals_by_language() -> None:
    assert title_case("leiter der buchhaltung", "de") == "Leiter der buchhaltung"
    assert title_case("CHEF DE PROJET", "fr") == "Chef de Projet"


OCCUPATIONS = {
    "de": {
        "Maurer/in (m/w/d)": ("Bricklayer", "7112"),
        "Fachkraft für Arbeitssicherheit": ("HSE Officer", "2263"),
        "Feuerwehrfrau": ("Firefighter", "5411"),
        "Gas- und Wasserinstallateur": ("Plumber", "7126"),
        "Eventmanager (m/w/d)": ("Event Manager", "3332"),
        "Beauftragte (m/w/d)": ("Officer", "3359"),
        "Fachangestellte/r": ("Clerk", "4110"),
        "Lohn- und Gehaltsbuchhalter/in": ("Payroll Specialist", "4313"),
    },
    "fr": {
        "Orthophoniste": ("Speech Therapist", "2266"),
        "Chef(fe) de projet": ("Project Manager", "2421"),
        "Hôte(sse) de caisse": ("Cashier", "5230"),
        "Frigoriste": ("HVAC Technician", "7127"),
        "Responsable alternance": ("Learning and Development Manager", "1212"),
    },
    "es": {"Reponedor/a": ("Shelf Stacker", "9334"), "Gruista": ("Crane Operator", "8343")},
    "pt": {"Estafeta": ("Delivery Rider", "8321"), "Fonoaudiólogo(a)": ("Speech Therapist", "2266")},
    "it": {"Infermieri": ("Registered Nurse", "2221"), "Bagnino/a": ("Lifeguard", "5419")},
    "nl": {"Vakkenvuller": ("Shelf Stacker", "9334"), "Brandweervrouw": ("Firefighter", "5411")},
    "pl": {"Szwaczka": ("Sewing Machine Operator", "8153"), "Listonosz": ("Mail Carrier", "4412")},
    "sv": {"Grävmaskinist": ("Excavator Operator", "8342"), "Barnskötare": ("Childcare Worker", "5311")},
    "da": {"Tømrersvend": ("Carpenter", "7115"), "Skraldemand": ("Garbage Collector", "9611")},
    "tr": {
        "iş güvenliği uzmanı": ("HSE Officer", "2263"),
        "Ameliyathane Hemşiresi": ("Registered Nurse", "2221"),
        "Satis Danismani": ("Sales Associate", "5223"),
        "Acil tıp teknisyeni": ("Paramedic", "3258"),
    },
    "ja": {"言語聴覚士": ("Speech Therapist", "2266"), "とび職": ("Construction Laborer", "9313")},
    "ru": {"Продавщица": ("Sales Associate", "5223"), "Крановщик": ("Crane Operator", "8343")},
    "ms": {"Pembantu dapur": ("Kitchen Assistant", "9412")},
    "et": {"Laotööline": ("Warehouse Worker", "9333")},
    "cs": {"Pracovník/ce rychlého občerstvení": ("Fast Food Worker", "9411")},
    "en": {
        "Code 14 Driver": ("Truck Driver", "8332"),
        "PGT Teacher Physics": ("Secondary School Teacher", "2330"),
        "Goods In Operative": ("Warehouse Worker", "9333"),
        "Sales Ledger Clerk": ("Accounts Receivable Clerk", "4311"),
        "Cover Supervisor": ("Teaching Assistant", "5312"),
        "Data Capturer": ("Data Entry Operator", "4132"),
    },
}
"""By language: what occupations of every sector are called on boards, with the role and its ISCO-08 unit group."""


@pytest.mark.parametrize(("language", "title"), [(code, title) for code, own in OCCUPATIONS.items() for title in own])
def test_occupations_of_boards(language: str, title: str) -> None:
    got = normalize_title(title, language=language)
    assert (got.role, got.isco08) == OCCUPATIONS[language][title]


def test_a_word_of_another_language_is_no_occupation() -> None:
    assert normalize_title("Wizard Ninja", language="en").role is None
    assert normalize_title("Guru SD", language="id").role is not None


def test_whom_somebody_assists_is_not_the_level() -> None:
    for title in ("PA to the CEO", "Executive Assistant to the Director of Finance", "Door Supervisor"):
        assert normalize_title(title, language="en").seniority is None
    assert normalize_title("Leading Hand Carpenter", language="en").seniority == "lead"


def test_turkish_capitals() -> None:
    assert title_case("SATIŞ TEMSİLCİSİ", "tr") == "Satış Temsilcisi"
    assert title_case("iş analisti", "tr") == "İş Analisti"
    assert title_case("IT UZMANI ARIYORUZ BUGÜN", "tr").startswith("IT ")
