"""What the map asks in its addresses, parsed once: a point and a radius."""

import math
from dataclasses import dataclass

from django.http import QueryDict

WIDEST_KM = 30.0


class BadPoint(ValueError):
    """The address does not say where to look, or looks too far."""


@dataclass(frozen=True, slots=True)
class Around:
    """A circle on the ground: degrees and kilometres, and kinds of sites (none: all)."""

    lon: float
    lat: float
    km: float
    kinds: tuple[str, ...]


def around(query: QueryDict) -> Around:
    """Raises `BadPoint` unless lon, lat and km are numbers and km is above 0 and at most 30."""
    try:
        lon, lat, km = (float(query.get(name, "")) for name in ("lon", "lat", "km"))
    except ValueError as fault:
        raise BadPoint from fault
    if not all(math.isfinite(v) for v in (lon, lat, km)):
        raise BadPoint
    if not (-180 <= lon <= 180 and -90 <= lat <= 90 and 0 < km <= WIDEST_KM):
        raise BadPoint
    return Around(lon, lat, km, tuple(query.getlist("kind")))
