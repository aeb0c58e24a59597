"""How far a stage forecast may be off, by lead time: from past errors, else from configuration."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Half the errors lie within z50 standard deviations of a normal error, nine in ten within z90.
Z50, Z90 = 0.6745, 1.6449
ENOUGH_ERRORS = 20
NEAR_H = 0.5


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation of the stage error, metres: the root of the squares of three parts.

    now_m: what is left at the issue; per_h_m: growth with each hour; of_change: share of the change
    that is forecast (a steep rise is surer to come than its height).
    """

    now_m: float
    per_h_m: float
    of_change: float

    def at(self, lead_h: Floats, change_m: Floats) -> Floats:
        lead = np.maximum(lead_h, 0.0)
        parts = (self.per_h_m * lead) ** 2 + (self.of_change * change_m) ** 2
        return np.asarray(np.sqrt(self.now_m**2 + parts))


@dataclass(frozen=True, slots=True)
class PastError:
    """One checked forecast: how far ahead it looked, forecast minus observed, metres."""

    lead_h: float
    error_m: float


def deviation(
    lead_h: Floats, change_m: Floats, spread: Spread, past: Sequence[PastError]
) -> Floats:
    """Standard deviation of the error at each lead, metres, never shrinking with lead.

    change_m: forecast minus present stage at each lead. A lead with `ENOUGH_ERRORS` past errors
    counts with their root mean square; between and beyond such leads it is interpolated.
    """
    known_h, known_m = [], []
    for lead in sorted({round(one.lead_h) for one in past}):
        errors = [one.error_m for one in past if abs(one.lead_h - lead) <= NEAR_H]
        if len(errors) >= ENOUGH_ERRORS:
            known_h.append(float(lead))
            known_m.append(float(np.sqrt(np.mean(np.square(errors)))))
    stated = spread.at(lead_h, change_m)
    if known_h:
        inside = (lead_h >= known_h[0]) & (lead_h <= known_h[-1])
        stated = np.where(inside, np.interp(lead_h, known_h, known_m), stated)
    return np.asarray(np.maximum.accumulate(stated))
