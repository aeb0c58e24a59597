"""A forecast is moved by the error it has just shown, less and less as it looks further ahead.

The output correction of real-time flood forecasting in its simplest form, an AR(1) error:
e(lead) = e(0) exp(-lead / T), with e(0) the newest observed minus computed stage.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def decaying_error(lead_h: ArrayLike, last_error: float, time_constant_h: float) -> Floats:
    """What to add to a forecast `lead_h` hours ahead, metres; leads before zero get e(0)."""
    if time_constant_h <= 0:
        raise ValueError("the error needs a positive time constant")
    lead = np.maximum(np.asarray(lead_h, dtype=np.float64), 0.0)
    return np.asarray(last_error * np.exp(-lead / time_constant_h))


def corrected(
    forecast: ArrayLike, lead_h: ArrayLike, *, last_error: float, time_constant_h: float
) -> Floats:
    """The forecast plus the decaying error; all in the forecast's unit and datum."""
    values = np.asarray(forecast, dtype=np.float64)
    return np.asarray(values + decaying_error(lead_h, last_error, time_constant_h))
