"""What each member of an ensemble is: a Latin hypercube over what the case varies.

McKay, Beckman & Conover (1979), Technometrics 21, 239-245: every tenth of each range holds a tenth
of the members, whatever the number of things varied.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from anlan.hazards.flood.casefile import Plan, Varied, What
from anlan.hazards.flood.shallow_water import Case, Rain, RainRaster, Series
from anlan.hazards.flood.shallow_water.series import Given

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """values: (members, varied), each in the unit of what it varies."""

    plan: Plan
    values: Floats


def draw(plan: Plan, members: int) -> Drawn:
    """The members of a plan; the same seed and number give the same members."""
    cube = qmc.LatinHypercube(len(plan.varied), rng=np.random.default_rng(plan.seed))
    low = np.array([one.low for one in plan.varied])
    high = np.array([one.high for one in plan.varied])
    return Drawn(plan, low + cube.random(members) * (high - low))


def varied_case(case: Case, varied: tuple[Varied, ...], values: list[float]) -> Case:
    """The case of one member."""
    for one, value in zip(varied, values, strict=True):
        case = _CHANGES[one.what](case, one.place, value)
    return case


def times(given: Given, factor: float) -> Given:
    """A value over time, each time so many times as great."""
    if isinstance(given, Series):
        return Series(given.t_s, given.value * factor)
    return given * factor


def later(given: Given, seconds: float) -> Given:
    """A series that comes later (or earlier, if negative); its ends hold where nothing is known."""
    if not isinstance(given, Series):
        return given
    moved = np.concatenate([given.t_s[:1], given.t_s + seconds, given.t_s[-1:]])
    value = np.concatenate([given.value[:1], given.value, given.value[-1:]])
    rises = np.ones(moved.size, dtype=np.bool_)
    rises[0], rises[-1] = moved[0] < moved[1], moved[-1] > moved[-2]
    return Series(moved[rises], value[rises])


def fallen(given: Given, share: float) -> Given:
    """A crest that falls by a share of what it would have fallen from its first height."""
    if not isinstance(given, Series):
        return given
    first = given.value[0]
    return Series(given.t_s, first + share * (given.value - first))


def _roughness(case: Case, _: int, factor: float) -> Case:
    if isinstance(case.manning, np.ndarray):
        return replace(case, manning=(case.manning * np.float32(factor)).astype(np.float32))
    return replace(case, manning=case.manning * factor)


def _rain(case: Case, _: int, factor: float) -> Case:
    if case.rain is None:
        return case
    rain = case.rain.mm_h
    if isinstance(rain, RainRaster):
        maps = (rain.mm_h * np.float32(factor)).astype(np.float32)
        return replace(case, rain=Rain(replace(rain, mm_h=maps)))
    return replace(case, rain=Rain(times(rain, factor)))


def _at(items: tuple[Any, ...], place: int, field: str, change: Callable[[Given], Given]) -> Any:
    own = items[place]
    changed = replace(own, **{field: change(getattr(own, field))})
    return (*items[:place], changed, *items[place + 1 :])


def _inflow(change: Callable[[Given, float], Given]) -> Callable[[Case, int, float], Case]:
    return lambda case, place, value: replace(
        case, inflows=_at(case.inflows, place, "discharge_m3s", lambda g: change(g, value))
    )


def _boundary(change: Callable[[Given, float], Given]) -> Callable[[Case, int, float], Case]:
    return lambda case, place, value: replace(
        case, boundaries=_at(case.boundaries, place, "value", lambda g: change(g, value))
    )


def _levee(change: Callable[[Given, float], Given]) -> Callable[[Case, int, float], Case]:
    return lambda case, place, value: replace(
        case, levees=_at(case.levees, place, "crest_m", lambda g: change(g, value))
    )


def _raised(given: Given, metres: float) -> Given:
    return Series(given.t_s, given.value + metres) if isinstance(given, Series) else given + metres


_CHANGES: dict[What, Callable[[Case, int, float], Case]] = {
    What.ROUGHNESS: _roughness,
    What.RAIN: _rain,
    What.INFLOW: _inflow(times),
    What.INFLOW_TIME: _inflow(later),
    What.DISCHARGE: _boundary(times),
    What.STAGE: _boundary(_raised),
    What.BOUNDARY_TIME: _boundary(later),
    What.BREACH_TIME: _levee(later),
    What.BREACH_DEPTH: _levee(fallen),
}
