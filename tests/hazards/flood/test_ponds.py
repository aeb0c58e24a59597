"""What is known of the end whatever happens between: pools behind ridges, hollows, bursts."""

import numpy as np
import pytest
from scipy import ndimage
from tests.hazards.flood.truth import ponds

from anlan.hazards.flood.shallow_water import Outputs, Scheme, simulate

HOUR = 3600.0
FILM_M = 0.02
SELDOM = Outputs(gauge_every_s=HOUR)


@pytest.mark.parametrize("scheme", Scheme)
def test_a_pool_stays_as_high_as_its_ridge_when_the_sea_is_gone(scheme: Scheme, table) -> None:
    case, bed, pool = ponds.ridge(scheme)
    end = simulate(case, 5 * HOUR, SELDOM, threads=1)
    depth = end.final.depth_m[1]
    level = (depth + bed)[pool][depth[pool] > FILM_M]
    over = float(np.abs(level - ponds.CREST_M).max())
    sea = float(np.abs((depth + bed)[:20] - ponds.SEA_M).max())
    table("pool behind a ridge, sea gone", scheme.value, f"pool {over * 1000:.0f} mm above the "
          f"ridge, sea within {sea * 1000:.1f} mm, mass error {abs(end.mass.relative_error):.0e}",
          "15 mm, 1 mm, 1e-6")  # fmt: skip
    assert over < 0.015
    assert sea < 0.001
    assert abs(end.mass.relative_error) < 1e-6


@pytest.mark.parametrize("scheme", Scheme)
def test_filled_hollows_lie_level_and_no_higher_than_they_spill(scheme: Scheme, table) -> None:
    case = ponds.hollows(scheme)
    end = simulate(case, 24 * HOUR, SELDOM, threads=1)
    depth, z = end.final.depth_m, case.grid.z
    hollows, count = ndimage.label(depth > FILM_M)
    slant = over = 0.0
    for number in range(1, count + 1):
        inside = hollows == number
        rim = ndimage.binary_dilation(inside) & ~inside
        level = (depth + z)[inside]
        slant = max(slant, float(np.ptp(level)))
        over = max(over, float(level.max() - z[rim].min()))
    table("nine hollows filled in turn, 24 h", scheme.value, f"{count} ponds level within "
          f"{slant * 1000:.1f} mm, {over * 1000:.0f} mm over their rims at most, mass error "
          f"{abs(end.mass.relative_error):.0e}", "3 mm, 25 mm, 1e-6")  # fmt: skip
    assert slant < 0.003
    assert over < FILM_M + 0.005
    assert abs(end.mass.relative_error) < 1e-6


@pytest.mark.parametrize("scheme", Scheme)
def test_a_burst_on_dry_ground_comes_in_whole(scheme: Scheme, table) -> None:
    """Its hydrograph is over in 24 s; a step on the dry ground before it lasts 7."""
    case, _ = ponds.obstruction(scheme, 5.0)
    flow = case.boundaries[0].value
    volume = float(np.trapezoid(flow.value[:-1], flow.t_s[:-1]))
    mass = simulate(case, 60.0, SELDOM, threads=1).mass
    table("burst of 24 s on dry ground", scheme.value,
          f"{mass.boundary_in_m3 / volume - 1.0:+.0e} of its volume", "1e-3")  # fmt: skip
    assert mass.boundary_in_m3 == pytest.approx(volume, rel=1e-3)


def test_momentum_carries_water_over_a_step_that_its_level_would_not_reach(table) -> None:
    """The hollow before the step would just hold all of it; the full equations agree on the rest.

    Local inertial has no advection of momentum and is not asked.
    """
    beyond = {}
    for scheme in (Scheme.GODUNOV, Scheme.MUSCL):
        case, far = ponds.obstruction(scheme, 2.5)
        depth = simulate(case, 900.0, SELDOM, threads=1).final.depth_m
        beyond[scheme] = float(depth[:, far].sum() / depth.sum())
        table("momentum over a step", scheme.value, f"{beyond[scheme]:.1%} of the water beyond it",
              "27 to 33 %")  # fmt: skip
        assert 0.27 < beyond[scheme] < 0.33
    assert beyond[Scheme.GODUNOV] == pytest.approx(beyond[Scheme.MUSCL], abs=0.02)
