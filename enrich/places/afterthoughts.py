"""What the parts of a string mean beside each other: misspelt names, subdivisions by number, quarters before a city."""

from __future__ import annotations

from enrich.places.tokens import Candidate, Setting, Token, candidates, prior
from enrich.places.words import words
from gazetteer.normalize import key
from gazetteer.places import default_places


def nearly(all_tokens: list[Token], setting: Setting) -> None:
    """Names with a typing error, where the country is known: the last resort, and believed little."""
    unknown = [t for t in all_tokens if not t.candidates and not t.noise and not t.scope and 5 <= len(t.text) <= 40]
    if not unknown or len(unknown) > 3 or any(c.isdigit() for t in unknown for c in t.text):
        return
    countries = {
        t.candidates[0].place.country_code
        for t in all_tokens
        if t.candidates and t.candidates[0].place.kind in ("country", "region")
    }
    country = setting.hint or (countries.pop() if len(countries) == 1 else None)
    for token in unknown:
        if token.text[0].islower() and not token.text.islower():
            continue
        near = default_places().fuzzy(token.text, country, 5)
        limit, least = (0.89, 5_000) if country else (0.93, 100_000)
        token.candidates = tuple(
            Candidate(m.place, False, prior(m.place, "alias"))
            for m, ratio in near
            if ratio >= limit and m.place.population > least and m.name_kind in ("main", "alias")
        )
        if token.candidates:
            token.cost += words().weight["fuzzy"]
            token.nearly = True


def beside(all_tokens: list[Token]) -> None:
    """What a part means beside the others: ``SEA`` among cities' codes, ``Old Town`` before a big city."""
    vocabulary = words()
    coded = [t for t in all_tokens if t.candidates and t.candidates[0].is_code and t.candidates[0].place.kind == "city"]
    for token, following in zip(all_tokens, [*all_tokens[1:], None], strict=True):
        if len(token.text) == 3 and token.text.isascii() and coded and coded != [token]:
            cities = tuple(c for c in candidates(key(token.text)) if c.is_code and c.place.kind == "city")
            if cities and not (token.candidates and token.candidates[0].place.kind in ("country", "region")):
                token.candidates, token.scope = cities, None
        if following is None or following.opens:
            continue
        name = key(token.text)
        if name not in vocabulary.quarter and not (
            name[-1:].isdigit() and name.rstrip(" 0123456789") in vocabulary.numbered
        ):
            continue
        if any(c.place.kind == "city" and c.place.population > 100_000 for c in following.candidates[:3]):
            token.candidates, token.noise = (), True


def subdivisions(all_tokens: list[Token], setting: Setting) -> None:
    """``07 - ANNONAY`` on a French board, ``AT, 5``: numbers that stand for a subdivision."""
    vocabulary = words()
    places = default_places()
    country = setting.hint
    for i, token in enumerate(all_tokens):
        if token.candidates and len(token.text) <= 3 and i == 0 and token.text.isupper():
            country = next((c.place.country_code for c in token.candidates if c.place.kind == "country"), country)
        text = token.text.strip().upper()
        if not token.noise and token.candidates and not text.isdigit() and not (i > 0 and len(text) <= 3 and country):
            continue
        if len(text) > 3 or not text:
            continue
        region = vocabulary.department.get(text) if i == 0 and country in (None, "FR") else None
        region = region or (f"{country}-{text}" if country and i > 0 else None)
        if region:
            place = places.region(region)
            if place is not None:
                token.candidates = (Candidate(place, True, prior(place, "code")),)
                if not text.isdigit():
                    token.candidates += tuple(candidates(key(text)))
                token.noise = False
                if text in vocabulary.department and country is None and i == 0:
                    setting.boost["FR"] = setting.boost.get("FR", 0.0) + vocabulary.weight["postcode"]
