"""The line of a pipeline: read from text, measured, and what is near it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pyproj import Geod

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

Line = list[list[float]]
POINT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)[\s,，]+(-?[0-9]{1,2}(?:\.[0-9]{1,12})?)")
BREAKS = re.compile(r"[;；\n]+")
MOST_POINTS, LONGEST_M, DIGITS = 500, 200_000, 6
_ELLIPSOID = Geod(ellps="GRS80")


def read_line(text: str) -> Line:
    """Longitude and latitude (CGCS2000 degrees) of each point, one a line or parted by semicolons.

    Raises `Refused` for what is no line.

    >>> read_line("106.45,29.55; 106.46,29.56")
    [[106.45, 29.55], [106.46, 29.56]]
    """
    points: Line = []
    for part in BREAKS.split(text.strip()):
        found = POINT.fullmatch(part.strip())
        lon, lat = (float(found[1]), float(found[2])) if found else (999.0, 999.0)
        if abs(lon) > 180 or abs(lat) > 90:
            raise Refused(N_("A line is written point by point: 106.4567,29.5432; 106.46,29.54"))
        point = [round(lon, DIGITS), round(lat, DIGITS)]
        if not points or points[-1] != point:
            points.append(point)
    if not 2 <= len(points) <= MOST_POINTS or length_m(points) > LONGEST_M:
        raise Refused(N_("A line has from 2 to 500 points and at most 200 km."))
    return points


def written_line(line: Sequence[Sequence[float]]) -> str:
    """The line as a form shows it, one point a line."""
    return "\n".join(f"{lon},{lat}" for lon, lat in line)


def length_m(line: Sequence[Sequence[float]]) -> float:
    """Metres along the line, on the ellipsoid."""
    return sum(
        float(_ELLIPSOID.inv(a[0], a[1], b[0], b[1])[2]) for a, b in pairwise(line)
    )  # fmt: skip
