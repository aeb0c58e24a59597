"""A flood wave between two gauges: linear Muskingum routing.

McCarthy (1938); coefficients as in Subramanya, Engineering Hydrology, and Chow, Applied Hydrology
8.4. Storage in the reach is S = K (x I + (1 - x) O); with the water balance dS/dt = I - O over one
step this gives O2 = C0 I2 + C1 I1 + C2 O1.

A long reach in short steps is routed as n sub-reaches with K/n and
x_n = 1/2 - n (1 - 2x) / 2, which keep the delay and the spreading of the whole (分段连续演算).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
MOST_REACHES = 50


class StepOutOfRange(ValueError):
    """The time step breaks 2 K x <= dt <= 2 K (1 - x): the routing would invent dips or waves."""


class Coefficients(NamedTuple):
    """C0, C1, C2 of one step; they add up to one."""

    c0: float
    c1: float
    c2: float


def coefficients(k_h: float, x: float, dt_h: float) -> Coefficients:
    """C0, C1, C2 of a reach with storage constant K (h) and weight x, for steps of dt (h).

    Raises `StepOutOfRange` outside 2 K x <= dt <= 2 K (1 - x), where a coefficient is negative.
    """
    if k_h <= 0 or dt_h <= 0 or not 0 <= x <= 0.5:
        raise ValueError(f"K > 0 h, dt > 0 h and 0 <= x <= 0.5, not {k_h}, {dt_h}, {x}")
    shortest, longest = 2 * k_h * x, 2 * k_h * (1 - x)
    if not shortest * (1 - 1e-9) <= dt_h <= longest * (1 + 1e-9):
        raise StepOutOfRange(
            f"a step of {dt_h:g} h is outside {shortest:g}..{longest:g} h for K={k_h:g}, x={x:g}"
        )
    divisor = longest + dt_h
    c0, c1 = (dt_h - shortest) / divisor, (dt_h + shortest) / divisor
    return Coefficients(c0, c1, 1.0 - c0 - c1)


def sub_reach(k_h: float, x: float, reaches: int) -> tuple[float, float]:
    """K and x of one of `reaches` equal parts that together delay and spread like the whole."""
    return k_h / reaches, 0.5 - reaches * (1 - 2 * x) / 2


def reaches_needed(k_h: float, x: float, dt_h: float) -> int:
    """The fewest sub-reaches for which a step of dt is allowed.

    Raises `StepOutOfRange` where none is: the step is longer than the reach can carry, or so
    short that a part would need a negative x.
    """
    for reaches in range(1, MOST_REACHES + 1):
        part_k, part_x = sub_reach(k_h, x, reaches)
        if part_x < 0:
            break
        if 2 * part_k * part_x <= dt_h * (1 + 1e-9):
            coefficients(part_k, part_x, dt_h)
            return reaches
    raise StepOutOfRange(f"no division of K={k_h:g} h, x={x:g} allows a step of {dt_h:g} h")


def route(
    inflow: ArrayLike,
    *,
    k_h: float,
    x: float,
    dt_h: float,
    initial: float | None = None,
    reaches: int | None = None,
) -> Floats:
    """Outflow of a reach, m3/s, at the times of the inflow.

    inflow: discharge at the upper end, shape (n,), every dt_h hours, no gaps. k_h: storage
    constant, hours; x: weight 0..0.5. initial: outflow at the first time, the inflow's if not
    given (steady before). reaches: number of sub-reaches, the fewest possible if not given.
    Raises `StepOutOfRange`, and ValueError for gaps or negative discharge.
    """
    discharge = np.asarray(inflow, dtype=np.float64)
    if discharge.ndim != 1 or discharge.size == 0:
        raise ValueError("inflow is one row of discharges")
    if not np.isfinite(discharge).all() or (discharge < 0).any():
        raise ValueError("inflow has a gap or a negative discharge")
    parts = reaches_needed(k_h, x, dt_h) if reaches is None else reaches
    part = coefficients(*sub_reach(k_h, x, parts), dt_h)
    first = float(discharge[0]) if initial is None else initial
    for _ in range(parts):
        discharge = _route_once(discharge, part, first)
    return discharge


def _route_once(inflow: Floats, c: Coefficients, first: float) -> Floats:
    """O2 = C0 I2 + C1 I1 + C2 O1, step by step."""
    outflow = np.empty_like(inflow)
    outflow[0] = first
    for step in range(1, inflow.size):
        outflow[step] = c.c0 * inflow[step] + c.c1 * inflow[step - 1] + c.c2 * outflow[step - 1]
    return outflow
