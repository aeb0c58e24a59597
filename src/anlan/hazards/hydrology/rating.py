"""Stage and discharge of a gauge: the power-law rating curve.

Q = a (h - h0)^b (ISO 18320, GB/T 50179), h0 the stage of no flow, b near 5/3 for a wide channel. A
rating belongs to a datum and was gauged up to some discharge; beyond 1.5 times that it is
extrapolated and says so. It knows nothing of backwater: see `backwater`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anlan.vocabulary.datum import Datum, DatumMismatch

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Q = a (h - h0)^b, stage h in metres of `datum`, Q in m3/s.

    gauged_to_m3s: the largest discharge that supports the curve; extrapolation: how many times
    that is still believed. origin: where a, h0 and b come from.
    """

    a: float
    h0_m: float
    b: float
    datum: Datum
    gauged_to_m3s: float
    extrapolation: float = 1.5
    origin: str = ""

    def __post_init__(self) -> None:
        if self.a <= 0 or self.b <= 0 or self.gauged_to_m3s <= 0:
            raise ValueError("a rating needs a > 0, b > 0 and a gauged discharge > 0")

    def discharge(self, stage_m: ArrayLike, datum: Datum) -> Floats:
        """Discharge, m3/s; 0 at and below h0. Raises `DatumMismatch` for another datum."""
        if datum is not self.datum:
            raise DatumMismatch(f"a stage in {datum} against a rating in {self.datum}")
        above = np.maximum(np.asarray(stage_m, dtype=np.float64) - self.h0_m, 0.0)
        return np.asarray(self.a * above**self.b)

    def stage(self, discharge_m3s: ArrayLike) -> Floats:
        """The stage of a discharge, metres of the rating's datum; negative flow is refused."""
        discharge = np.asarray(discharge_m3s, dtype=np.float64)
        if (discharge < 0).any():
            raise ValueError("a rating has no stage for a negative discharge")
        return np.asarray(self.h0_m + (discharge / self.a) ** (1.0 / self.b))

    def extrapolated(self, discharge_m3s: ArrayLike) -> NDArray[np.bool_]:
        """Where the curve is used beyond what supports it."""
        discharge = np.asarray(discharge_m3s, dtype=np.float64)
        return np.asarray(discharge > self.extrapolation * self.gauged_to_m3s)


def through(
    stage_m: float, discharge_m3s: float, *, h0_m: float, b: float, datum: Datum, origin: str = ""
) -> Rating:
    """The rating of given h0 and b through one gauged point."""
    if stage_m <= h0_m:
        raise ValueError("the gauged stage lies below the stage of no flow")
    return Rating(
        a=discharge_m3s / (stage_m - h0_m) ** b,
        h0_m=h0_m,
        b=b,
        datum=datum,
        gauged_to_m3s=discharge_m3s,
        origin=origin,
    )
