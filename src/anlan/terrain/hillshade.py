"""Light and shade of a terrain, for the eye alone: the classic hillshade (Horn 1981)."""

import numpy as np
from numpy.typing import NDArray

from anlan.terrain.grid import Grid


def shade(
    grid: Grid, azimuth: float = 315.0, altitude: float = 45.0, exaggeration: float = 1.0
) -> NDArray[np.uint8]:
    """Brightness 1..255 of each cell, 0 where there are no data; shape (rows, columns).

    azimuth: degrees clockwise from north where the light comes from; altitude: degrees above the
    horizon; exaggeration: factor on the heights. Level ground has 255 sin(altitude).
    """
    z = np.pad(grid.z.astype(np.float64) * exaggeration, 1, mode="edge")
    run = 8.0 * grid.cell_m
    east = (
        (z[:-2, 2:] + 2.0 * z[1:-1, 2:] + z[2:, 2:])
        - (z[:-2, :-2] + 2.0 * z[1:-1, :-2] + z[2:, :-2])
    ) / run
    north = (
        (z[:-2, :-2] + 2.0 * z[:-2, 1:-1] + z[:-2, 2:])
        - (z[2:, :-2] + 2.0 * z[2:, 1:-1] + z[2:, 2:])
    ) / run
    bearing, height = np.radians(azimuth), np.radians(altitude)
    light = (np.sin(bearing), np.cos(bearing), np.tan(height))
    facing = light[2] - east * light[0] - north * light[1]
    cosine = facing * np.cos(height) / np.sqrt(1.0 + east**2 + north**2)
    brightness = np.clip(np.rint(255.0 * cosine), 1.0, 255.0)
    return np.where(np.isfinite(brightness), brightness, 0.0).astype(np.uint8)
