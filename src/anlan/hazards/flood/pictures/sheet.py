"""A map sheet: water in classes over shaded relief, with legend, scale, north and gauges."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from PIL import Image
from pyproj import CRS

from anlan.hazards.flood.depth_classes import COLOURS, EDGES_M
from anlan.hazards.flood.pictures.canvas import (
    FINE,
    INK_2,
    LINE,
    Canvas,
    Lettering,
    Type,
    step_of,
)
from anlan.terrain.grid import Grid
from anlan.terrain.hillshade import shade
from anlan.vocabulary.words import N_

Say = Callable[[str], str]
Field = NDArray[np.float32]
Classes = NDArray[np.uint8]
Floats = NDArray[np.float64]

CHANCES = (0.05, 0.25, 0.50, 0.75, 0.95)
CHANCE_COLOURS = ("#f6e3b4", "#f0bd6e", "#e28a4a", "#c2522f", "#8a1f2b")
LAND = np.array([239.0, 240.0, 234.0])
BLANK = (255, 255, 255)  # where there is no ground
BRIGHTEST = 1.06  # a sunny side does not turn white
LEVEL = 255.0 * np.sin(np.radians(45.0))
SEEN_SLOPE, MOST_RELIEF = 0.35, 30.0  # the relief is raised until a steep place is as steep
LONG, HIGH = 1000, 760  # of the map at most, points
LEFT, TOP, RIGHT, BOTTOM = 74, 86, 250, 64


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """classes: 0 is nothing, else the number of its colour; labels: of the colours; notes: lines
    under the legend."""

    heading: str
    classes: Classes
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    notes: tuple[str, ...] = ()


def depth_layer(depth: Field, heading: str, notes: tuple[str, ...] = ()) -> Layer:
    """Depth in the classes of the house, metres."""
    edges = [f"{edge:g}" for edge in EDGES_M]
    labels = [f"{low}–{high}" for low, high in pairwise(edges)]
    return Layer(heading, classed(depth, EDGES_M), COLOURS["light"], (*labels, f"≥ {edges[-1]}"),
                 notes)  # fmt: skip


def probability_layer(chance: Field, heading: str, notes: tuple[str, ...] = ()) -> Layer:
    """How many of the members, in five steps; fewer than one in twenty is not shown."""
    ends = [*CHANCES[1:], 1.0]
    labels = [f"{low:.0%}–{high:.0%}" for low, high in zip(CHANCES, ends, strict=True)]
    return Layer(heading, classed(chance, CHANCES), CHANCE_COLOURS, tuple(labels), notes)


def classed(field: Field, edges: tuple[float, ...]) -> Classes:
    """0 below the first edge and where nothing is known."""
    known = np.nan_to_num(field, nan=-np.inf).astype(np.float32)
    return np.digitize(known, np.array(edges, dtype=np.float32)).astype(np.uint8)


class Sheet:
    """The land of a result, ready to have layers laid on it."""

    def __init__(self, results: xr.Dataset, letters: Lettering, say: Say) -> None:
        self._results, self._letters, self._say = results, letters, say
        z = np.asarray(results["ground"].values, dtype=np.float32)
        x, y = results["x"].values, results["y"].values
        self.cell_m = float(x[1] - x[0]) if x.size > 1 else float(y[0] - y[-1])
        self._x0, self._y0 = float(x[0]) - self.cell_m / 2, float(y[0]) + self.cell_m / 2
        rows, columns = z.shape
        self.scale = min(LONG / columns, HIGH / rows)  # points a cell
        self.map_size = (max(round(columns * self.scale), 1), max(round(rows * self.scale), 1))
        self._light = self._relief(Grid(z, self._x0, self._y0, self.cell_m))
        self._outside = ~np.isfinite(z)

    def paint(self, layer: Layer, moment: str = "") -> Image.Image:
        """The whole sheet with one layer; moment: written over the map, if any."""
        wide, high = self.map_size
        tall = max(high, 360)
        canvas = Canvas((LEFT + wide + RIGHT, TOP + tall + BOTTOM), self._letters)
        canvas.lay(self._water(layer), (LEFT, TOP))
        canvas.box((LEFT, TOP), (wide, high), None, INK_2)
        self._head(canvas, layer)
        self._grid(canvas)
        self._gauges(canvas)
        self._legend(canvas, layer)
        self._scale_bar(canvas)
        if moment:
            canvas.box((LEFT + 8, TOP + 8), (190, 30), "#ffffff", LINE)
            canvas.text((LEFT + 18, TOP + 23), moment, Type(size=16, weight=600))
        return canvas.done()

    def _relief(self, grid: Grid) -> Floats:
        """How light each pixel of the map is; level ground is 1."""
        known = np.where(np.isfinite(grid.z), grid.z, np.nanmin(grid.z)).astype(np.float32)
        filled = Grid(known, grid.x0, grid.y0, grid.cell_m)
        slope = np.hypot(*np.gradient(known, grid.cell_m)) if min(known.shape) > 1 else known * 0
        steep = max(float(np.quantile(slope, 0.9)), SEEN_SLOPE / MOST_RELIEF)
        light = shade(filled, exaggeration=float(np.clip(SEEN_SLOPE / steep, 1.0, MOST_RELIEF)))
        picture = Image.fromarray(light).resize(self._fine(), Image.Resampling.BICUBIC)
        light_of: Floats = np.asarray(picture, dtype=np.float64) / LEVEL
        return np.minimum(light_of, BRIGHTEST)

    def _water(self, layer: Layer) -> Image.Image:
        colours = np.array([LAND, *(_rgb(text) for text in layer.colours)])
        classes = self._stretched(layer.classes)
        lit = np.where(classes > 0, 0.35, 0.75)[..., None]
        colour = colours[classes] * (1.0 - lit + lit * self._light[..., None])
        colour[self._stretched(self._outside.astype(np.uint8)) > 0] = BLANK
        return Image.fromarray(np.clip(np.rint(colour), 0, 255).astype(np.uint8), "RGB")

    def _stretched(self, classes: Classes) -> Classes:
        """On the pixels of the map; where several cells share one, the greatest is seen."""
        part = max(1, int(1.0 / (self.scale * FINE)))
        if part > 1:
            rows, columns = (-(-size // part) * part for size in classes.shape)
            padded = np.zeros((rows, columns), dtype=np.uint8)
            padded[: classes.shape[0], : classes.shape[1]] = classes
            blocks = padded.reshape(rows // part, part, columns // part, part)
            classes = blocks.max(axis=(1, 3))
        picture = Image.fromarray(classes).resize(self._fine(), Image.Resampling.NEAREST)
        return np.asarray(picture)

    def _fine(self) -> tuple[int, int]:
        return self.map_size[0] * FINE, self.map_size[1] * FINE

    def _head(self, canvas: Canvas, layer: Layer) -> None:
        about, say = self._results.attrs, self._say
        canvas.text((LEFT, 32), str(about["title"]), Type(size=24, weight=700))
        told = [layer.heading]
        if start := about.get("start"):
            begins = f"{datetime.fromisoformat(start):%Y-%m-%d %H:%M}"
            told.append(say(N_("from {start}")).format(start=begins))
        told.append(say(N_("{hours:.1f} h")).format(hours=float(about["duration_s"]) / 3600.0))
        canvas.text((LEFT, 64), " · ".join(told), Type(size=15, colour=INK_2))
        crs = CRS.from_wkt(self._results["crs"].attrs["crs_wkt"])
        foot = say(
            N_(
                "heights: {datum}; coordinates: {crs}; cells of {cell:g} m; "
                "Anlan flood engine, scheme {scheme}"
            )
        )
        foot = foot.format(datum=about["vertical_datum"], crs=crs.name, cell=self.cell_m,
                           scheme=about["scheme"])  # fmt: skip
        canvas.text((LEFT, canvas.size[1] - 18), foot, Type(size=12, colour=INK_2))

    def _grid(self, canvas: Canvas) -> None:
        """Ticks with easting and northing, metres."""
        wide, high = self.map_size
        metres = 1.0 / self.scale * self.cell_m
        step = step_of(max(wide, high) * metres, 6)
        for x in np.arange(np.ceil(self._x0 / step) * step, self._x0 + wide * metres, step):
            at = LEFT + (x - self._x0) / metres
            canvas.line([(at, TOP + high), (at, TOP + high + 5)], INK_2)
            canvas.text((at, TOP + high + 16), f"{x:.0f}", Type(size=11, colour=INK_2, align="m"))
        for y in np.arange(np.floor(self._y0 / step) * step, self._y0 - high * metres, -step):
            at = TOP + (self._y0 - y) / metres
            canvas.line([(LEFT - 5, at), (LEFT, at)], INK_2)
            canvas.text((LEFT - 8, at), f"{y:.0f}", Type(size=11, colour=INK_2, align="r"))

    def _gauges(self, canvas: Canvas) -> None:
        names = self._results["gauge_name"].values
        points = self._results["gauge_x"].values, self._results["gauge_y"].values
        for name, x, y in zip(names, *points, strict=True):
            at = (LEFT + (x - self._x0) / self.cell_m * self.scale,
                  TOP + (self._y0 - y) / self.cell_m * self.scale)  # fmt: skip
            canvas.dot(at, 4.5, "#ffffff", "#2c3a36")
            canvas.text((at[0] + 9, at[1]), str(name), Type(size=14, weight=600, halo=True))

    def _legend(self, canvas: Canvas, layer: Layer) -> None:
        left, y = LEFT + self.map_size[0] + 24, TOP + 12.0
        canvas.text((left, y), layer.heading, Type(size=15, weight=700))
        for colour, label in zip(layer.colours, layer.labels, strict=True):
            y += 28.0
            canvas.box((left, y - 9), (30, 18), colour, LINE)
            canvas.text((left + 42, y), label, Type(size=14))
        y += 12.0
        for note in layer.notes:
            y += 22.0
            canvas.text((left, y), note, Type(size=13, colour=INK_2))
        tip = (left + 14.0, y + 34.0)
        canvas.area([tip, (tip[0] - 11, tip[1] + 34), (tip[0], tip[1] + 26)], "#2c3a36")
        canvas.line([tip, (tip[0] + 11, tip[1] + 34), (tip[0], tip[1] + 26)], "#2c3a36")
        canvas.text((tip[0] + 20, tip[1] + 18), self._say(N_("north")), Type(size=14, weight=600))

    def _scale_bar(self, canvas: Canvas) -> None:
        metres = self.cell_m / self.scale
        length = step_of(180 * metres, 1)
        length = length if length / metres <= 200 else length / 2
        left, y = LEFT + self.map_size[0] + 24, TOP + max(self.map_size[1], 360) - 14
        half = length / metres / 2
        canvas.box((left, y), (half, 7), "#2c3a36", "#2c3a36")
        canvas.box((left + half, y), (half, 7), "#ffffff", "#2c3a36")
        for share in (0.0, 0.5, 1.0):
            value = length * share
            told = f"{value / 1000:g} km" if length >= 2000 else f"{value:g} m"
            canvas.text((left + 2 * half * share, y - 10), told if share else "0",
                        Type(size=12, align="m" if share else "l"))  # fmt: skip


def _rgb(text: str) -> Floats:
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
