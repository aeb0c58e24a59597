"""One way between degrees and metres, and the way back from the Chinese map offset.

Stored positions are CGCS2000 longitude and latitude (EPSG:4490); metric work is in the 3-degree
Gauss-Krüger zone with central meridian 105°E (EPSG:4544), used throughout although its nominal
edge at 106.5°E crosses the district. Always x, y order: longitude before latitude, east before
north, whatever the registry says.

GCJ-02 is the offset that Chinese web maps apply. It has no official text; the constants are those
that every open converter shares. The forward shift is explicit, its inverse is found by fixed
point iteration, which contracts quickly because the shift varies by about 1e-5 over itself.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

GEOGRAPHIC = "EPSG:4490"
METRIC = "EPSG:4544"

Floats = NDArray[np.float64]

_SEMI_MAJOR_M = 6378245.0  # Krasovsky 1940, as GCJ-02 uses it
_ECCENTRICITY_2 = 0.00669342162296594323
_INVERSE_ROUNDS = 8


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _pair(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def transform(source: str, target: str, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Positions of CRS `source` in CRS `target`; both in x, y order.

    Scalars give arrays of no dimension, which behave as floats. Positions that the projection
    cannot carry come back infinite.
    """
    across, up = _transformer(source, target).transform(*_pair(x, y))
    return np.asarray(across, dtype=np.float64), np.asarray(up, dtype=np.float64)


def to_metric(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Longitude, latitude (EPSG:4490, degrees) to east, north (EPSG:4544, metres)."""
    return transform(GEOGRAPHIC, METRIC, lon, lat)


def to_geographic(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """East, north (EPSG:4544, metres) to longitude, latitude (EPSG:4490, degrees)."""
    return transform(METRIC, GEOGRAPHIC, x, y)


def _wave(t: Floats, first: float, second: float) -> Floats:
    """A pair of sines of the offset polynomial; `t` in units of pi."""
    return np.asarray(20.0 * np.sin(first * np.pi * t) + 20.0 * np.sin(second * np.pi * t))


def _slow_wave(t: Floats, outer: float, periods: tuple[float, float]) -> Floats:
    return np.asarray(
        outer * np.sin(np.pi * t / periods[0]) + 2 * outer * np.sin(np.pi * t / periods[1])
    )


def _shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """GCJ-02 minus WGS 84 at a WGS 84 position, degrees."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    common = _wave(x, 6.0, 2.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += 2.0 / 3.0 * (common + 20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0))
    east += 2.0 / 3.0 * _slow_wave(x, 150.0, (12.0, 30.0))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += 2.0 / 3.0 * (common + 20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0))
    north += 2.0 / 3.0 * _slow_wave(y, 160.0, (12.0, 30.0))
    phi = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY_2 * np.sin(phi) ** 2
    meridian = _SEMI_MAJOR_M * (1.0 - _ECCENTRICITY_2) / magic**1.5
    parallel = _SEMI_MAJOR_M / np.sqrt(magic) * np.cos(phi)
    return np.degrees(east / parallel), np.degrees(north / meridian)


def cgcs2000_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """CGCS2000 (here within a metre of WGS 84) to GCJ-02, degrees; only for showing on web maps."""
    x, y = _pair(lon, lat)
    east, north = _shift(x, y)
    return x + east, y + north


def gcj02_to_cgcs2000(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """GCJ-02 to CGCS2000 (within a metre of WGS 84 here), degrees.

    About -0.00398° of longitude and +0.00254° of latitude at Shapingba. The iteration ends far
    below a millimetre everywhere in China.
    """
    x, y = _pair(lon, lat)
    true_x, true_y = x, y
    for _ in range(_INVERSE_ROUNDS):
        east, north = _shift(true_x, true_y)
        true_x, true_y = x - east, y - north
    return true_x, true_y
