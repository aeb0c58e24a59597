"""Water that the ground takes up, before each step.

A constant rate; Green & Ampt (1911), f = K (1 + psi dtheta / F); or the curve number of the US Soil
Conservation Service (NEH-4), whose dF/dP = (1 - F/S)^2 past the initial abstraction depends on what
was taken alone, so that no clock of the storm is needed.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, quick, scalar
from anlan.hazards.flood.shallow_water.fields import PAD, SCRATCH
from anlan.hazards.flood.shallow_water.flux import FOUR, HALF, ONE, TINY, TWO, ZERO, F
from anlan.hazards.flood.shallow_water.pores import row_rain, share_at

NONE, CONSTANT, GREEN_AMPT, CURVE_NUMBER = 0, 1, 2, 3
LEAST_M = F(1e-6)


@quick
def row_rate(soil: Any, rate: Any, dt: Any) -> None:
    """Constant: metres that may be taken in a step."""
    for j in range(np.uint64(rate.size)):
        rate[j] = soil[j] * dt


@scalar
def green_ampt(conductivity: Any, pull: Any, taken: Any) -> Any:
    """Metres that ponded ground takes in a step. conductivity: times the step, m; pull: suction
    times deficit, m; taken: before, m.

    dF = K dt (1 + pull / F) with F in the middle of the step, the quadratic of Li, Stevens & Simons
    (1976), which is right for the first moments, too: F = sqrt(2 K pull t).
    """
    back = TWO * taken - conductivity
    root = sqrt(back * back + F(8.0) * conductivity * (taken + pull))
    ahead = FOUR * conductivity * (taken + pull) / (root + abs(back) + TINY)  # without cancelling
    return ahead if back > ZERO else HALF * (root - back)


@quick
def row_green_ampt(soil: Any, rate: Any, dt: Any) -> None:
    """soil: conductivity m/s, suction times deficit m, taken m."""
    conductivity, pull, taken = soil
    for j in range(np.uint64(rate.size)):
        rate[j] = green_ampt(conductivity[j] * dt, pull[j], taken[j])


@quick
def row_curve_number(soil: Any, rate: Any, rain: Any, rain_m: Any) -> None:
    """soil: retention S, initial abstraction and what was taken, m; of the rain of a step."""
    retention, abstraction, taken = soil
    for j in range(np.uint64(rate.size)):
        filled = (taken[j] - abstraction[j]) / max(retention[j], LEAST_M)
        left = max(ONE - max(filled, ZERO), ZERO)
        rate[j] = left * left * rain[j] * rain_m


@quick
def row_take(water: Any, lost: Any, taken: Any, rate: Any) -> None:
    """Take what may be taken and is there; `rate` becomes what was taken."""
    for j in range(np.uint64(rate.size)):
        loss = max(min(rate[j], water[j] - max(lost[j], ZERO)), ZERO)
        gain = -loss - lost[j]
        depth = max(water[j] + gain, ZERO)
        lost[j] = (depth - water[j]) - gain
        water[j] = depth
        taken[j] += loss
        rate[j] = loss


@kernel
def take(h: Any, land: Any, soil: Any, unit: Any, step: Any, work: Any) -> Any:
    """Let the ground of a unit take water; returns how much, metres times cells."""
    wide = unit[3] - unit[2]
    here, inner = slice(unit[2], unit[3]), slice(PAD, PAD + wide)
    rate, room, even = work[0, inner], work[1, inner], work[SCRATCH - 1, inner]
    total = 0.0
    for i in range(unit[0], unit[1]):
        taken = soil.taken[i, here]
        if soil.kind[0] == CONSTANT:
            row_rate(soil.first[i, here], rate, step.dt)
        elif soil.kind[0] == GREEN_AMPT:
            row_green_ampt((soil.first[i, here], soil.second[i, here], taken), rate, step.dt)
        else:
            fall = land.rain[step.rain_map, i, here] if step.rain_map >= 0 else even
            if land.share.size > 0:
                row_rain(fall, land.share[i, here], room, (np.uint64(0), np.uint64(wide)))
                fall = room
            ground = (soil.first[i, here], soil.second[i, here], taken)
            row_curve_number(ground, rate, fall, step.rain)
        row_take(h[i, here], land.lost[i, here], taken, rate)
        for j in range(wide):
            total += np.float64(rate[j]) * share_at(land, i, unit[2] + j)
    return total


@kernel
def soak(h: Any, run: Any, task: Any, step: Any) -> None:
    """Let the ground of the units of a task take water. task: which, scratch rows."""
    t, work = task
    units = run.units
    for n in range(units.tasks[t], units.tasks[t + 1]):
        unit = (units.row[n], units.row_stop[n], units.col[n], units.col_stop[n])
        units.taken[n] = take(h, run.land, run.soil, unit, step, work)


@kernel
def account(soil: Any, units: Any) -> None:
    """Count what the ground of all units took, in a fixed order."""
    for n in range(units.total[0]):
        soil.sum[0] += units.taken[n]
