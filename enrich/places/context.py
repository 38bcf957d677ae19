"""What one part of a place string says of another: the country, region, area or near city that holds it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from gazetteer.places import Place

EARTH_RADIUS_KM = 6371.0


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance; far where a coordinate is unknown."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return 1e9
    x = math.radians(a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return EARTH_RADIUS_KM * math.hypot(x, math.radians(a.latitude - b.latitude))


class Context:
    """What the places of one part hold, indexed, so that a head place asks in one look-up each."""

    __slots__ = ("areas", "cities", "countries", "reach", "regions")

    def __init__(self, places: Iterable[Place]) -> None:
        self.countries: set[str | None] = set()
        self.regions: dict[str, str] = {}
        self.areas: list[Place] = []
        self.reach: set[str | None] | None = set()
        """The countries of its places; ``None`` where an area is among them, whose countries are many."""
        self.cities: dict[tuple[str | None, str | None], list[Place]] = {}
        for place in places:
            if self.reach is not None:
                self.reach.add(place.country_code)
            if place.kind == "city":
                self.cities.setdefault((place.country_code, place.region_code), []).append(place)
            elif place.kind == "region":
                if place.region_code:
                    self.regions[place.region_code] = place.name
            elif place.kind == "country":
                self.countries.add(place.country_code)
            else:
                self.areas.append(place)
                self.reach = None

    def agrees(self, head: Place, w: dict[str, float]) -> float | None:
        """What the part says of the head place: a gain where one of its places holds it, ``None`` where none does."""
        best: float | None = None
        if head.country_code in self.countries:
            best = w["step"]
        if head.kind != "country" and head.region_code in self.regions:
            if head.kind == "city":
                gain = w["step"]
            else:
                gain = w["quarter_district"] if self._has_quarter(head) else w["same_region"]
            if best is None or gain > best:
                best = gain
        if self.areas and (best is None or best < w["step"]) and any(_in_area(area, head) for area in self.areas):
            best = w["step"]
        if head.kind == "city":
            for place in self.cities.get((head.country_code, head.region_code), ()):
                if place.id == head.id:
                    gain = w["step"] * 2
                elif place.latitude is None and head.latitude is not None and head.population > place.population:
                    gain = w["near"]  # "Las Colinas, Irving": a quarter or an airport, then its town
                elif place.population > 1.5 * head.population:
                    near = distance_km(place, head)
                    ratio = place.population / max(1, head.population)
                    if near >= 40 or not (ratio > 15 or head.country_code == "FR"):
                        continue
                    gain = w["near"] - near / 20  # French boards: commune, chief town
                else:
                    continue
                if best is None or gain > best:
                    best = gain
        return best

    def _has_quarter(self, region: Place) -> bool:
        """Whether the part names a town of the region, too: ``Hackney, England`` is the town."""
        return any(
            (not town.population or town.population > 20_000) and town.name != region.name
            for (_, code), towns in self.cities.items()
            if code == region.region_code
            for town in towns
        )


def _in_area(area: Place, head: Place) -> bool:
    if area.region_code:
        return head.kind != "country" and head.region_code == area.region_code
    if area.country_code and not area.expands:
        return area.country_code == head.country_code
    return head.country_code in (area.expands or ())
