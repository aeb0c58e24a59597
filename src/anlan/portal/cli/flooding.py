"""`anlan kernels`: the numerical kernels compiled ahead, without the web framework."""

import argparse

import numpy as np

from anlan.hazards.flood import shallow_water
from anlan.hazards.flood.case import Case, Inflow, Series, Settings, StageBoundary
from anlan.hazards.flood.local_inertial import simulate
from anlan.portal.cli.language import _


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
    for scheme in shallow_water.Scheme:
        pond = shallow_water.Case(
            grid=shallow_water.Grid(ground, 20.0), scheme=scheme,
            initial=shallow_water.Initial(ground + 1.0),
        )  # fmt: skip
        shallow_water.simulate(pond, 10.0)
    print(_("the kernels are compiled"))
    return 0
