"""The inundation as a drawing: lon/lat polygons to paths, north up, equal scale both ways."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 1080.0
MARGIN = 0.06
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Place:
    """A named point of the drawing."""

    x: float
    y: float
    name: str
    people: int


class Sheet:
    """A drawing of the box (west, south, east, north) in degrees, `WIDTH` wide."""

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        west, south, east, north = box
        grow_x, grow_y = (east - west) * MARGIN, (north - south) * MARGIN
        self._west, self._north = west - grow_x, north + grow_y
        self._shrink = math.cos(math.radians((south + north) / 2))
        self._scale = WIDTH / ((east - west + 2 * grow_x) * self._shrink)
        self.width = WIDTH
        self.height = round((north - south + 2 * grow_y) * self._scale, 1)
        self.km = self._scale / 111.32

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        x = (lon - self._west) * self._shrink * self._scale
        return round(x, 1), round((self._north - lat) * self._scale, 1)

    def rings(self, rings: Iterable[Ring], closed: bool = True) -> str:
        """Path data of rings; turns are kept, so holes stay holes with the even-odd rule."""
        parts = []
        for ring in rings:
            points = [self.point(p[0], p[1]) for p in ring]
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + ("Z" if closed else ""))
        return "".join(parts)


def polygon_rings(geometry: dict[str, Any]) -> list[Ring]:
    """All rings of a GeoJSON polygon or multi-polygon."""
    if geometry["type"] == "Polygon":
        return list(geometry["coordinates"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return []


def bounds(rings: Iterable[Ring]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the rings; None without any."""
    points = [p for ring in rings for p in ring]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)
