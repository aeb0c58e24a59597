"""The ground of the map: relief and height tiles lie where the terrain says they lie."""

import io
import math

import numpy as np
import pytest
from PIL import Image

from anlan.portal.map import relief
from anlan.terrain.crs import to_metric
from anlan.terrain.grid import Grid
from anlan.terrain.tiles import frame_of

# About 6 km around Ciqikou.
X0, Y0, CELL, SIDE = 637_000.0, 3_276_000.0, 20.0, 300
Z, LON, LAT = 13, 106.447, 29.583


def plane(rise_east=0.01, rise_north=0.02):
    """A tilted plane: 200 m in the upper left corner."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    x, y = (columns + 0.5) * CELL, -(rows + 0.5) * CELL
    return Grid((200 + rise_east * x + rise_north * y).astype(np.float32), X0, Y0, CELL)


def tile_of(lon, lat, z):
    """Slippy map tile numbers (the OpenStreetMap formula)."""
    n = 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return int((lon + 180) / 360 * n), int(y)


def pixel_centres(z, x, y):
    n = 2**z * 256
    columns, rows = np.meshgrid(np.arange(256) + 256 * x + 0.5, np.arange(256) + 256 * y + 0.5)
    return columns / n * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * rows / n))))


def heights(png):
    r, g, b = np.moveaxis(np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), float), -1, 0)
    return r * 256 + g + b / 256 - 32768


def test_a_tile_holds_the_heights_of_its_own_pixels():
    grid = plane()
    x, y = tile_of(LON, LAT, Z)
    east, north = to_metric(*pixel_centres(Z, x, y))
    expected = 200 + 0.01 * (east - X0) + 0.02 * (north - Y0)
    xmin, ymin, xmax, ymax = grid.bounds
    inside = (
        (east > xmin + CELL) & (east < xmax - CELL) & (north > ymin + CELL) & (north < ymax - CELL)
    )
    found = heights(relief.height_png(grid, Z, x, y))
    assert inside.sum() > 1000
    # 1/256 m of the encoding, and the lattice that carries positions.
    assert np.abs(found - expected)[inside].max() < 0.03


def test_beyond_the_terrain_the_land_sinks_smoothly_and_never_makes_a_cliff():
    grid = plane()
    x, y = tile_of(LON, LAT, 11)
    found = heights(relief.height_png(grid, 11, x, y))
    assert np.isfinite(found).all()
    assert np.abs(np.diff(found, axis=1)).max() < 12


def test_a_tile_elsewhere_is_empty():
    x, y = tile_of(116.4, 39.9, Z)
    assert relief.height_png(plane(), Z, x, y) is None


def test_unknown_heights_make_no_holes():
    grid = plane()
    grid.z[100:140, 100:140] = np.nan
    x, y = tile_of(LON, LAT, Z)
    assert heights(relief.height_png(grid, Z, x, y)).min() > 0


@pytest.mark.parametrize(("theme", "land"), [("light", (239, 240, 234)), ("dark", (19, 29, 36))])
def test_level_ground_has_the_colour_of_land(theme, land):
    flat = Grid(np.full((SIDE, SIDE), 250, np.float32), X0, Y0, CELL)
    picture = np.asarray(Image.open(io.BytesIO(relief.hillshade_jpeg(flat, theme, 200))), int)
    middle = picture[60:140, 60:140].reshape(-1, 3)
    assert np.abs(middle - np.array(land)).max() <= 4


def test_a_slope_to_the_north_west_is_sunny_and_one_to_the_south_east_is_not():
    """Light comes from the north-west (315 degrees), as on every Chinese relief map."""

    def brightness(rise_east, rise_north):
        jpeg = relief.hillshade_jpeg(plane(rise_east, rise_north), "light", 200)
        return np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"), float)[80:120, 80:120].mean()

    facing_north_west = brightness(0.1, -0.1)
    facing_south_east = brightness(-0.1, 0.1)
    assert facing_north_west > brightness(0, 0) > facing_south_east


def test_the_picture_is_laid_on_the_rectangle_that_holds_the_terrain():
    frame = frame_of(plane())
    lons, lats = zip(*plane().corners_lonlat(), strict=True)
    assert (frame.west, frame.east) == (min(lons), max(lons))
    assert (frame.south, frame.north) == (min(lats), max(lats))
    width = 300
    picture = Image.open(io.BytesIO(relief.hillshade_jpeg(plane(), "dark", width)))
    high = math.log(math.tan(math.pi / 4 + math.radians(frame.north) / 2))
    low = math.log(math.tan(math.pi / 4 + math.radians(frame.south) / 2))
    square = width * (high - low) / math.radians(frame.east - frame.west)
    assert picture.size == (width, round(square))
