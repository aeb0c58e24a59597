"""What lies within so many metres of a pipeline, out of the district's sites in sight."""

from collections.abc import Sequence
from itertools import pairwise

import shapely

from anlan.operations.people.queries import Scope
from anlan.operations.territory.queries import Near, sites_around
from anlan.terrain.crs import to_metric

METRES = (50, 100, 200, 500)
MOST_KM = 30.0
MOST_SHOWN = 50


def near_line(scope: Scope, line: Sequence[Sequence[float]], metres: int) -> list[Near]:
    """Sites within sight and reach, the nearest first; distances to the line in metres."""
    shape = _metric(line)
    found: dict[str, Near] = {}
    west, south, east, north = shapely.LineString(line).bounds
    km = _half_diagonal_km(west, south, east, north) + metres / 1000
    middle = (west + east) / 2, (south + north) / 2
    for one in sites_around(scope, *middle, min(km, MOST_KM)):
        x, y = to_metric(one.site.lon, one.site.lat)
        far = float(shape.distance(shapely.Point(float(x), float(y))))
        if far <= metres:
            found[one.site.code] = Near(one.site, far)
    return sorted(found.values(), key=lambda one: one.distance_m)[:MOST_SHOWN]


def _metric(line: Sequence[Sequence[float]]) -> shapely.LineString:
    x, y = to_metric([one[0] for one in line], [one[1] for one in line])
    return shapely.LineString(list(zip(x, y, strict=True)))


def _half_diagonal_km(west: float, south: float, east: float, north: float) -> float:
    corners = _metric([[west, south], [east, north]]).coords
    return sum(shapely.Point(a).distance(shapely.Point(b)) for a, b in pairwise(corners)) / 2000
