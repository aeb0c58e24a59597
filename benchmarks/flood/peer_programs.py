"""SFINCS and LISFLOOD-FP on the basin, where SFINCS_BIN or LISFLOOD_BIN name their executables.

The case goes into a folder as their manuals ask: sfincs.readthedocs.io (input, output) and the
LISFLOOD-FP user manual, releases 5.9 and 8. Both write their own counts of steps; SFINCS its time
without reading and writing, of LISFLOOD-FP the whole process is measured.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from basin import CELLS, MANNING, SIDE_M, Found, gauge_cells, ground, start_depth

from anlan.vocabulary import clock

CELL_M = SIDE_M / CELLS
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
Run = Callable[[float], Found]


class PeerFailed(RuntimeError):
    """A peer ended without what it should leave; says what it wrote last."""


def solvers() -> Iterator[tuple[str, Run]]:
    """The peers whose executables are named, by the name of a row."""
    sfincs, lisflood = (os.environ.get(name) for name in ("SFINCS_BIN", "LISFLOOD_BIN"))
    if sfincs:
        yield "SFINCS, local inertial", lambda until: run_sfincs(sfincs, until, advection=0)
        yield "SFINCS, with advection", lambda until: run_sfincs(sfincs, until, advection=1)
    if lisflood:
        yield "LISFLOOD-FP, ACC", lambda until: run_lisflood(lisflood, until, "acceleration")
        yield "LISFLOOD-FP, FV1", lambda until: run_lisflood(lisflood, until, "fv1")


def gauge_places() -> list[tuple[float, float]]:
    """x and y of the gauges, from the south-western corner."""
    return [((j + 0.5) * CELL_M, SIDE_M - (i + 0.5) * CELL_M) for i, j in gauge_cells()]


def _process(program: str, words: list[str], folder: Path) -> tuple[str, float]:
    """What it printed, and how long it took."""
    began = clock.stopwatch()
    done = subprocess.run(
        [program, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    wall = clock.stopwatch() - began
    if done.returncode:
        raise PeerFailed(f"{program} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout, wall


# --- SFINCS -------------------------------------------------------------------------------------


def write_sfincs(folder: Path, until_s: float, *, advection: int) -> None:
    """Binary maps of all cells, column by column from the south-west; all are active."""
    bed, depth = ground()[::-1], start_depth()[::-1]
    places = np.arange(CELLS * CELLS, dtype=np.uint32) + 1
    np.concatenate([[np.uint32(places.size)], places]).astype("<u4").tofile(folder / "sfincs.ind")
    np.ones(places.size, dtype=np.uint8).tofile(folder / "sfincs.msk")
    bed.T.astype("<f4").tofile(folder / "sfincs.dep")
    (bed + depth).T.astype("<f4").tofile(folder / "sfincs.ini")
    lines = [f"{x:.2f} {y:.2f} 'gauge {n}'" for n, (x, y) in enumerate(gauge_places(), 1)]
    (folder / "sfincs.obs").write_text("\n".join(lines) + "\n")
    stop = BEGAN + timedelta(seconds=until_s)
    start, end = (f"{at:%Y%m%d %H%M%S}" for at in (BEGAN, stop))
    asked = {
        "x0": 0, "y0": 0, "mmax": CELLS, "nmax": CELLS, "dx": CELL_M, "dy": CELL_M, "rotation": 0,
        "tref": start, "tstart": start, "tstop": end, "depfile": "sfincs.dep",
        "mskfile": "sfincs.msk", "indexfile": "sfincs.ind", "inifile": "sfincs.ini",
        "obsfile": "sfincs.obs", "manning": MANNING, "advection": advection, "huthresh": 0.001,
        "dtout": 0, "dthisout": until_s, "inputformat": "bin", "outputformat": "net",
    }  # fmt: skip
    text = "".join(f"{name:<15} = {value}\n" for name, value in asked.items())
    (folder / "sfincs.inp").write_text(text)


def run_sfincs(program: str, until_s: float, *, advection: int) -> Found:
    import xarray

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sfincs(folder, until_s, advection=advection)
        told, _ = _process(program, [], folder)
        wall = _number(told, r"Total simulation time\s*:\s*([\d.]+)")
        step = _number(told, r"Average time step \(s\)\s*:\s*([\d.]+)")
        his = folder / "sfincs_his.nc"
        if not his.exists():
            raise PeerFailed(f"SFINCS left no sfincs_his.nc: {told[-500:]}")
        with xarray.open_dataset(his, decode_times=False) as read:
            depth = (read["point_zs"] - read["point_zb"]).to_numpy()[-1].astype(np.float64)
    return Found(round(CELLS * CELLS * until_s / step), wall, depth)


def _number(told: str, pattern: str) -> float:
    found = re.search(pattern, told)
    if found is None:
        raise PeerFailed(f"SFINCS did not print {pattern!r}: {told[-500:]}")
    return float(found[1])


# --- LISFLOOD-FP ------------------------------------------------------------------------------


def write_lisflood(folder: Path, until_s: float, solver: str) -> None:
    """ESRI ASCII rasters from the north-west; no boundary file: closed all around."""
    head = (
        f"ncols {CELLS}\nnrows {CELLS}\nxllcorner 0\nyllcorner 0\ncellsize {CELL_M:g}\n"
        "NODATA_value -9999"
    )
    for name, field in (("basin.dem", ground()), ("basin.start", start_depth())):
        np.savetxt(folder / name, field, fmt="%.4f", header=head, comments="")
    places = "".join(f"{x:.2f} {y:.2f}\n" for x, y in gauge_places())
    (folder / "basin.stage").write_text(f"{len(gauge_places())}\n{places}")
    asked = {
        "DEMfile": "basin.dem", "startfile": "basin.start", "stagefile": "basin.stage",
        "resroot": "res", "dirroot": "results", "sim_time": until_s, "initial_tstep": 1.0,
        "massint": until_s, "saveint": until_s, "fpfric": MANNING, solver: "",
    }  # fmt: skip
    (folder / "basin.par").write_text("".join(f"{n:<14} {v}\n" for n, v in asked.items()))


def run_lisflood(program: str, until_s: float, solver: str) -> Found:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lisflood(folder, until_s, solver)
        _, wall = _process(program, ["basin.par"], folder)
        steps = _last_row(folder / "results/res.mass", least=4)[3]
        depth = _last_row(folder / "results/res.stage", least=1 + len(gauge_places()))
    return Found(round(CELLS * CELLS * steps), wall, depth[1 : 1 + len(gauge_places())])


def _last_row(path: Path, least: int) -> np.ndarray:
    """The last line of so many numbers."""
    lines = path.read_text().splitlines() if path.exists() else []
    for line in reversed(lines):
        try:
            row = np.array([float(word) for word in line.split()])
        except ValueError:
            continue
        if row.size >= least:
            return row
    raise PeerFailed(f"LISFLOOD-FP left no {path.name} with {least} numbers in a line")
