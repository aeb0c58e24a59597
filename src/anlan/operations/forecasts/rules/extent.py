"""Where the water stands, as polygons a person can read on a map."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import shapes
from shapely.geometry import MultiPolygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from anlan.terrain.crs import to_geographic
from anlan.terrain.grid import Grid

# Puddles below this are noise of a 20 m grid; edges are smoothed by less than a cell.
SMALLEST_M2 = 1600.0
SIMPLIFY_M = 15.0
DECIMALS = 6

Collection = dict[str, Any]


def polygons_by_class(grid: Grid, classes: NDArray[np.uint8]) -> Collection:
    """GeoJSON, lon/lat: one MultiPolygon for each depth class present, property `class` 0..4."""
    parts: dict[int, list[BaseGeometry]] = {}
    for outline, value in shapes(classes, mask=classes > 0, transform=grid.transform):
        parts.setdefault(int(value) - 1, []).append(shape(outline))
    features = [
        feature(merged, {"class": number})
        for number, found in sorted(parts.items())
        if not (merged := _merged(found)).is_empty
    ]
    return {"type": "FeatureCollection", "features": features}


def outline(grid: Grid, wet: NDArray[np.bool_], properties: Mapping[str, Any]) -> Collection:
    """GeoJSON, lon/lat: everything wet as one MultiPolygon."""
    found = [
        shape(one) for one, _ in shapes(wet.astype(np.uint8), mask=wet, transform=grid.transform)
    ]
    merged = _merged(found)
    features = [] if merged.is_empty else [feature(merged, properties)]
    return {"type": "FeatureCollection", "features": features}


def _merged(found: list[BaseGeometry]) -> BaseGeometry:
    large = [one for one in found if one.area >= SMALLEST_M2]
    smooth = shapely.make_valid(shapely.simplify(shapely.union_all(large), SIMPLIFY_M))
    parts = [p for p in shapely.get_parts(smooth) if p.geom_type == "Polygon" and p.area > 0]
    return MultiPolygon(parts)


def feature(metric: BaseGeometry, properties: Mapping[str, Any]) -> Collection:
    """A GeoJSON feature of a geometry in EPSG:4544, in lon/lat to 0.1 m."""
    placed = shapely.transform(metric, _lonlat)
    return {"type": "Feature", "properties": dict(properties), "geometry": mapping(placed)}


def _lonlat(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = to_geographic(xy[:, 0], xy[:, 1])
    return np.asarray(np.round(np.column_stack([lon, lat]), DECIMALS), dtype=np.float64)
