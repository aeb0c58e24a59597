"""Depths at the gauges and discharges over time, one panel each on one axis of time."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from anlan.hazards.flood.pictures.canvas import INK_2, LINE, Canvas, Lettering, Type, step_of

Floats = NDArray[np.float64]
LEFT, TOP, RIGHT, PANEL, GAP, BOTTOM = 70, 70, 56, 130, 44, 46
WIDE = 1100
WATER, BAND = "#4470ad", "#cfdcec"


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Between which values most members lie; the line is their middle."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """name: of the gauge or edge; t_s, value: its line; note: written at its right end."""

    name: str
    t_s: Floats
    value: Floats
    note: str
    band: Band | None = None


def draw_hydrographs(
    panels: list[Panel], title: str, heading: str, letters: Lettering, when: Callable[[float], str]
) -> Image.Image:
    """when: how a time in seconds from the start is written under the axis."""
    high = TOP + len(panels) * (PANEL + GAP) + BOTTOM
    canvas = Canvas((WIDE, high), letters)
    canvas.text((LEFT, 30), title, Type(size=22, weight=700))
    canvas.text((WIDE - RIGHT, 30), heading, Type(size=14, colour=INK_2, align="r"))
    for place, panel in enumerate(panels):
        _panel(canvas, panel, TOP + place * (PANEL + GAP) + 20.0)
    span = float(panels[0].t_s[-1])
    for t in np.arange(0.0, span * 1.0001, _time_step(span)):
        x = LEFT + (WIDE - LEFT - RIGHT) * t / span
        canvas.text((x, high - BOTTOM + 2), when(float(t)), Type(size=12, colour=INK_2, align="m"))
    return canvas.done()


def _panel(canvas: Canvas, panel: Panel, top: float) -> None:
    span = float(panel.t_s[-1])
    upper = panel.band.high if panel.band is not None else panel.value
    least = min(float(np.nanmin(panel.value)) * 1.1, 0.0)
    most = max(float(np.nanmax(upper)) * 1.1, 0.1)
    x = LEFT + (WIDE - LEFT - RIGHT) * panel.t_s / span

    def y(value: Floats | float) -> Floats:
        return np.asarray(top + PANEL * (most - np.asarray(value)) / (most - least))

    step = step_of(most - least, 4)
    for value in np.arange(np.ceil(least / step) * step, most, step):
        at = float(y(value))
        canvas.line([(LEFT, at), (WIDE - RIGHT, at)], LINE)
        canvas.text((LEFT - 8, at), f"{value:.10g}", Type(size=12, colour=INK_2, align="r"))
    for t in np.arange(0.0, span * 1.0001, _time_step(span)):
        at = LEFT + (WIDE - LEFT - RIGHT) * t / span
        canvas.line([(at, top), (at, top + PANEL)], LINE)
    if panel.band is not None:
        edge = [*zip(x, y(panel.band.high), strict=True)]
        canvas.area([*edge, *zip(x[::-1], y(panel.band.low)[::-1], strict=True)], BAND)
    canvas.line([*zip(x.tolist(), y(panel.value).tolist(), strict=True)], WATER, 2.0)
    canvas.text((LEFT, top - 14), panel.name, Type(size=15, weight=600))
    canvas.text((WIDE - RIGHT, top - 14), panel.note, Type(size=13, colour=INK_2, align="r"))


def _time_step(span: float) -> float:
    """A step of minutes, hours or days that people count in, eight to the axis or fewer."""
    steps = [60.0 * m for m in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)]
    return next((step for step in steps if span / step <= 8), 86400.0 * np.ceil(span / 691200.0))
