"""Which gauges are neighbours: those within a distance of each other."""

from collections.abc import Collection, Mapping

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
