"""Points and lines as they are typed, sent and kept."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_POINTS, MOST_VERTICES = 60, 2_000
LONGEST_NAME, MOST_RADIUS_M = 60, 2_000
_PARTS = re.compile(r"[,，;；\t]+")


def typed_points(text: str, radius_m: int) -> list[dict[str, Any]]:
    """One point a line: name, longitude, latitude and, where it has its own, radius in metres.

    Raises `Refused` with the line that is none.
    """
    found = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        parts = [part.strip() for part in _PARTS.split(line.strip())]
        try:
            name, lon, lat, *rest = parts
            radius = int(rest[0]) if rest else radius_m
            found.append({"name": name, "lon": float(lon), "lat": float(lat), "radius_m": radius})
        except ValueError:
            raise Refused(
                N_("Line %(number)d is no point: name, longitude, latitude, radius."), number=number
            ) from None
    return checked_points(found)


def typed_line(text: str) -> list[list[float]]:
    """One place a line: longitude, latitude; raises `Refused`."""
    try:
        pairs = [[float(part) for part in _PARTS.split(line.strip())]
                 for line in text.splitlines() if line.strip()]  # fmt: skip
    except ValueError:
        raise Refused(N_("The line has one longitude and one latitude in each row.")) from None
    return checked_line(pairs)


def checked_points(points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Points as they are kept; raises `Refused` for a place that is none."""
    if not 1 <= len(points) <= MOST_POINTS:
        raise Refused(N_("There are from 1 to %(most)d points."), most=MOST_POINTS)
    found = []
    for one in points:
        name = str(one["name"]).strip()[:LONGEST_NAME]
        if not name:
            raise Refused(N_("Every point has a name."))
        if not 5 <= one["radius_m"] <= MOST_RADIUS_M:
            raise Refused(N_("A radius is from 5 to %(most)d metres."), most=MOST_RADIUS_M)
        lon, lat = _degrees(one["lon"], 180), _degrees(one["lat"], 90)
        found.append({"name": name, "lon": lon, "lat": lat, "radius_m": int(one["radius_m"])})
    return found


def checked_line(pairs: Iterable[Sequence[float]]) -> list[list[float]]:
    """Vertices as they are kept: none, or two and more; raises `Refused`."""
    line = []
    for pair in pairs:
        if len(pair) != 2:
            raise Refused(N_("The line has one longitude and one latitude in each row."))
        line.append([_degrees(pair[0], 180), _degrees(pair[1], 90)])
    if len(line) == 1 or len(line) > MOST_VERTICES:
        raise Refused(N_("A line has from 2 to %(most)d places."), most=MOST_VERTICES)
    return line


def points_text(points: Iterable[Mapping[str, Any]]) -> str:
    """As a form shows them to be changed."""
    return "\n".join(f"{p['name']}, {p['lon']}, {p['lat']}, {p['radius_m']}" for p in points)


def line_text(line: Iterable[Sequence[float]]) -> str:
    return "\n".join(f"{lon}, {lat}" for lon, lat in line)


def _degrees(value: float, most: int) -> float:
    if not (math.isfinite(value) and abs(value) <= most):
        raise Refused(N_("The position is not on the earth: longitude, then latitude."))
    return round(float(value), 6)
