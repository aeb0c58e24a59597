"""The area an alert is for: the water's widest extent, a margin, and who lives inside.

Polygons are lon/lat (CGCS2000) outside and metres (EPSG:4544) inside; always x, y order.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from anlan.operations.alerts.rules.book import Area
from anlan.terrain.crs import to_geographic, to_metric

# A hole smaller than this is a courtyard that stays dry on paper only.
SMALLEST_HOLE_M2 = 20_000.0


class EmptyArea(ValueError):
    """No polygon with an inside was given."""


def metric(geometry: BaseGeometry) -> BaseGeometry:
    """Lon/lat to metres."""
    return shapely.transform(geometry, lambda xy: np.column_stack(to_metric(xy[:, 0], xy[:, 1])))


def geographic(geometry: BaseGeometry) -> BaseGeometry:
    """Metres to lon/lat."""
    return shapely.transform(
        geometry, lambda xy: np.column_stack(to_geographic(xy[:, 0], xy[:, 1]))
    )


def target_area(extent: Mapping[str, Any], rule: Area) -> MultiPolygon:
    """The union of an extent's polygons (GeoJSON), with its margin, simplified; lon/lat.

    Features marked ``{"extent": "p90"}`` are the 90 % extent and are used alone where present.
    Raises `EmptyArea` when nothing is flooded.
    """
    features = list(extent.get("features", ()))
    widest = [f for f in features if (f.get("properties") or {}).get("extent") == "p90"] or features
    shapes = [shapely.make_valid(shape(f["geometry"])) for f in widest]
    if not shapes:
        raise EmptyArea("the forecast floods nothing")
    water = shapely.union_all([metric(one) for one in shapes])
    grown = water.buffer(rule.buffer_m, quad_segs=4)
    return polygons(geographic(_filled(grown).simplify(rule.simplify_m)))


def polygons(geometry: BaseGeometry) -> MultiPolygon:
    """Only the parts that have an inside."""
    parts = [p for p in shapely.get_parts(shapely.make_valid(geometry)) if isinstance(p, Polygon)]
    parts = [p for p in parts if p.area > 0]
    if not parts:
        raise EmptyArea("no polygon with an inside")
    return MultiPolygon(parts)


def drawn_area(geojson: Mapping[str, Any]) -> MultiPolygon:
    """A person's own polygon, as GeoJSON geometry; refuses one that crosses itself."""
    geometry = shape(dict(geojson))
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        raise EmptyArea("not a polygon")
    if not geometry.is_valid:
        raise EmptyArea(shapely.is_valid_reason(geometry))
    return polygons(geometry)


def inside(area: MultiPolygon, lon: Sequence[float], lat: Sequence[float]) -> NDArray[np.bool_]:
    """Which points lie in the area (its edge included)."""
    shapely.prepare(area)
    return np.asarray(shapely.intersects_xy(area, np.asarray(lon), np.asarray(lat)), dtype=bool)


def area_m2(area: MultiPolygon) -> float:
    return float(metric(area).area)


def as_geojson(area: BaseGeometry) -> dict[str, Any]:
    return dict(mapping(shapely.set_precision(area, 1e-6)))


def depth_polygons(
    extent: Mapping[str, Any], rule: Area
) -> list[tuple[int, list[list[list[float]]]]]:
    """[(depth class 1..5, rings)] for small pictures: simplified, five decimals (1 m).

    The extent's own property ``class`` counts from 0.
    """
    drawn = []
    for feature in extent.get("features", ()):
        properties = feature.get("properties") or {}
        number = properties.get("class")
        if number is None or properties.get("extent") == "p90":
            continue
        simple = metric(shape(feature["geometry"])).simplify(2 * rule.simplify_m)
        for part in shapely.get_parts(geographic(shapely.make_valid(simple))):
            if isinstance(part, Polygon) and not part.is_empty:
                drawn.append((int(number) + 1, _rings(part)))
    return drawn


def _rings(part: Polygon) -> list[list[list[float]]]:
    return [
        [[round(x, 5), round(y, 5)] for x, y in ring.coords]
        for ring in (part.exterior, *part.interiors)
    ]


def _filled(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([_without_small_holes(p) for p in shapely.get_parts(geometry)])


def _without_small_holes(part: BaseGeometry) -> BaseGeometry:
    if not isinstance(part, Polygon):
        return part
    holes: Iterable[Any] = (
        ring for ring in part.interiors if Polygon(ring).area >= SMALLEST_HOLE_M2
    )
    return Polygon(part.exterior, list(holes))
