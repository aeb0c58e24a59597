"""Where what comes from outside bends: steps end there, so that none passes over a burst.

Between two bends a series is straight: what it gives at the middle of a step is its mean over the
step. On dry ground a step may last many seconds; a rise is cut into parts, so that it comes in as
it rises.
"""

from collections.abc import Iterator

import numpy as np

from anlan.hazards.flood.shallow_water.case import BoundaryKind, Case
from anlan.hazards.flood.shallow_water.series import Floats, RainRaster, Series

SHARE = 0.01  # of the whole volume: what one rise may bring in a step


def bends_of(case: Case, until_s: float) -> Floats:
    """The times within the run, rising, at which a step is to end."""
    found = [np.zeros(0), *_knots(case)]
    found += [_rises(series, until_s) for series in _discharges(case)]
    times = np.unique(np.concatenate(found))
    return times[(times > 0.0) & (times < until_s)]


def _knots(case: Case) -> Iterator[Floats]:
    given = [b.value for b in case.boundaries] + [b.level_m for b in case.boundaries]
    given += [levee.crest_m for levee in case.levees]
    given += [inflow.discharge_m3s for inflow in case.inflows]
    rain = case.rain.mm_h if case.rain is not None else None
    yield from (one.t_s for one in given if isinstance(one, Series))
    if isinstance(rain, Series | RainRaster):
        yield rain.t_s.astype(np.float64)


def _discharges(case: Case) -> Iterator[Series]:
    given = [b.value for b in case.boundaries if b.kind is BoundaryKind.FLOW]
    given += [inflow.discharge_m3s for inflow in case.inflows]
    return (one for one in given if isinstance(one, Series))


def _rises(series: Series, until_s: float) -> Floats:
    """Parts of each rise or fall, so short that one brings little."""
    t = np.clip(series.t_s, 0.0, until_s)
    value = np.interp(t, series.t_s, series.value)
    whole = float(np.trapezoid(np.abs(value), t))
    if whole <= 0.0:
        return np.zeros(0)
    parts = np.ceil(np.abs(np.diff(value)) * np.diff(t) / (SHARE * whole)).astype(np.int64)
    ends = [np.linspace(a, b, n + 1) for a, b, n in zip(t, t[1:], parts, strict=False) if n > 1]
    return np.concatenate([np.zeros(0), *ends])
