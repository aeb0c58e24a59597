"""The stage at a gauge whose river is backed up by a larger one, some hours ahead.

The discharge comes down from the upper gauge (rating, Muskingum), the stage follows from it and
from the stage of the main river below (standard-step backwater); both gauges are carried on beyond
the last observation by their official forecast where there is one, else by their damped trend.
What the computation misses at the last observation is carried on and fades (AR(1) error).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.hydrology import backwater, correction, muskingum
from anlan.hazards.hydrology.rating import Rating, through
from anlan.operations.forecasts.rules.spread import Z50, Z90, PastError, Spread, deviation
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.words import NP_, Saying

Floats = NDArray[np.float64]

OLDEST_H = 6.0
LEAST_INFLOW_M3S = 50.0
LEVEL_M = 0.05


class NotEnoughData(ValueError):
    """A gauge has said too little, or too long ago, to forecast from; `said` to who reads it."""

    def __init__(self, said: Saying) -> None:
        super().__init__(said.word % said.values)
        self.said = said


@dataclass(frozen=True, slots=True)
class Gauge:
    """One gauge's stages, metres Yellow Sea, by hours from the issue (negative: observed).

    `official_h`, `official_m`: its official forecast, hours and metres Yellow Sea, may be empty.
    """

    name: str
    observed_h: Floats
    observed_m: Floats
    official_h: Floats
    official_m: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the reach is computed; every figure with its origin in the district's forecasts.toml."""

    k_h: float
    x: float
    rating: Rating
    horizon_h: int
    history_h: int
    trend_over_h: float
    rising_h: float
    falling_h: float
    correction_h: float
    by_official: Spread
    by_trend: Spread

    @classmethod
    def from_mapping(cls, table: Mapping[str, Any]) -> "Settings":
        """Read one [[reach]] of forecasts.toml; raises `KeyError` for a figure that is missing."""
        gauged, trend = table["upstream_rating"], table["trend"]
        return cls(
            k_h=table["routing"]["k_h"], x=table["routing"]["x"],
            rating=through(
                gauged["stage_m"], gauged["discharge_m3s"], h0_m=gauged["h0_m"], b=gauged["b"],
                datum=Datum(gauged["datum"]),
            ),
            horizon_h=table["horizon_h"], history_h=table["history_h"],
            trend_over_h=trend["over_h"], rising_h=trend["rising_h"],
            falling_h=trend["falling_h"], correction_h=table["correction"]["time_constant_h"],
            by_official=Spread(**table["spread"]["official"]),
            by_trend=Spread(**table["spread"]["trend"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hydrograph:
    """What is forecast at the gauge at each `lead_h` (0 = the issue, then hourly), all shape (n,).

    stage_m and lower_m (the main river's gauge) are metres Yellow Sea, discharge in m³/s;
    deviation_m is the stage error's standard deviation, added_m what was added to the computation
    for its error at the last observation, last_error_m = observed − computed.
    """

    lead_h: Floats
    stage_m: Floats
    discharge_m3s: Floats
    deviation_m: Floats
    lower_m: Floats
    added_m: Floats
    last_error_m: float
    upstream_by: str
    downstream_by: str

    @property
    def crest(self) -> tuple[float, float]:
        """Lead (h) and stage (m Yellow Sea) of the highest point from the issue on.

        A stage that only levels off has no crest; then it is the time when it has nearly done so.
        """
        top = int(np.argmax(self.stage_m))
        if self.levels_off:
            top = int(np.argmax(self.stage_m >= self.stage_m[top] - LEVEL_M))
        return float(self.lead_h[top]), float(self.stage_m.max())

    @property
    def levels_off(self) -> bool:
        """Is the highest point the last one, so that no crest is seen?"""
        return int(np.argmax(self.stage_m)) == self.stage_m.size - 1

    def band(self, z: float) -> tuple[Floats, Floats]:
        return self.stage_m - z * self.deviation_m, self.stage_m + z * self.deviation_m

    @property
    def fifty(self) -> tuple[Floats, Floats]:
        return self.band(Z50)

    @property
    def ninety(self) -> tuple[Floats, Floats]:
        return self.band(Z90)


def gauge(
    name: str, series: Mapping[str, Any], offset_m: float | None, issued_at: datetime
) -> Gauge:
    """A gauge from `series`: at[], value[], datum, and official {at[], value[], datum} or none.

    Stages in Wusong are converted by `offset_m`; readings without data and after the issue are left
    out. Raises `NotEnoughData` when fewer than two readings remain or the newest is too old.
    """
    observed_h, observed_m = _yellow_sea(name, series, offset_m, issued_at)
    kept = observed_h <= 0
    observed_h, observed_m = observed_h[kept], observed_m[kept]
    if observed_h.size < 2 or observed_h[-1] < -OLDEST_H:
        template = NP_(
            "forecast",
            "%(gauge)s has too few readings: two are needed, the newest from the last %(hours)s"
            " hours.",
        )
        raise NotEnoughData(Saying(*template, {"gauge": name, "hours": f"{OLDEST_H:g}"}))
    official = series.get("official") or {}
    official_h, official_m = _yellow_sea(name, official, offset_m, issued_at)
    ahead = official_h > observed_h[-1]
    return Gauge(name, observed_h, observed_m, official_h[ahead], official_m[ahead])


def _yellow_sea(
    name: str, series: Mapping[str, Any], offset_m: float | None, issued_at: datetime
) -> tuple[Floats, Floats]:
    pairs = [
        ((datetime.fromisoformat(at) - issued_at) / timedelta(hours=1), value)
        for at, value in zip(series.get("at", ()), series.get("value", ()), strict=True)
        if value is not None
    ]
    pairs.sort()
    datum = Datum(series["datum"]) if pairs else Datum.YELLOW_SEA
    if datum is not Datum.YELLOW_SEA and offset_m is None:
        template = NP_(
            "forecast", "%(gauge)s gives Wusong stages, and its offset to Yellow Sea is not known."
        )
        raise NotEnoughData(Saying(*template, {"gauge": name}))
    hours = np.array([hour for hour, _ in pairs], dtype=np.float64)
    metres = [Stage(v, datum).to(Datum.YELLOW_SEA, offset_m or 0.0).metres for _, v in pairs]
    return hours, np.array(metres, dtype=np.float64)


def carried_on(one: Gauge, hours: Floats, settings: Settings) -> tuple[Floats, str]:
    """The gauge's stage at `hours` from the issue, and by what it goes on: official or trend.

    The official forecast is joined to the last reading; past its end, and without one, the trend of
    the last hours goes on and dies away: s(t) = s0 + r T (1 − exp(−t/T)).
    """
    known_h = np.concatenate([one.observed_h, one.official_h])
    known_m = np.concatenate([one.observed_m, one.official_m])
    inside = np.interp(hours, known_h, known_m)
    end_h, end_m = float(known_h[-1]), float(known_m[-1])
    start_h = max(end_h - settings.trend_over_h, float(known_h[0]))
    span_h = max(end_h - start_h, 1e-6)
    rate = (end_m - float(np.interp(start_h, known_h, known_m))) / span_h
    beyond_h = np.maximum(hours - end_h, 0.0)
    damping = settings.rising_h if rate > 0 else settings.falling_h
    drift = rate * damping * (1.0 - np.exp(-beyond_h / damping))
    return inside + drift, "official" if one.official_h.size else "trend"


def forecast(
    upstream: Gauge,
    station: Gauge,
    downstream: Gauge,
    settings: Settings,
    past: Sequence[PastError] = (),
) -> Hydrograph:
    """The hydrograph at `station` for every hour up to the horizon, beginning at the issue."""
    lead_h = np.arange(0.0, settings.horizon_h + 1.0)
    back_h = min(float(settings.history_h), -float(upstream.observed_h[0]))
    hours = np.concatenate([np.arange(-np.floor(back_h), 0.0), lead_h])
    upper_m, upstream_by = carried_on(upstream, hours, settings)
    lower_m, downstream_by = carried_on(downstream, hours, settings)
    inflow = np.maximum(settings.rating.discharge(upper_m, Datum.YELLOW_SEA), LEAST_INFLOW_M3S)
    routed = muskingum.route(inflow, k_h=settings.k_h, x=settings.x, dt_h=1.0)
    computed = backwater.stages(routed, lower_m, datum=Datum.YELLOW_SEA)
    last_h, last_m = float(station.observed_h[-1]), float(station.observed_m[-1])
    error = last_m - float(np.interp(last_h, hours, computed))
    ahead = hours >= 0
    added = correction.decaying_error(hours - last_h, error, settings.correction_h)
    stage_m = (computed + added)[ahead]
    officially = upstream_by == downstream_by == "official"
    spread = settings.by_official if officially else settings.by_trend
    return Hydrograph(
        lead_h, stage_m, routed[ahead],
        deviation(lead_h, np.abs(stage_m - stage_m[0]), spread, past), lower_m[ahead],
        added[ahead], error, upstream_by, downstream_by,
    )  # fmt: skip
