"""The inundation as a drawing: lon/lat polygons to paths, north up, equal scale both ways."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HIGHEST = 1080.0, 900.0
MARGIN = 0.06
LABEL_WIDTH, LINE = 118.0, 17.0
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Place:
    """A named point of the drawing."""

    x: float
    y: float
    name: str
    people: int


class Sheet:
    """A drawing of the box (west, south, east, north) in degrees, `WIDTH` wide.

    A tall box is drawn smaller, with land on both sides of it.
    """

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        west, south, east, north = box
        tall = (north - south) * (1 + 2 * MARGIN)
        self._shrink = math.cos(math.radians((south + north) / 2))
        wide = (east - west) * (1 + 2 * MARGIN) * self._shrink
        self._scale = min(WIDTH / wide, HIGHEST / tall)
        self._west = (west + east) / 2 - WIDTH / self._scale / self._shrink / 2
        self._north = (south + north) / 2 + tall / 2
        self.width = WIDTH
        self.height = round(tall * self._scale, 1)
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


def free_spot(
    sheet: Sheet, point: tuple[float, float], placed: Sequence[Place]
) -> tuple[float, float] | None:
    """Where a label near `point` covers no other: left of it, right, above, below; else None."""
    x, y = point
    for dx, dy in ((-LABEL_WIDTH / 2, 0), (LABEL_WIDTH / 2, 0), (0, -LINE), (0, LINE)):
        here = (round(x + dx, 1), round(y + dy, 1))
        inside = LABEL_WIDTH / 2 < here[0] < sheet.width - LABEL_WIDTH / 2 and (
            LINE < here[1] < sheet.height - LINE
        )
        if inside and all(
            abs(here[0] - one.x) > LABEL_WIDTH or abs(here[1] - one.y) > LINE for one in placed
        ):
            return here
    return None


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
