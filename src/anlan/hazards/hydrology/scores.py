"""How good a forecast was: GB/T 22482-2008, Standard for hydrological information and forecasting.

A forecast qualifies when its error stays within what is allowed; the qualified rate QR and the
certainty coefficient DC (Nash-Sutcliffe) have grades 甲 乙 丙. A revision of the standard is in
circulation: the limits are data (`Limits`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Passed = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Allowed errors and grades.

    peak, change, depth: shares of the observed peak, of the observed change over the lead time and
    of the observed runoff depth. lead: share of the lead time, at least least_time_h. depth_mm:
    least and most. least_stage_m: where the river hardly moves. qr, dc: lower bounds of 甲 乙 丙.
    """

    peak: float = 0.20
    lead: float = 0.30
    least_time_h: float = 3.0
    depth: float = 0.20
    depth_mm: tuple[float, float] = (3.0, 20.0)
    change: float = 0.20
    least_stage_m: float = 0.10
    qr: tuple[float, float, float] = (85.0, 70.0, 60.0)
    dc: tuple[float, float, float] = (0.90, 0.70, 0.50)


GBT22482 = Limits()
_ROUNDING = 1e-9


def _arrays(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]


def stage_qualified(
    forecast_m: ArrayLike, observed_m: ArrayLike, at_issue_m: ArrayLike, limits: Limits = GBT22482
) -> Passed:
    """Channel stage forecasts: error within a share of the observed change over the lead time.

    All in metres above one datum; at_issue_m is the stage observed when the forecast was made.
    """
    forecast, observed, start = _arrays(forecast_m, observed_m, at_issue_m)
    allowed = np.maximum(limits.change * np.abs(observed - start), limits.least_stage_m)
    return np.asarray(np.abs(forecast - observed) <= allowed + _ROUNDING)


def peak_qualified(forecast: ArrayLike, observed: ArrayLike, limits: Limits = GBT22482) -> Passed:
    """Peak discharge within a share of the observed."""
    ours, truth = _arrays(forecast, observed)
    return np.asarray(np.abs(ours - truth) <= limits.peak * truth + _ROUNDING)


def time_allowed_h(lead_h: ArrayLike, step_h: float = 0.0, limits: Limits = GBT22482) -> Floats:
    """Allowed error of the peak's time, hours: a share of the lead, never under 3 h or one step."""
    (lead,) = _arrays(lead_h)
    return np.asarray(np.maximum(limits.lead * lead, max(limits.least_time_h, step_h)))


def time_qualified(
    error_h: ArrayLike, lead_h: ArrayLike, step_h: float = 0.0, limits: Limits = GBT22482
) -> Passed:
    """The peak came when it was said to."""
    (error,) = _arrays(error_h)
    return np.asarray(np.abs(error) <= time_allowed_h(lead_h, step_h, limits) + _ROUNDING)


def depth_allowed_mm(observed_mm: ArrayLike, limits: Limits = GBT22482) -> Floats:
    """Allowed error of the runoff depth, mm."""
    (observed,) = _arrays(observed_mm)
    return np.asarray(np.clip(limits.depth * observed, *limits.depth_mm))


def depth_qualified(
    forecast_mm: ArrayLike, observed_mm: ArrayLike, limits: Limits = GBT22482
) -> Passed:
    """Runoff depth within what is allowed."""
    ours, truth = _arrays(forecast_mm, observed_mm)
    return np.asarray(np.abs(ours - truth) <= depth_allowed_mm(truth, limits) + _ROUNDING)


def qualified_rate(passed: ArrayLike) -> float | None:
    """QR, percent of forecasts that qualified; None where there is nothing to judge."""
    verdicts = np.asarray(passed, dtype=np.bool_)
    return None if verdicts.size == 0 else float(100.0 * verdicts.mean())


def certainty(forecast: ArrayLike, observed: ArrayLike) -> float | None:
    """DC = 1 - sum (forecast - observed)^2 / sum (observed - mean)^2; None for a level series."""
    ours, truth = _arrays(forecast, observed)
    if ours.shape != truth.shape:
        raise ValueError("forecast and observation have the same times")
    spread = float(np.sum((truth - truth.mean()) ** 2)) if truth.size else 0.0
    return None if spread == 0.0 else float(1.0 - np.sum((ours - truth) ** 2) / spread)


def grade(value: float, bounds: tuple[float, float, float]) -> str | None:
    """甲, 乙, 丙 by lower bounds, which belong to the grade; None is below all."""
    for name, bound in zip("甲乙丙", bounds, strict=True):
        if value >= bound - _ROUNDING:
            return name
    return None
