"""What is near: gauges that are neighbours, and the box that holds everything within a distance."""

import math
from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

KM_A_DEGREE = 111.2  # along a meridian


def nearby(
    places: Mapping[int, tuple[float, float]], km: float, around: Collection[int]
) -> dict[int, set[int]]:
    """The gauges within `km` of each gauge that is one of `around`, or a neighbour of one.

    `places`: lon, lat in degrees. On a plane: the distances are of some ten kilometres.
    """
    keys = list(places)
    where = np.array([places[key] for key in keys])
    found: dict[int, set[int]] = {}
    wanted = places.keys() & set(around)
    for _ring in range(2):
        for key in wanted - found.keys():
            lon, lat = places[key]
            east = (where[:, 0] - lon) * np.cos(np.radians(lat)) * KM_A_DEGREE
            north = (where[:, 1] - lat) * KM_A_DEGREE
            close = np.flatnonzero(np.hypot(east, north) <= km)
            found[key] = {keys[place] for place in close} - {key}
        wanted = {near for key in wanted for near in found[key]}
    return found


class Box(NamedTuple):
    """A rectangle in degrees."""

    west: float
    south: float
    east: float
    north: float


def box_around(lon: float, lat: float, km: float) -> Box:
    """The rectangle that holds every point within `km`."""
    tall = km / KM_A_DEGREE
    wide = tall / max(math.cos(math.radians(lat)), 0.01)
    return Box(lon - wide, lat - tall, lon + wide, lat + tall)


def distance_m(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Metres between two points (lon, lat in degrees), on a plane: for some ten kilometres."""
    east = (there[0] - here[0]) * math.cos(math.radians((here[1] + there[1]) / 2))
    return math.hypot(east, there[1] - here[1]) * KM_A_DEGREE * 1000
