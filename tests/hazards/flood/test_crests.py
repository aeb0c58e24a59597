"""Water over a levee against a broad-crested weir, and rain off a plane against its kinematic wave.

Weir: q = C H^1.5, C = (2/3)^1.5 g^0.5 = 1.705, H the head with that of its speed; drowned, times
(1 - r^1.5)^0.385, r the share of the head that stands behind (Villemonte 1947). Plane: Eagleson
(1970), Dynamic Hydrology, ch. 15: q = a h^(5/3), a = S^0.5/n; h = r t until all of the plane runs.
"""

import numpy as np
import pytest
from scipy.optimize import brentq

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Initial,
    Levee,
    Outputs,
    Rain,
    Scheme,
    Series,
    Side,
    simulate,
)

ROWS, COLUMNS, CUT, CELL_M = 5, 100, 50, 3.0
CREST_M, BEFORE = 1.0, 30


def head_before(scheme: Scheme, q: float, behind_m: float | None) -> float:
    """Over the crest, with that of its speed, when q runs over it, m2/s; behind_m: depth there."""
    z = np.zeros((ROWS, COLUMNS), dtype=np.float32)
    depth = np.full(z.shape, behind_m or 0.0)
    depth[:, :CUT] = CREST_M
    if behind_m is not None:
        lower = Boundary(kind=BoundaryKind.STAGE, side=Side.EAST, value=behind_m)
    else:
        z[:, CUT:] = -1.0 - 0.005 * CELL_M * np.arange(COLUMNS - CUT)
        lower = Boundary(kind=BoundaryKind.FREE, side=Side.EAST, slope=0.005)
    upper = Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, value=q * ROWS * CELL_M)
    edges = tuple((row, CUT, Side.WEST) for row in range(ROWS))
    case = Case(
        grid=Grid(z, CELL_M), manning=0.01, scheme=scheme, initial=Initial(depth),
        levees=(Levee(edges=edges, crest_m=CREST_M),), boundaries=(upper, lower),
    )  # fmt: skip
    gauges = simulate(case, 3600.0, Outputs(gauges=((2, BEFORE),))).gauges
    return float(gauges.depth_m[-1, 0] - CREST_M + gauges.u_ms[-1, 0] ** 2 / (2.0 * 9.81))


@pytest.mark.parametrize("scheme", Scheme)
def test_a_levee_passes_water_freely_as_a_broad_crest_does(scheme: Scheme, table) -> None:
    crest = (2.0 / 3.0) ** 1.5 * 9.81**0.5
    coefficients = [q / head_before(scheme, q, None) ** 1.5 for q in (0.1, 0.5, 1.5)]
    worst = max(abs(c / crest - 1.0) for c in coefficients)
    table("free over a levee", scheme,
          ", ".join(f"{c:.2f}" for c in coefficients) + " q/H^1.5, a broad crest 1.705",
          "6 %")  # fmt: skip
    assert worst < 0.06, coefficients


@pytest.mark.parametrize(
    ("scheme", "allowed"), [("godunov", 0.03), ("muscl", 0.03), ("inertial", 0.1)]
)
def test_a_drowned_levee_holds_the_head_of_a_drowned_weir(
    scheme: str, allowed: float, table
) -> None:
    head, share = 0.5, 0.65
    q = (2.0 / 3.0) ** 1.5 * 9.81**0.5 * head**1.5 * (1.0 - share**1.5) ** 0.385
    found = head_before(Scheme(scheme), q, CREST_M + share * head)
    table("levee drowned to 65 % of the head", scheme, f"{found - head:+.2f} m from the head",
          f"{allowed:g} m")  # fmt: skip
    assert abs(found - head) < allowed


def kinematic(
    t_s: np.ndarray, length_m: float, rise_m_s: float, last_s: float, a: float
) -> np.ndarray:
    """Discharge at the foot of a plane, m2/s, rained on until last_s."""
    full = (length_m / (a * rise_m_s ** (2.0 / 3.0))) ** 0.6
    assert full < last_s
    q = a * (rise_m_s * np.minimum(t_s, full)) ** (5.0 / 3.0)

    def reach(h: float, since: float) -> float:
        """How far a depth has come since the rain ended."""
        return a * h ** (2.0 / 3.0) * (h / rise_m_s + 5.0 / 3.0 * since)

    for n in np.flatnonzero(t_s > last_s):
        since = t_s[n] - last_s
        h = brentq(lambda h, since=since: reach(h, since) - length_m, 1e-9, 1.0)
        q[n] = a * h ** (5.0 / 3.0)
    return q


@pytest.mark.parametrize("scheme", [Scheme.INERTIAL, Scheme.MUSCL])
def test_rain_leaves_a_plane_as_its_kinematic_wave(scheme: Scheme, table) -> None:
    """200 m at 1 %, 50 mm/h for an hour, with the step that the scheme takes by itself."""
    slope, n, rain, cell = 0.01, 0.05, 50.0 / 3.6e6, 2.0
    z = np.tile(-slope * cell * np.arange(100), (ROWS, 1)).astype(np.float32)
    series = Series(np.array([0.0, 3600.0, 3600.1, 1e5]), np.array([50.0, 50.0, 0.0, 0.0]))
    case = Case(
        grid=Grid(z, cell), manning=n, scheme=scheme, rain=Rain(series),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.EAST, slope=slope),),
    )  # fmt: skip
    result = simulate(case, 4800.0, Outputs(gauge_every_s=60.0))
    out = -result.discharges.boundaries_m3s[1:, 0] / (ROWS * cell)
    middles = result.gauges.t_s[1:] - 30.0
    truth = kinematic(middles, 200.0, rain, 3600.0, slope**0.5 / n)
    error = float(np.sqrt(np.mean((out - truth) ** 2)) / truth.max())
    jump = float(np.abs(np.diff(out)).max() / np.abs(np.diff(truth)).max())
    table("hydrograph of a rained plane", scheme,
          f"{error:.1%} of the crest (root mean square), steepest {jump:.2f} of the true one",
          "2 %, 1.15")  # fmt: skip
    assert error < 0.02
    assert jump < 1.15
