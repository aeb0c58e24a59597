"""Kernels are compiled at install: the first flood of a fresh process compiles nothing."""

import subprocess
import sys

FIRST_FLOOD = """
import numpy as np
from anlan.hazards.flood import shallow_water as water
from anlan.hazards.flood.shallow_water.loops import LOOPS
from anlan.terrain import lines
rise = water.Series(np.array([0.0, 60.0]), np.array([1.0, 1.2]))
trough = np.zeros((30, 40), dtype=np.float32)
for scheme in water.Scheme:
    case = water.Case(
        grid=water.Grid(trough, 10.0), scheme=scheme, initial=water.Initial(trough + 0.5),
        rain=water.Rain(20.0), infiltration=water.ConstantLoss(mm_h=5.0),
        inflows=(water.Inflow(cells=np.array([[3, 3]]), discharge_m3s=2.0),),
        boundaries=(
            water.Boundary(kind=water.BoundaryKind.STAGE, side=water.Side.EAST, value=rise),
        ),
    )
    water.simulate(case, 60.0, water.Outputs(max_speed=True, max_hv=True, arrival_m=0.03))
lines.nearest_on_line(np.arange(5.0), np.arange(4.0), np.zeros((3, 2)))
for kernel in (*LOOPS.values(), lines._nearest):
    assert sum(kernel.stats.cache_hits.values()) == 1, kernel
    assert not kernel.stats.cache_misses, kernel
"""


def test_the_first_flood_of_a_fresh_process_compiles_nothing():
    for command in (["-m", "anlan.portal.cli", "kernels"], ["-c", FIRST_FLOOD]):
        done = subprocess.run(
            [sys.executable, *command], capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stderr
