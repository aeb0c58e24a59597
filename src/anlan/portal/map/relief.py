"""The ground of the map, drawn from the loaded terrain: shaded relief and height tiles.

Pictures lie in Web Mercator (EPSG:3857) because the browser's map does; the terrain's own CRS is
EPSG:4544. Both are smooth at this scale, so positions are computed on a coarse lattice and
interpolated between (below 0.2 m at district size).
"""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from anlan.terrain.crs import to_metric
from anlan.terrain.grid import Grid
from anlan.terrain.hillshade import shade

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

WIDTH_PX = 1800
TILE_PX = 256
MIN_ZOOM, MAX_ZOOM = 8, 13
_LATTICE = 33
_LEVEL = 255.0 * np.sin(np.radians(45.0))
# Beyond the terrain's edge the land sinks to its mean height within about this distance.
_FADE_M = 1500.0
# Land colour, how dark its shaded and how light its sunny side gets (tokens: --al-map-land).
_TINT = {
    "light": ((239, 240, 234), (184, 190, 187), (253, 253, 250)),
    "dark": ((19, 29, 36), (8, 13, 17), (50, 68, 78)),
}
_EDGE_PX = 28


@dataclass(frozen=True, slots=True)
class Frame:
    """A north-up rectangle in lon/lat, square in Web Mercator."""

    west: float
    south: float
    east: float
    north: float

    @property
    def corners(self) -> list[list[float]]:
        """Upper left, upper right, lower right, lower left."""
        return [
            [self.west, self.north], [self.east, self.north],
            [self.east, self.south], [self.west, self.south],
        ]  # fmt: skip


def frame_of(grid: Grid) -> Frame:
    """The rectangle that holds a whole grid."""
    corners = np.array(grid.corners_lonlat())
    west, south = corners.min(axis=0)
    east, north = corners.max(axis=0)
    return Frame(float(west), float(south), float(east), float(north))


def tile_frame(z: int, x: int, y: int) -> Frame:
    """The rectangle of a map tile."""
    n = 2.0**z
    west, east = x / n * 360.0 - 180.0, (x + 1) / n * 360.0 - 180.0
    north, south = (float(_latitude(np.pi * (1.0 - 2.0 * row / n))) for row in (y, y + 1))
    return Frame(west, south, east, north)


def hillshade_jpeg(grid: Grid, theme: str, width: int = WIDTH_PX) -> bytes:
    """Shaded relief of a whole grid in a theme's land colours; JPEG, to be laid on `frame_of`."""
    frame = frame_of(grid)
    height = _height_px(frame, width)
    rows, columns, outside = _cells(grid, frame, (height, width))
    light = shade(grid, azimuth=315.0, altitude=45.0, exaggeration=2.4).astype(np.float64)
    light[light == 0] = _LEVEL
    sampled = ndimage.map_coordinates(light, [rows, columns], order=1, mode="nearest") / _LEVEL
    colours = _tinted(sampled, theme)
    land = np.array(_TINT[theme][0], dtype=np.float64)
    weight = (_feather((height, width)) * (outside <= 0))[..., None]
    picture = np.rint(colours * weight + land * (1.0 - weight)).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(picture, "RGB").save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def height_png(grid: Grid, z: int, x: int, y: int) -> bytes | None:
    """One tile of heights, Terrarium encoding (R·256 + G + B/256 − 32768 m); None off the grid."""
    frame, whole = tile_frame(z, x, y), frame_of(grid)
    if frame.west > whole.east or frame.east < whole.west:
        return None
    if frame.south > whole.north or frame.north < whole.south:
        return None
    rows, columns, outside = _cells(grid, frame, (TILE_PX, TILE_PX))
    filled = _filled(grid)
    heights = ndimage.map_coordinates(filled, [rows, columns], order=1, mode="nearest")
    mean = float(filled.mean())
    heights = mean + (heights - mean) * np.exp(-np.maximum(outside, 0.0) / _FADE_M)
    value = np.rint((heights + 32768.0) * 256.0).astype(np.int64)
    tile = np.stack([value // 65536, value // 256 % 256, value % 256], axis=-1).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(tile, "RGB").save(out, "PNG", compress_level=6)
    return out.getvalue()


def _cells(grid: Grid, frame: Frame, shape: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    """Row and column of the grid under each pixel, and how far outside the grid it lies, metres."""
    lon = np.linspace(frame.west, frame.east, _LATTICE)
    top, bottom = _mercator(frame.north), _mercator(frame.south)
    lat = _latitude(np.linspace(top, bottom, _LATTICE))
    x, y = to_metric(*np.meshgrid(lon, lat))
    down = (np.arange(shape[0]) + 0.5) / shape[0] * (_LATTICE - 1)
    across = (np.arange(shape[1]) + 0.5) / shape[1] * (_LATTICE - 1)
    at = np.meshgrid(down, across, indexing="ij")
    x = ndimage.map_coordinates(np.asarray(x, np.float64), at, order=1, mode="nearest")
    y = ndimage.map_coordinates(np.asarray(y, np.float64), at, order=1, mode="nearest")
    xmin, ymin, xmax, ymax = grid.bounds
    outside = np.hypot(
        np.maximum(np.maximum(xmin - x, x - xmax), 0), np.maximum(np.maximum(ymin - y, y - ymax), 0)
    )
    return (grid.y0 - y) / grid.cell_m - 0.5, (x - grid.x0) / grid.cell_m - 0.5, outside


def _tinted(light: Floats, theme: str) -> Floats:
    """Land colour towards its shaded or its sunny side; light 1 is level ground."""
    land, dark, bright = (np.array(colour, dtype=np.float64) for colour in _TINT[theme])
    shaded = np.clip((1.0 - light) / 0.75, 0.0, 1.0)[..., None]
    sunny = np.clip((light - 1.0) / 0.38, 0.0, 1.0)[..., None]
    return np.asarray(land + (dark - land) * shaded + (bright - land) * sunny)


def _feather(shape: tuple[int, int]) -> Floats:
    """1 inside, falling to 0 at the picture's border, so that its end is not a line."""
    sides = [np.minimum(np.arange(n), np.arange(n)[::-1]) / _EDGE_PX for n in shape]
    return np.asarray(np.clip(np.minimum(*np.meshgrid(*sides, indexing="ij")), 0.0, 1.0))


def _filled(grid: Grid) -> Floats:
    """Heights with unknown cells at the mean of the known ones."""
    heights = grid.z.astype(np.float64)
    unknown = np.isnan(heights)
    if unknown.any():
        heights[unknown] = np.nanmean(heights)
    return heights


def _height_px(frame: Frame, width: int) -> int:
    span = float(np.radians(frame.east - frame.west))
    return round(width * (_mercator(frame.north) - _mercator(frame.south)) / span)


def _mercator(latitude: float) -> float:
    return float(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))


def _latitude(mercator: Floats | float) -> Floats:
    return np.asarray(np.degrees(2 * np.arctan(np.exp(mercator)) - np.pi / 2), dtype=np.float64)
