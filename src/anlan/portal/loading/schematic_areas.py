"""Made-up borders of townships and communities where no public ones exist.

Townships are the Voronoi cells of their typed-in anchors, dissolved and cut at the outline;
communities are the Voronoi cells of centres inside their township: typed in where known, else
spread evenly (Lloyd's iteration). All geometry in EPSG:4544 metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from anlan.portal.loading.folder import Community, District
from anlan.terrain.crs import to_geographic, to_metric

Points = NDArray[np.float64]
SAMPLE_M = 60.0
ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Partition:
    """Outline, townships and communities by code (EPSG:4544), and every community's centre."""

    outline: BaseGeometry
    townships: dict[str, BaseGeometry]
    communities: dict[str, BaseGeometry]
    centres: dict[str, tuple[float, float]]


def partition(district: District, rng: np.random.Generator) -> Partition:
    """Cut the district into its townships and communities."""
    outline = metric(district.outline)
    anchors = [anchor for township in district.townships for anchor in township.anchors]
    owner = [township.code for township in district.townships for _ in township.anchors]
    x, y = to_metric([a[0] for a in anchors], [a[1] for a in anchors])
    cells = voronoi(np.column_stack([x, y]), outline)
    townships = {
        township.code: polygonal(
            shapely.union_all([c for c, code in zip(cells, owner, strict=True)
                               if code == township.code])
        )
        for township in district.townships
    }  # fmt: skip
    communities: dict[str, BaseGeometry] = {}
    centres: dict[str, tuple[float, float]] = {}
    for code, shape in townships.items():
        members = [c for c in district.communities if c.code.startswith(code)]
        places = _centres(shape, members, rng)
        pieces = voronoi(places, shape)
        for member, place, piece in zip(members, places, pieces, strict=True):
            communities[member.code] = piece
            centres[member.code] = (float(place[0]), float(place[1]))
    return Partition(outline, townships, communities, centres)


def metric(shape: BaseGeometry) -> BaseGeometry:
    """A geometry in lon/lat, in EPSG:4544 metres."""
    return shapely.transform(shape, lambda c: np.column_stack(to_metric(c[:, 0], c[:, 1])))


def geographic(shape: BaseGeometry) -> BaseGeometry:
    """A geometry in EPSG:4544 metres, in lon/lat (rounded to 0.1 m)."""

    def degrees(places: Points) -> Points:
        return np.asarray(
            np.round(np.column_stack(to_geographic(places[:, 0], places[:, 1])), 6), np.float64
        )

    return shapely.transform(shape, degrees)


def voronoi(places: Points, within: BaseGeometry) -> list[BaseGeometry]:
    """The part of `within` that is nearest to each place, in the order of the places."""
    if len(places) == 1:
        return [within]
    cells = shapely.voronoi_polygons(MultiPoint(places), extend_to=within, ordered=True)
    return [polygonal(shapely.intersection(cell, within)) for cell in cells.geoms]


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Only the areas of a result; lines and points where borders touch are dropped."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 1.0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _centres(shape: BaseGeometry, members: Sequence[Community], rng: np.random.Generator) -> Points:
    """Known centres stay; the others move to the middle of what is nearest to them."""
    ground = _sample(shape)
    known = np.array([member.centre is not None for member in members])
    places = ground[rng.choice(len(ground), len(members), replace=False)].copy()
    if known.any():
        typed = np.array([member.centre for member in members if member.centre is not None])
        places[known] = np.column_stack(to_metric(typed[:, 0], typed[:, 1]))
    for _ in range(ROUNDS):
        _, nearest = cKDTree(places).query(ground)
        count = np.bincount(nearest, minlength=len(members))
        moved = (
            np.column_stack(
                [np.bincount(nearest, ground[:, axis], len(members)) for axis in (0, 1)]
            )
            / np.maximum(count, 1)[:, None]
        )
        free = ~known & (count > 0)
        places[free] = moved[free]
    return places


def _sample(shape: BaseGeometry) -> Points:
    """Points of a square lattice inside a polygon, metres."""
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.arange(west, east, SAMPLE_M), np.arange(south, north, SAMPLE_M))
    inside = shapely.contains_xy(shape, x, y)
    return np.column_stack([x[inside], y[inside]])
