"""A place on the earth as a form sends it: two fields, both or none."""

import math
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from anlan.operations.registers.queries.typing import Wrong

DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
MOST_LON, MOST_LAT = 180.0, 90.0


def position(given: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Longitude and latitude, CGCS2000 degrees, from `lon` and `lat`; raises `Wrong`."""
    lon, lat = (given.get(key, "").strip() for key in ("lon", "lat"))
    if not lon and not lat:
        return None, None
    return degrees(lon, MOST_LON), degrees(lat, MOST_LAT)


def degrees(text: str, most: float) -> float:
    """One angle within −most … most; raises `Wrong`."""
    value = float(text) if DEGREES.fullmatch(text) else math.nan
    if not abs(value) <= most:
        raise Wrong(_("Longitude and latitude in degrees, such as 106.4567 and 29.5432."))
    return value
