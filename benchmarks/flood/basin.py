"""The common case: a closed basin with 5 m of water beside 1 m, on which the peers were measured.

5 km x 5 km, bumps of 0.25 m on a slope of 1 per mille, Manning's n 0.03. `rained` adds 50 mm/h of
rain, 10 mm/h that the ground takes, and the map of greatest depths.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water import (
    Case,
    ConstantLoss,
    Culvert,
    Device,
    Grid,
    Initial,
    Outputs,
    Rain,
    Result,
    Scheme,
    State,
    simulate,
)
from anlan.vocabulary import clock

SIDE_M, CELLS, MANNING = 5000.0, 500, 0.03
RAIN_MM_H, LOSS_MM_H = 50.0, 10.0
GAUGES_M = (500.0, 1500.0, 2500.0, 3500.0, 4500.0)  # eastwards, on the middle row


@dataclass(frozen=True, slots=True)
class Found:
    """A run: cells times steps, seconds on the wall without setting up, depths at the gauges."""

    updates: int
    wall_s: float
    depth_m: NDArray[np.float64]

    @property
    def mcups(self) -> float:
        return self.updates / self.wall_s / 1e6


def ground(cells: int = CELLS) -> NDArray[np.float32]:
    y, x = np.mgrid[0:cells, 0:cells] * (SIDE_M / cells)
    return (0.001 * x + 0.25 * np.sin(x / 100.0) * np.sin(y / 100.0)).astype(np.float32)


def start_depth(cells: int = CELLS) -> NDArray[np.float32]:
    x = np.arange(cells) * (SIDE_M / cells)
    row = np.where(x < 1500.0, 5.0, 1.0).astype(np.float32)
    return np.broadcast_to(row, (cells, cells))


def gauge_cells(cells: int = CELLS) -> tuple[tuple[int, int], ...]:
    return tuple((cells // 2, int(x / SIDE_M * cells)) for x in GAUGES_M)


def basin(scheme: Scheme, *, rained: bool = False, cells: int = CELLS) -> Case:
    return Case(
        grid=Grid(ground(cells), SIDE_M / cells), scheme=scheme, manning=MANNING,
        initial=Initial(start_depth(cells)),
        rain=Rain(RAIN_MM_H) if rained else None,
        infiltration=ConstantLoss(mm_h=LOSS_MM_H) if rained else None,
    )  # fmt: skip


def linked(scheme: Scheme, *, cells: int, links: int = 100) -> Case:
    """The same with so many culverts along its diagonal, each a kilometre long."""
    places = np.linspace(0, cells - 1 - cells // 5, links).astype(int).tolist()
    culverts = tuple(
        Culvert(cell=(at, at), to=(at, at + cells // 5), height_m=1.0, length_m=1000.0,
                invert_m=0.0, invert_to_m=0.0)
        for at in dict.fromkeys(places)
    )  # fmt: skip
    return replace(basin(scheme, cells=cells), links=culverts)


def pond(scheme: Scheme, cells: int, wet_share: float) -> Case:
    """Waves on a square lake in the middle of dry land, 20 m cells; the share of cells it covers.

    A wall of land stands around the lake, so that its share stays what it is.
    """
    side = int(cells * np.sqrt(wet_share))
    first = (cells - side) // 2
    z = np.full((cells, cells), 20.0, dtype=np.float32)
    z[first : first + side, first : first + side] = 0.0
    depth = np.zeros((cells, cells), dtype=np.float32)
    wave = 3.0 + np.sin(np.arange(side) / 15.0)
    depth[first : first + side, first : first + side] = wave
    return Case(grid=Grid(z, 20.0), scheme=scheme, manning=MANNING, initial=Initial(depth))


class _Watch:
    """Looks at the clock when the engine begins and whenever it reads its gauges."""

    def __init__(self) -> None:
        self.seen: list[float] = []

    def snapshot(self, taken: object) -> None:
        """Nothing is asked for."""

    def moment(self, now_s: float, state: Callable[[], State]) -> None:
        self.seen.append(clock.stopwatch())


def timed(
    case: Case, until_s: float, *, threads: int | Device | None = None, kept: bool = False
) -> Found:
    """Let the engine run; `kept`: with the map of greatest depths."""
    middle = gauge_cells(case.grid.shape[0])
    asked = Outputs(max_depth=kept, gauges=middle, gauge_every_s=until_s)
    watch = _Watch()
    flood: Result = simulate(case, until_s, asked, threads=threads, keep=watch)
    wall = watch.seen[-1] - watch.seen[0]
    return Found(flood.cell_updates, wall, flood.gauges.depth_m[-1])
