"""Green & Ampt under ponded water against their own solution, which is implicit in time."""

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import Case, GreenAmpt, Grid, Initial, Outputs, simulate

CELLS, DEPTH_M = 8, 0.5
CONDUCTIVITY_MM_H, SUCTION_M, DEFICIT = 20.0, 0.1, 0.3


def taken_m(t_s: float) -> float:
    """F - psi dtheta ln(1 + F / (psi dtheta)) = K t, by Newton's steps."""
    rate, pull = CONDUCTIVITY_MM_H / 3.6e6, SUCTION_M * DEFICIT
    taken = np.sqrt(2.0 * rate * pull * t_s) + rate * t_s
    for _ in range(50):
        missed = taken - pull * np.log1p(taken / pull) - rate * t_s
        taken -= missed * (pull + taken) / taken
    return float(taken)


@pytest.mark.parametrize(("cell_m", "within"), [(10.0, 0.002), (300.0, 0.02)])
def test_ponded_ground_takes_what_green_and_ampt_solved(cell_m: float, within: float) -> None:
    """From dry soil, by steps of two seconds and of a minute; the first is no endless rate."""
    case = Case(
        grid=Grid(np.zeros((CELLS, CELLS)), cell_m),
        initial=Initial(np.full((CELLS, CELLS), DEPTH_M)),
        infiltration=GreenAmpt(
            conductivity_mm_h=CONDUCTIVITY_MM_H, suction_m=SUCTION_M, deficit=DEFICIT
        ),
    )
    for t_s in (60.0, 600.0, 3600.0):
        flood = simulate(case, t_s, Outputs(gauge_every_s=t_s), threads=1)
        found = flood.mass.infiltration_m3 / (CELLS * cell_m) ** 2
        assert found == pytest.approx(taken_m(t_s), rel=within)
        assert flood.final.depth_m == pytest.approx(DEPTH_M - found, abs=1e-6)
