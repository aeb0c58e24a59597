"""Each verification case on the processor and on the GPU: run as a program, it prints JSON lines.

    NUMBA_ENABLE_CUDASIM=1 python -m tests.hazards.flood.gpu_parity [--few | --whole]

The cases are those of the verification tests themselves, taken from them when they ask the engine,
and some that bring everything together. Numba's simulator of CUDA runs the first some forty steps
of each on its coarsest grid; `--whole` is for a real device, `--few` for every day.
Each line: case, scheme, share of cells within 1e-4 m, front: how far the wet fronts lie apart along
the rows (m, between cells by the depths there), steps of both.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any
from unittest import mock

import numba
import numpy as np
from tests.hazards.flood import gpu_cases, test_agency, test_ponds, test_soundness
from tests.hazards.flood.shallow_water import test_links, test_pores, test_simulation
from tests.hazards.flood.test_verification import MEREWETHER, TRUTHS
from tests.hazards.flood.truth import agency, published, runs

from anlan.hazards.flood.shallow_water import (
    Case,
    Device,
    Outputs,
    Result,
    Scheme,
    State,
    simulate,
)

WITHIN_M, WET_M = 1e-4, 1e-3
STEPS = 40.0  # about, in the simulator
EVERYTHING = Outputs(max_speed=True, max_hv=True, arrival_m=0.05, duration_m=0.05,
                     gauge_every_s=1e9)  # fmt: skip
FULL = (Scheme.GODUNOV, Scheme.MUSCL)
AGENCY = (
    ("EA test 1", agency.disconnected, (10.0, 20.0)),
    ("EA test 2", agency.depressions, (20.0, 100.0)),
    ("EA test 3", agency.obstruction, (5.0, 10.0)),
)  # cells: whole, and coarse
Asked = tuple[Case, float]
Named = tuple[str, ModuleType, Callable[[], object], tuple[Scheme, ...]]


class _Caught(Exception):
    """What a verification test asked of the engine."""


def caught(module: ModuleType, ask: Callable[[], object]) -> Asked:
    """The first case that a test gives to the engine, and for how long."""

    def stop(case: Case, until: float, *_rest: Any, **_named: Any) -> None:
        raise _Caught(case, until)

    with mock.patch.object(module, "simulate", stop):
        try:
            ask()
        except _Caught as asked:
            return asked.args[0], asked.args[1]
    raise LookupError(f"{module.__name__} did not ask the engine")


def untold(*_row: str) -> None:
    """No row for the table."""


def verified(scheme: Scheme, *, whole: bool) -> Iterator[Named]:
    """Each verification case: its name, where it asks the engine, the asking, its schemes."""
    for truth in TRUTHS:
        cells = truth.cells[-1 if whole else 0]
        yield truth.name, runs, lambda t=truth, n=cells: t.run(scheme, n), FULL
    cell_m, coarsen = (10.0, 2) if whole else (40.0, 8)
    everyone = tuple(Scheme)
    yield "EA test 4", runs, lambda: runs.plain(scheme, cell_m, 7200.0), everyone
    for name, make, cells_m in AGENCY:
        side = cells_m[0 if whole else 1]
        yield name, test_agency, lambda m=make, c=side: test_agency.run(m(scheme, c)), everyone
    if MEREWETHER.is_dir():
        place = published.merewether(MEREWETHER, coarsen=coarsen)
        yield "Merewether 2007", runs, lambda: runs.merewether(scheme, place), everyone
    plain: tuple[tuple[ModuleType, Callable[..., object], tuple[Scheme, ...]], ...] = (
        (test_soundness, test_soundness.test_a_turned_or_mirrored_valley_floods_alike, everyone),
        (test_soundness, test_soundness.test_finer_cells_flood_the_same_places, everyone),
        (test_soundness, test_soundness.test_a_dam_break_over_a_reversed_slope_dies_down_in_a_day,
         everyone),
        (test_soundness, test_soundness.test_a_burst_on_a_mountainside_stays_bounded, everyone),
        (test_ponds, test_ponds.test_a_pool_stays_as_high_as_its_ridge_when_the_sea_is_gone,
         everyone),
        (test_ponds, test_ponds.test_filled_hollows_lie_level_and_no_higher_than_they_spill,
         everyone),
        (test_ponds, test_ponds.test_a_burst_on_dry_ground_comes_in_whole, everyone),
        (test_links, test_links.test_a_drowned_weir_settles_where_its_discharge_is_what_comes_in,
         everyone),
        (test_links, test_links.test_a_culvert_levels_two_basins_as_its_formula_says, everyone),
        (test_pores, test_pores.test_a_dam_breaks_in_a_uniform_town_as_in_the_open_or_slower, FULL),
        (test_pores, test_pores.test_water_among_buildings_is_accounted_for, FULL),
    )  # fmt: skip
    for module, test, schemes in plain:
        name = test.__name__.removeprefix("test_").replace("_", " ")
        yield name, module, lambda t=test: t(scheme, untold), schemes
    yield (
        "rain, inflow and outflow, 1 h", test_soundness,
        lambda: test_soundness.test_no_water_is_made_or_lost(scheme, 1, untold), everyone,
    )  # fmt: skip
    yield (
        "film of rain", test_simulation,
        lambda: test_simulation.test_rain_runs_down_a_gentle_slope_as_a_film_to_its_edge(
            scheme, 0.0, untold
        ), everyone,
    )  # fmt: skip


def shortened(case: Case, until: float) -> float:
    """So long that the simulator makes a few dozen steps, or twice as many where water is thin."""
    depth = 0.0 if case.initial is None else float(np.nanmax(case.initial.depth_m))
    wave = 2.0 * np.sqrt(9.81 * max(depth, 0.05))
    start = 305.0 if not depth and not case.rain else 0.0  # EA tests 2 and 4 begin so late
    return min(until, start + STEPS * 0.5 * float(case.grid.cell_m) / wave)


def made(scheme: Scheme, *, whole: bool) -> Iterator[tuple[str, Case, float]]:
    for name, module, ask, schemes in verified(scheme, whole=whole):
        if scheme in schemes:
            case, until = caught(module, ask)
            yield name, case, until if whole else shortened(case, until)
    for name, case, until in gpu_cases.together(scheme, 120 if whole else 16):
        yield name, case, until * (30.0 if whole else 1.0)


def front(depth: np.ndarray, cell_m: float) -> np.ndarray:
    """Where the eastern edge of the water lies in each row, metres, between the cells' middles."""
    wet = depth > WET_M
    last = depth.shape[1] - 1 - np.argmax(wet[:, ::-1], axis=1)
    rows = np.arange(depth.shape[0])
    ahead = np.minimum(last + 1, depth.shape[1] - 1)
    here, there = depth[rows, last], depth[rows, ahead]
    share = np.clip((here - WET_M) / np.maximum(here - there, 1e-9), 0.0, 1.0)
    return np.where(wet.any(axis=1), (last + share) * cell_m, 0.0)


def compared(one: Result, other: Result, cell_m: float) -> dict[str, object]:
    away = [np.nan_to_num(np.abs(a - b)) for a, b in (
        (one.final.depth_m, other.final.depth_m), (one.max_depth_m, other.max_depth_m),
    )]  # fmt: skip
    fronts = [front(np.nan_to_num(run.final.depth_m), cell_m) for run in (one, other)]
    links = np.abs(one.links_m3 - other.links_m3) / np.maximum(np.abs(one.links_m3), 1.0)
    return {
        "within": float((np.maximum(*away) <= WITHIN_M).mean()),
        "front_m": float(np.abs(fronts[0] - fronts[1]).max()),
        "faster_ms": float(np.nanmax(np.abs(one.max_speed_ms - other.max_speed_ms))),
        "links": float(links.max(initial=0.0)),
        "steps": [one.steps, other.steps],
        "mass": [one.mass.relative_error, other.mass.relative_error],
    }


class _Middle:
    """Keeps the first state that a run offers after its start."""

    state: State | None = None

    def snapshot(self, taken: object) -> None:
        """Nothing is asked for."""

    def moment(self, now_s: float, state: Callable[[], State]) -> None:
        if now_s > 0.0 and self.state is None:
            self.state = state()


def differing(case: Case, until: float) -> list[str]:
    """What a run on the GPU that is taken up again gives otherwise than one that never stopped."""
    asked = replace(EVERYTHING, gauge_every_s=until / 2.0)
    middle = _Middle()
    whole = simulate(case, until, asked, threads=Device.CUDA, keep=middle)
    again = simulate(case, until, asked, threads=Device.CUDA, resume=middle.state)
    fields = ("max_depth_m", "max_speed_ms", "max_hv_m2s", "arrival_s", "duration_s", "links_m3")
    pairs = {name: (getattr(whole, name), getattr(again, name)) for name in fields}
    pairs["depth"] = (whole.final.depth_m, again.final.depth_m)
    found = [name for name, pair in pairs.items() if not np.array_equal(*pair, equal_nan=True)]
    return found + ([] if whole.mass == again.mass else ["mass"])


def on_both(case: Case, until: float) -> list[Result]:
    """By the processor, then by the GPU.

    The simulator's phases are compiled as quickly as can be, the processor's loops as ever.
    """
    one = simulate(case, until, EVERYTHING, threads=1)
    level = vars(numba.config)["OPT"]
    try:
        if vars(numba.config)["ENABLE_CUDASIM"]:
            vars(numba.config)["OPT"] = type(level)(0)
        return [one, simulate(case, until, EVERYTHING, threads=Device.CUDA)]
    finally:
        vars(numba.config)["OPT"] = level


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--schemes", nargs="+", type=Scheme, default=list(Scheme))
    parser.add_argument("--only", default="", help="cases with this in their name")
    given = parser.parse_args()
    # The simulator compiles each scheme's phases anew.
    for scheme in (Scheme.MUSCL,) if given.few else given.schemes:
        cases = gpu_cases.few(scheme) if given.few else made(scheme, whole=given.whole)
        for name, case, until in cases:
            if given.only not in name:
                continue
            told = {"case": name, "scheme": scheme.value}
            told |= compared(*on_both(case, until), case.grid.cell_m)
            if case.links:
                told["again"] = differing(case, until)
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
