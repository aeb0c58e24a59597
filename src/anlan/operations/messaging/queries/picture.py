"""The small map of a recipient's page: home, shelter and the water, as paths for inline SVG.

Drawn by the server: no account, no tiles, works on a slow line. Geometry is lon/lat (CGCS2000);
the frame is small enough for a plate carrée scaled by the latitude's cosine.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

KM_A_DEGREE = 111.32
LEAST_WIDTH_KM = 1.1
WIDTH, HEIGHT = 350, 204
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Water:
    """One depth class (1 shallow … 5 deep) as an SVG path."""

    depth_class: int
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws, in SVG units from the upper left corner."""

    width: int
    height: int
    water: tuple[Water, ...]
    home: Point | None
    shelter: Point | None
    bar_px: float
    bar_m: int


@dataclass(frozen=True, slots=True)
class _Frame:
    lon: float
    lat: float
    km: float

    @property
    def scale(self) -> float:
        return WIDTH / self.km

    def at(self, lon: float, lat: float) -> Point:
        x = (lon - self.lon) * KM_A_DEGREE * math.cos(math.radians(self.lat)) * self.scale
        y = -(lat - self.lat) * KM_A_DEGREE * self.scale
        return (round(x + WIDTH / 2, 1), round(y + HEIGHT / 2, 1))

    def box(self) -> tuple[float, float, float, float]:
        half_x = 0.5 * self.km / (KM_A_DEGREE * math.cos(math.radians(self.lat)))
        half_y = 0.5 * self.km * HEIGHT / WIDTH / KM_A_DEGREE
        return (self.lon - half_x, self.lat - half_y, self.lon + half_x, self.lat + half_y)


def picture(page: Mapping[str, Any], personal: Mapping[str, Any]) -> Picture | None:
    """The picture of one recipient; None where no home is known."""
    home = personal.get("home")
    if not home:
        return None
    shelter = personal.get("shelter") or {}
    there = (shelter["lon"], shelter["lat"]) if "lon" in shelter else None
    frame = _frame((home[0], home[1]), there)
    bar_m = 200 if frame.km <= 2 else 500
    return Picture(
        WIDTH, HEIGHT, tuple(_water(page.get("depth", ()), frame)), frame.at(*home),
        frame.at(*there) if there else None, round(bar_m / 1000 * frame.scale, 1), bar_m,
    )  # fmt: skip


def _frame(home: Point, there: Point | None) -> _Frame:
    if there is None:
        return _Frame(*home, LEAST_WIDTH_KM)
    lon, lat = (home[0] + there[0]) / 2, (home[1] + there[1]) / 2
    across = abs(home[0] - there[0]) * KM_A_DEGREE * math.cos(math.radians(lat))
    up = abs(home[1] - there[1]) * KM_A_DEGREE * WIDTH / HEIGHT
    return _Frame(lon, lat, max(LEAST_WIDTH_KM, 1.8 * across, 2.3 * up))


def _water(depth: Sequence[Any], frame: _Frame) -> list[Water]:
    paths = []
    for depth_class, rings in depth:
        area = shapely.make_valid(Polygon(rings[0], rings[1:]))
        path = _path(shapely.clip_by_rect(area, *frame.box()), frame)
        if path:
            paths.append(Water(int(depth_class), path))
    return sorted(paths, key=lambda one: one.depth_class)


def _path(geometry: BaseGeometry, frame: _Frame) -> str:
    pieces = []
    for part in shapely.get_parts(geometry):
        if isinstance(part, Polygon) and not part.is_empty:
            for ring in (part.exterior, *part.interiors):
                points = [frame.at(x, y) for x, y in ring.coords]
                pieces.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
    return "".join(pieces)
