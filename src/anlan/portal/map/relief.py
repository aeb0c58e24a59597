"""The ground of the map, drawn from the loaded terrain: shaded relief and height tiles.

Pictures lie in Web Mercator (EPSG:3857) because the browser's map does; `terrain.tiles` says which
cell lies under which pixel.
"""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from anlan.terrain.grid import Grid
from anlan.terrain.hillshade import shade
from anlan.terrain.tiles import TILE_PX, Frame, cells_under, frame_of, mercator, tile_frame

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

WIDTH_PX = 1800
MIN_ZOOM, MAX_ZOOM = 8, 13
_LEVEL = 255.0 * np.sin(np.radians(45.0))
# Beyond the terrain's edge the land sinks to its mean height within about this distance.
_FADE_M = 1500.0
# Land colour, how dark its shaded and how light its sunny side gets (tokens: --al-map-land).
_TINT = {
    "light": ((239, 240, 234), (184, 190, 187), (253, 253, 250)),
    "dark": ((19, 29, 36), (8, 13, 17), (50, 68, 78)),
}
_EDGE_PX = 28


def hillshade_jpeg(grid: Grid, theme: str, width: int = WIDTH_PX) -> bytes:
    """Shaded relief of a whole grid in a theme's land colours; JPEG, to be laid on `frame_of`."""
    frame = frame_of(grid)
    height = _height_px(frame, width)
    rows, columns, outside = cells_under(grid, frame, (height, width))
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
    if not frame.meets(whole):
        return None
    rows, columns, outside = cells_under(grid, frame, (TILE_PX, TILE_PX))
    filled = _filled(grid)
    heights = ndimage.map_coordinates(filled, [rows, columns], order=1, mode="nearest")
    mean = float(filled.mean())
    heights = mean + (heights - mean) * np.exp(-np.maximum(outside, 0.0) / _FADE_M)
    value = np.rint((heights + 32768.0) * 256.0).astype(np.int64)
    tile = np.stack([value // 65536, value // 256 % 256, value % 256], axis=-1).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(tile, "RGB").save(out, "PNG", compress_level=6)
    return out.getvalue()


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
    return round(width * (mercator(frame.north) - mercator(frame.south)) / span)
