"""Where the job is: places of work from location strings, structured fields, the title and the job text.

Strings come first (:mod:`enrich.places.strings` cuts them, :mod:`enrich.places.readings` weighs what they mean). Where
they give no place, or a country alone, the title and the text's own statements are read
(:mod:`enrich.places.prose`), at a lower confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from enrich.confidence import calibrate
from enrich.job import Job
from enrich.places import prose, signs
from enrich.places.context import distance_km
from enrich.places.readings import Found, Hypothesis, read
from enrich.places.strings import Cut
from enrich.places.tokens import Setting, Token
from enrich.places.words import words
from enrich.result import Evidence, Location, Places
from gazetteer.normalize import key
from gazetteer.places import Place, default_places

STRING, TITLE, STATEMENT, SIGNS = "location_string", "place_in_title", "place_stated", "country_by_signs"
SOURCE_TRUST = {STRING: 1.0, TITLE: 0.85, STATEMENT: 0.8, SIGNS: 0.6}
SIGNED = 0.79
"""The share of signs from which on a country is taken where nothing names a place."""
MAX_PLACES = 30
OPEN = 0.97
"""Below this the country is open, and the posting's other words are asked."""
HONEST = 0.3
"""Below this a bare name's best reading is one of many: only the name stands."""
QUARTER_KM = 25
_DASH = re.compile(r"(?: \d{1,2})?\s+[-–—]\s+")


@dataclass(slots=True)
class Reading:
    """What one string says."""

    locations: list[Location] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    mode: str | None = None
    mode_spans: list[tuple[str, int, int]] = field(default_factory=list)
    scope: list[str] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    """Where parts stand that name no place and are no noise."""
    levels: list[int] = field(default_factory=list)
    heads: list[Place] = field(default_factory=list)
    """Of each place: how many parts name it, and the likeliest place of the gazetteer."""

    def cut_at_unknown(self) -> None:
        """Keep what stands before the first unknown words: after a label the next label's words may follow."""
        if self.unknown:
            keep = sum(1 for start, _ in self.spans if start < self.unknown[0])
            self.locations, self.spans = self.locations[:keep], self.spans[:keep]
            self.levels, self.heads, self.unknown = self.levels[:keep], self.heads[:keep], []


def parse_location(
    text: str, *, country: str | None = None, language: str | None = None, names: str = "english"
) -> Places:
    """The places of one location string, primary first, with how and from where one may work.

    Args:
        text: the string as a board shows it.
        country: ISO 3166-1 alpha-2 code of the country whose board it is, where that is known.
        language: ISO 639-1 code of the posting's language; it tips the scale between places of one name.
        names: ``"english"``, or ``"local"`` for the place's own name of city and country, where one is known.

    Raises:
        ValueError: ``names`` is neither.

    >>> places = parse_location("Wien / Berlin (Hybrid)")
    >>> [(x.city, x.country_code) for x in places.locations], places.mode
    ([('Vienna', 'AT'), ('Berlin', 'DE')], 'hybrid')
    >>> parse_location("Remote - EMEA").scope
    ['EMEA']
    >>> [(x.city, x.country) for x in parse_location("Munich", names="local").locations]
    [('München', 'Deutschland')]
    """
    if names not in ("english", "local"):
        raise ValueError(f"names is 'english' or 'local', not {names!r}")
    reading = read_string(text, setting(country, language))
    if names == "local":
        for place in reading.locations:
            _localize(place)
    return Places(reading.locations, reading.mode, reading.scope)


def _localize(place: Location) -> None:
    """The place's own names of city and country in place of the usual English ones; regions keep theirs."""
    places = default_places()
    city = places.place(place.geonames_id) if place.city and place.geonames_id is not None else None
    if city is not None and city.local_name:
        place.city = city.local_name
    land = places.country(place.country_code) if place.country_code else None
    if land is not None and land.local_name:
        place.country = land.local_name


def setting(country: str | None, language: str | None) -> Setting:
    """What is known beside a string: the board's country, the posting's language."""
    out = Setting()
    code = (country or "").strip().upper()
    if len(code) == 2 and code.isalpha():
        out.hint = "GB" if code == "UK" else code
    for speaker in words().speakers.get((language or "")[:2].lower(), ()):
        out.boost[speaker] = words().weight["language"]
    return out


def read_string(raw: str, known: Setting, *, trust: float = 1.0) -> Reading:
    """A string's places, mode and scope, with the spans they stand at."""
    out = Reading()
    pieces, tokens, found = read(raw, known)
    is_remote = "remote" in pieces.modes
    out.mode = next((m for m in ("hybrid", "remote", "onsite") if m in pieces.modes), None)
    out.mode_spans = pieces.mode_spans
    out.unknown = [t.start for t in tokens if not (t.candidates or t.noise or t.scope or t.bracketed)]
    seen: set[tuple[str | None, str | None, str | None]] = set()
    for item in found[:MAX_PLACES]:
        place = location_of(item, known, trust)
        if place is None:
            continue
        place.is_remote = is_remote
        identity = (place.city, None if place.city else place.region_code, place.country_code)
        if identity in seen or _adds_nothing(raw, place, item, pieces, out.locations):
            continue
        if out.locations and _is_detail(raw, place, item, tokens, out):
            continue
        if is_remote and len(found) > 1 and place.city and _is_head_office(raw[: item.start]):
            continue  # "Remote (US), HQ Salt Lake City"
        seen.add(identity)
        out.locations.append(place)
        out.spans.append((item.start, item.end))
        out.levels.append(item.levels)
        out.heads.append(item.hypotheses[0].place)
    whole = raw.strip()
    for place, (start, end) in zip(out.locations, out.spans, strict=True):
        place.raw = whole if len(out.locations) == 1 else raw[start:end].strip()
    if is_remote:
        out.scope = _scope(pieces, tokens, found, out)
    return out


def _is_head_office(before: str) -> bool:
    """Whether words for a head office stand right before a place: "Remote (US), HQ Salt Lake City"."""
    return re.search(rf"\b(?:{'|'.join(words().head_office)})(?: (?:in|de|a))?\Z", key(before)) is not None


def _adds_nothing(raw: str, place: Location, item: Found, pieces: Cut, before: list[Location]) -> bool:
    """``Austin, TX (or Remote in the US)``: a country in brackets, with the mode, after a place that lies in it."""
    opened = raw.rfind("(", 0, item.start)
    return (
        opened > raw.rfind(")", 0, item.start)
        and any(opened < start < item.start for _, start, _ in pieces.mode_spans)
        and place.city is None
        and any(
            x.country_code == place.country_code and (place.region is None or place.region == x.region) for x in before
        )
    )


def _is_detail(raw: str, place: Location, item: Found, tokens: list[Token], before: Reading) -> bool:
    """``Melbourne CBD & Inner Suburbs, VIC``, ``Curitiba / Paraná``: what repeats a town's region after the town.

    Also ``Praha 4 - Chodov``: a place behind the dash of a city near by that is ten times as large.
    """
    if place.city:
        head, city = item.hypotheses[0].place, before.heads[-1]
        return (
            _DASH.fullmatch(raw, before.spans[-1][1], item.start) is not None
            and city.kind == "city"
            and city.country_code == head.country_code
            and city.population > 10 * head.population
            and distance_km(city, head) < QUARTER_KM
        )
    if not place.region:
        return False
    if raw[before.spans[-1][1] : item.start].strip() == "/":
        towns = before.locations[-1:]
    elif any(t.noise and t.end <= item.start for t in tokens if t.stretch == item.stretch):
        towns = before.locations
    else:
        return False
    return any(x.city and (x.region, x.country_code) == (place.region, place.country_code) for x in towns)


def _scope(pieces: Cut, tokens: list[Token], found: list[Found], out: Reading) -> list[str]:
    """Where a remote worker may live: the areas and countries in the stretches that say remote."""
    scope = [x for x in pieces.scope if x != "worldwide"]
    for token in tokens:
        code = token.scope or _area_scope(token)
        for each in [code] if isinstance(code, str) else code or []:
            if each not in scope:
                scope.append(each)
    for item in found:
        country = item.hypotheses[0].country_code
        if item.stretch in pieces.remote_stretches and country and country not in scope:
            scope.append(country)
    return scope or pieces.scope


def _area_scope(token: Token) -> list[str]:
    if not token.candidates:
        return []
    place = token.candidates[0].place
    return list(place.expands) if place.kind == "area" and not place.region_code and place.expands else []


def location_of(item: Found, known: Setting, trust: float = 1.0) -> Location | None:
    """The place that a stretch of a string names, as far as it can be known."""
    top = item.hypotheses[0]
    place = top.place
    if place.kind == "area" and not place.country_code:
        return None
    region_code = top.region_code
    p_top = p_region = p_city = p_town = p_country = 0.0
    for h, p in zip(item.hypotheses, item.probabilities, strict=True):
        named = h.city == top.city
        if named:
            p_city += p
        if h.place.country_code == place.country_code:
            inside = h.region_code == region_code
            p_country += p
            p_region += p * inside
            p_town += p * named
            p_top += p * (inside and named)
    out = Location(city=top.city, kind=place.kind)
    bare = item.levels == 1 and known.hint is None
    if bare and top.city and p_top < HONEST:  # Springfield: the name is all that is known
        out.confidence = calibrate("location", p_city * trust)
        out.alternatives = _alternatives(item)
        return out
    out.country, out.country_code = place.country, place.country_code
    score = p_top
    if p_region >= 0.5 or region_code is None:
        out.region, out.region_code = top.region, region_code
        if (top.city and not top.written and isinstance(place.id, int)) or (not top.city and isinstance(place.id, int)):
            out.geonames_id = place.id
        if not top.written:
            out.latitude, out.longitude, out.timezone = place.latitude, place.longitude, place.timezone
    else:
        score = p_town
    if top.written:
        out.kind = "city"
        score *= 0.8
    if item.fuzzy:
        score *= 0.7
    score *= trust
    out.confidence = calibrate("location", score)
    out.region_confidence = max(out.confidence, calibrate("location", p_region * trust)) if out.region else None
    out.country_confidence = max(out.confidence, out.region_confidence or 0.0, calibrate("location", p_country * trust))
    if p_top < 0.97:
        out.alternatives = _alternatives(item, top)
    return out


def _alternatives(item: Found, top: Hypothesis | None = None) -> list[dict[str, Any]]:
    sums: dict[tuple[str | None, str | None, str | None], float] = {}
    for h, p in zip(item.hypotheses, item.probabilities, strict=True):
        identity = (h.city, h.region, h.country_code)
        sums[identity] = sums.get(identity, 0.0) + p
    if top is not None:
        sums.pop((top.city, top.region, top.country_code), None)
    best = sorted(sums.items(), key=lambda x: -x[1])[:3]
    return [
        {"city": city, "region": region, "country_code": country, "probability": round(p, 4)}
        for (city, region, country), p in best
        if p >= 0.005
    ]


def propose(job: Job) -> list[Evidence]:
    """Every place that the posting's strings, title and statements give, each with the words it stands on."""
    posting = job.posting
    known = setting(posting.country_hint, job.language.code)
    out: list[Evidence] = []
    strings = posting.location_text or [p.text() for p in posting.places if p.text()]
    for i, raw in enumerate(strings[:MAX_PLACES]):
        source = "location_text" if len(strings) == 1 else f"location_text[{i}]"
        _evidence(out, read_string(raw, _copy(known)), STRING, source, 0)
    if any(e.rule == STRING and (e.note.country_confidence or 0.0) < OPEN for e in out):
        for country, weight in signs.countries_in(*_all_words(job), apart="\n".join(strings[:MAX_PLACES])).items():
            known.boost[country] = known.boost.get(country, 0.0) + weight
        out = []
        for i, raw in enumerate(strings[:MAX_PLACES]):
            source = "location_text" if len(strings) == 1 else f"location_text[{i}]"
            _evidence(out, read_string(raw, _copy(known)), STRING, source, 0)
    cities = [e for e in out if e.rule == STRING and e.note.city]
    countries = {e.note.country_code for e in out if e.rule == STRING}
    wide: list[Location] = [e.note for e in out if e.rule == STRING]
    if not cities and posting.title:
        _titled(out, posting.title, _inside(known, countries), wide)
        cities += [e for e in out if e.rule == TITLE and e.note.city]
    if job.text:
        remote = any(e.rule == "mode" and e.value == "remote" for e in out)
        _stated(out, job.text, _inside(known, countries), weak=not (cities or (countries and remote)))
        if not any(e.rule != "mode" and e.note.city for e in out):
            _bent_names(out, job.text, countries)
    if job.text and not posting.location_text and not out and "remote" not in posting.title.lower():
        _signed(out, job)
    return out[:MAX_PLACES]


def _inside(known: Setting, countries: set[str | None]) -> Setting:
    """For words of the title or the text: what is known, and the countries that the strings name."""
    inside = _copy(known, exact=True)
    for country in countries:
        if country:
            inside.boost[country] = inside.boost.get(country, 0.0) + words().weight["hint"]
    return inside


def _titled(out: list[Evidence], title: str, inside: Setting, wide: list[Location]) -> None:
    """The places that a title names; ``wide``: the countries and regions of the strings, within which they must lie."""
    least = prose.MIN_PEOPLE if wide else prose.MIN_PEOPLE_IN_TITLE
    for start, piece in prose.title_pieces(title):
        if not prose.may_be_plain(piece, least):
            continue
        reading = read_string(piece, inside, trust=SOURCE_TRUST[TITLE])
        if wide and not any(_holds(w, x) and x.city for w in wide for x in reading.locations):
            continue
        if prose.is_plain(piece, reading, least):
            _evidence(out, reading, TITLE, "title", start)


def _stated(out: list[Evidence], text: str, inside: Setting, *, weak: bool) -> None:
    """The places that a text states; once one is known, only towns are added."""
    for start, piece, strong in prose.statements(text, weak=weak):
        if not prose.may_be_plain(piece, prose.MIN_PEOPLE):
            continue
        reading = read_string(piece, inside, trust=SOURCE_TRUST[STATEMENT])
        reading.mode_spans = []
        if strong:
            reading.cut_at_unknown()
        given = any(e.rule != "mode" for e in out)
        if prose.is_plain(piece, reading, prose.MIN_PEOPLE) and any(x.city or not given for x in reading.locations):
            _evidence(out, reading, STATEMENT, "description", start)


def _bent_names(out: list[Evidence], text: str, countries: set[str | None]) -> None:
    """Where no town is known: the one town that a text names with its language's "in"."""
    found = prose.bent_names(text)
    if "IL" in countries or not countries:
        found += prose.hebrew_names(text)
    if len({name for *_, name in found}) == 1:
        start, end, name = found[0]
        reading = read_string(name, Setting(next(iter(countries), None), exact=True), trust=SOURCE_TRUST[STATEMENT])
        reading.spans = [(0, end - start) for _ in reading.spans]
        _evidence(out, reading, STATEMENT, "description", start)


def _signed(out: list[Evidence], job: Job) -> None:
    """Where nothing names a place: the one country that the text's legal forms, money and names speak of."""
    weights = signs.countries_in(*_all_words(job))
    country, weight = max(weights.items(), key=lambda x: x[1], default=("US", 0.0))
    if country == "US" or weight < SIGNED * words().weight["sign"]:
        return
    place = default_places().country(country)
    if place is None:
        return
    reading = read_string(place.name, Setting(country), trust=SOURCE_TRUST[SIGNS])
    for x in reading.locations:
        value = {"city": x.city, "region": x.region, "country_code": x.country_code}
        x.raw = None
        out.append(Evidence("location", SIGNS, "description", None, None, value, x.confidence or 0.0, x))


def _all_words(job: Job) -> list[str]:
    posting = job.posting
    return [x for x in (posting.title, posting.company, posting.url, posting.salary_text, job.text) if x]


def _copy(known: Setting, *, exact: bool = False) -> Setting:
    return Setting(known.hint, dict(known.boost), address=exact, exact=exact)


def _evidence(out: list[Evidence], reading: Reading, rule: str, source: str, offset: int) -> None:
    for place, (start, end) in zip(reading.locations, reading.spans, strict=True):
        value = {"city": place.city, "region": place.region, "country_code": place.country_code}
        out.append(
            Evidence("location", rule, source, offset + start, offset + end, value, place.confidence or 0.0, place)
        )
    for mode, start, end in reading.mode_spans:
        note = reading.scope if mode == "remote" else None
        out.append(Evidence("location", "mode", source, offset + start, offset + end, mode, 1.0, note))


def decide(evidence: list[Evidence], job: Job) -> Places:
    """The places of work, primary first: what the strings give, then what the text states beside them."""
    out = Places()
    rules = (STATEMENT, SIGNS, TITLE) if any(e.rule == STRING for e in evidence) else (STATEMENT, SIGNS)
    stated: list[Location] = [e.note for e in sorted(evidence, key=_strength) if e.rule in rules]
    given: list[Location] = [e.note for e in evidence if e.rule == STRING]
    titled: list[Location] = [e.note for e in evidence if e.rule == TITLE]
    if not given:
        given = [x for x in titled if x.city or not any(_holds(x, y) for y in titled if y.city)]
    for place in given:
        if place.city is None:  # a country or region alone: the text may say where in it
            inside = [x for x in stated if x.city and _holds(place, x)]
            if inside and len(given) == 1:
                for x in inside:
                    x.raw, x.is_remote = place.raw, place.is_remote
                out.locations += [x for x in inside if not _has(out.locations, x)]
                continue
        if not _has(out.locations, place):
            out.locations.append(place)
    for place in stated:
        if not place.city and any(_holds(place, y) for y in stated if y.city):
            continue
        if any(y.region and place.city == y.region and y.city for y in given):
            continue  # "Washington, Bellevue": the region's name again
        if (place.city or not out.locations) and not _has(out.locations, place):
            out.locations.append(place)
    modes = [e for e in evidence if e.rule == "mode"]
    out.mode = next((m for m in ("hybrid", "remote", "onsite") if any(e.value == m for e in modes)), None)
    for e in modes:
        for code in e.note or ():
            if code not in out.scope:
                out.scope.append(code)
    return out


def _strength(e: Evidence) -> int:
    return (TITLE, STATEMENT, SIGNS).index(e.rule) if e.rule in (TITLE, STATEMENT, SIGNS) else 3


def _holds(wide: Location, narrow: Location) -> bool:
    return wide.country_code == narrow.country_code and (
        wide.region_code is None or wide.region_code == narrow.region_code
    )


def _has(places: list[Location], place: Location) -> bool:
    return any(
        x.country_code == place.country_code and (x.city == place.city and (x.city or x.region == place.region))
        for x in places
    )


def placeless(job: Job) -> Location | None:
    """The record's ``location`` where no place is known but the posting has a location string: its words alone."""
    raw = next((x.strip() for x in job.posting.location_text if x.strip()), None)
    if raw is None:
        return None
    return Location(raw=raw, is_remote=any(e.rule == "mode" and e.value == "remote" for e in job.evidence))
