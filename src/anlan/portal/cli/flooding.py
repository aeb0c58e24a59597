"""`anlan flood run` and `anlan kernels`: the flood engine without the web framework."""

import argparse
import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.case import BadCase, Case, Flood, Inflow, Series, Settings, StageBoundary
from anlan.hazards.flood.local_inertial import simulate
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.terrain.files import BadDem, Meaning, read_dem, write_field
from anlan.terrain.grid import Grid

HOUR_S = 3600.0
LAND_N = 0.05  # open land with scattered houses [practice, verify]


def run(asked: argparse.Namespace) -> int:
    """Let the stage of a CSV stand at the lowest edge of a terrain; write the greatest depth."""
    try:
        grid = read_dem(asked.dem, crs=asked.crs)
        stage = read_stage(asked.stage)
        case = Case(
            z=grid.z, cell_m=grid.cell_m, manning=LAND_N, duration_s=float(stage.t_s[-1]),
            stages=(StageBoundary(downstream_edge(grid, float(stage.value.max())), stage),),
        )  # fmt: skip
    except (BadDem, BadCase, OSError) as fault:
        raise Trouble(str(fault), 1) from fault
    flood = simulate(case, Settings(), _show)
    print(file=sys.stderr)
    meaning = Meaning(description="greatest depth of water above ground", unit="m")
    write_field(asked.out, grid, flood.max_depth, meaning)
    _tell(flood, grid, asked.out)
    return 0


def kernels(asked: argparse.Namespace) -> int:
    """Compile every kernel that a forecast needs, on a puddle; later runs find them ready."""
    ground = np.zeros((12, 12), dtype=np.float32)
    level = Series(np.array([0.0, 60.0]), np.array([1.0, 1.2]))
    cells = np.array([[11, column] for column in range(12)], dtype=np.int64)
    puddle = Case(
        z=ground, cell_m=20.0, manning=0.05, duration_s=60.0,
        initial_surface=np.full((12, 12), 1.0, dtype=np.float32),
        stages=(StageBoundary(cells, level),),
        inflows=(
            Inflow(np.zeros((1, 2), dtype=np.int64), Series(np.array([0.0, 60.0]), np.ones(2))),
        ),
    )  # fmt: skip
    for threads in (1, 2):
        simulate(puddle, Settings(threads=threads, snapshot_s=(30.0, 60.0)))
    print(_("the kernels are compiled"))
    return 0


def read_stage(path: Path) -> Series:
    """The columns hours and stage_m; refuses a row that is no number, naming it."""
    hours: list[float] = []
    metres: list[float] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"hours", "stage_m"} <= set(rows.fieldnames or ()):
            raise Trouble(_("{file}: the columns hours and stage_m are needed").format(file=path))
        for row in rows:
            try:
                hours.append(float(row["hours"]))
                metres.append(float(row["stage_m"]))
            except (TypeError, ValueError):
                line = _("{file}, line {line}: not a number").format(file=path, line=rows.line_num)
                raise Trouble(line, 1) from None
    if len(hours) < 2 or hours[0] != 0:
        raise Trouble(_("{file}: the series starts at hour 0 and has two rows at least").format(
            file=path), 1)  # fmt: skip
    return Series(np.array(hours) * HOUR_S, np.array(metres))


def downstream_edge(grid: Grid, highest_m: float) -> NDArray[np.int64]:
    """The cells (row, column) of the lowest edge that the highest stage covers."""
    rows, columns = grid.z.shape
    across, down = np.arange(columns), np.arange(rows)
    sides = [
        np.column_stack([np.full(columns, row), across]) for row in (0, rows - 1)
    ] + [np.column_stack([down, np.full(rows, column)]) for column in (0, columns - 1)]  # fmt: skip
    lowest = min(sides, key=lambda side: float(np.nanmin(_ground(grid, side), initial=np.inf)))
    covered = lowest[np.nan_to_num(_ground(grid, lowest), nan=np.inf) < highest_m]
    if not len(covered):
        raise Trouble(_("the stage stays below the terrain's lowest edge: nothing is flooded"), 1)
    return covered.astype(np.int64)


def _ground(grid: Grid, cells: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.asarray(grid.z[cells[:, 0], cells[:, 1]])


def _show(share: float) -> bool:
    print(f"\r{share:4.0%}", end="", file=sys.stderr, flush=True)
    return True


def _tell(flood: Flood, grid: Grid, out: Path) -> None:
    wet = int((np.nan_to_num(flood.max_depth) >= 0.03).sum())
    line = _("{area:.2f} km² flooded, {depth:.2f} m at the deepest; mass error {error:.1e}; {out}")
    deepest = float(np.nanmax(flood.max_depth))
    print(line.format(area=wet * grid.cell_m**2 / 1e6, depth=deepest,
                      error=flood.mass.relative_error, out=out))  # fmt: skip
