"""One run of a reach, from observations to people under water. Runs in the pool.

Pure: the mapping that comes in decides the mapping that goes out, except what stands under `wall`
(seconds of real time). Files go to `folder`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.hydrology.backwater import NoBackwaterSolution
from anlan.operations.forecasts.rules import river
from anlan.operations.forecasts.rules.spread import PastError
from anlan.vocabulary.clock import stopwatch
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.words import NP_

MILLIMETRES = 3
NO_SURFACE = NP_(
    "forecast", "No water surface fits the readings: check the stages at both ends of the reach."
)


def compute(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Forecast the crest at the reach's station and what it floods.

    arguments: `issued_at`, `settings` (the reach's table), `gauges` {upstream, station, downstream:
    {code, name, lon, lat, offset_m, datum, at, value, official?}}, `errors` [[lead_h, error_m]],
    `terrain` (path or None), `cell_m` (of the computation), `exposure` (path or None), `river`
    [[lon, lat]], `folder`.
    Answers crest, datum (the station's), hydrograph, method, flood (None without terrain), wall; or
    {"refused": a term or saying} when the observations do not suffice, which no second try would
    change.
    """
    began = stopwatch()
    issued_at = datetime.fromisoformat(arguments["issued_at"])
    try:
        found, settings = _hydrograph(arguments, issued_at)
    except river.NotEnoughData as lacking:
        return {"refused": lacking.said}
    except NoBackwaterSolution:
        return {"refused": NO_SURFACE}
    folder = Path(arguments["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    station = arguments["gauges"]["station"]
    datum, offset_m = Datum(station["datum"]), station["offset_m"] or 0.0
    wall: dict[str, float] = {"river_s": round(stopwatch() - began, 3)}
    flood = _flood(arguments, found, issued_at, wall)
    lead_h, top_m = found.crest
    wall["total_s"] = round(stopwatch() - began, 3)
    return {
        "datum": datum.value,
        "crest": {
            "at": _at(issued_at, lead_h),
            "stage_m": round(Stage(top_m, Datum.YELLOW_SEA).to(datum, offset_m).metres, 2),
            "levels_off": found.levels_off,
        },
        "hydrograph": _curve(found, issued_at, datum, offset_m),
        "method": _method(found, settings, flood),
        "flood": flood,
        "wall": wall,
    }


def crest_of(arguments: Mapping[str, Any]) -> tuple[str, float] | None:
    """Time and stage (m Yellow Sea) of the crest alone, in a tenth of a second; None when the
    observations do not suffice."""
    issued_at = datetime.fromisoformat(arguments["issued_at"])
    try:
        found, _ = _hydrograph(arguments, issued_at)
    except (river.NotEnoughData, NoBackwaterSolution):
        return None
    lead_h, top_m = found.crest
    return _at(issued_at, lead_h), top_m


def _hydrograph(
    arguments: Mapping[str, Any], issued_at: datetime
) -> tuple[river.Hydrograph, river.Settings]:
    settings = river.Settings.from_mapping(arguments["settings"])
    gauges = {
        role: river.gauge(one["name"], one, one["offset_m"], issued_at)
        for role, one in arguments["gauges"].items()
    }
    past = [PastError(lead_h, error_m) for lead_h, error_m in arguments.get("errors", ())]
    return river.forecast(**gauges, settings=settings, past=past), settings


def _flood(
    arguments: Mapping[str, Any],
    found: river.Hydrograph,
    issued_at: datetime,
    wall: dict[str, float],
) -> dict[str, Any] | None:
    if not arguments.get("terrain"):
        return None
    # The flood model compiles kernels; a run without terrain shall not wait for it.
    from anlan.operations.forecasts.rules.flooding import flood_of

    return flood_of(arguments, found, issued_at, wall)


def _at(issued_at: datetime, lead_h: float) -> str:
    return (issued_at + timedelta(hours=lead_h)).isoformat()


def _curve(
    found: river.Hydrograph, issued_at: datetime, datum: Datum, offset_m: float
) -> dict[str, Any]:
    """The hydrograph in the station's datum, millimetres."""
    moved = offset_m if datum is Datum.WUSONG else 0.0

    def metres(values: NDArray[np.float64]) -> list[float]:
        return [round(float(value) + moved, MILLIMETRES) for value in values]

    low50, high50 = found.fifty
    low90, high90 = found.ninety
    return {
        "at": [_at(issued_at, float(lead)) for lead in found.lead_h],
        "stage": metres(found.stage_m),
        "discharge": [round(float(q), 1) for q in found.discharge_m3s],
        "low50": metres(low50),
        "high50": metres(high50),
        "low90": metres(low90),
        "high90": metres(high90),
    }


def _method(
    found: river.Hydrograph, settings: river.Settings, flood: dict[str, Any] | None
) -> dict[str, Any]:
    """By what the run was made, for the page and the report."""
    return {
        "routing": "muskingum",
        "stage": "backwater",
        "upstream": found.upstream_by,
        "downstream": found.downstream_by,
        "correction_m": round(found.last_error_m, MILLIMETRES),
        "inundation": "shallow_water" if flood else "none",
        "horizon_h": settings.horizon_h,
        "levels_off": found.levels_off,
        **({name: flood[name] for name in ("at_gauge_m", "cell_m")} if flood else {}),
    }
