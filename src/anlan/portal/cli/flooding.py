"""`anlan kernels`: the numerical kernels compiled ahead, without the web framework."""

import argparse

import numpy as np

from anlan.hazards.flood.shallow_water import Case, Grid, Initial, Scheme, simulate
from anlan.portal.cli.language import _
from anlan.terrain.lines import nearest_on_line
from anlan.vocabulary import clock


def kernels(asked: argparse.Namespace) -> int:
    """Compile every kernel on a puddle and say what its first call will take from now on.

    Numba keeps them beside the sources; each scheme is one compiled loop whatever is asked of it.
    """
    began = clock.stopwatch()
    ground = np.zeros((12, 12), dtype=np.float32)
    for scheme in Scheme:
        simulate(Case(grid=Grid(ground, 20.0), scheme=scheme, initial=Initial(ground + 1.0)), 10.0)
    middle = np.arange(3.0)
    nearest_on_line(middle, middle, np.zeros((2, 2)))
    took = clock.stopwatch() - began
    print(_("the kernels are compiled ({seconds:.1f} s)").format(seconds=took))
    return 0
