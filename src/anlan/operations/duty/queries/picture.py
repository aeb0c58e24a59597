"""What the wall draws: the event station's hydrograph and the map, as props of the islands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext

import anlan.operations.sensing.queries as sensing
from anlan.operations.duty.queries.situation import Situation
from anlan.operations.forecasts.queries import depth_props, library_of, reaches, stage_tiles
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element

BACK = timedelta(hours=36)
MARKS_SHOWN = ("warning", "guarantee")
LAYERS_ON = (
    "stage_stations", "rain_stations", "shelters_in_use", "tasks", "geohazards", "cameras",
)  # fmt: skip


def hydrograph_props(now: Situation) -> dict[str, Any]:
    """Observed and forecast stage at the event station, its marks and its crest."""
    if now.event is None:
        return {"observed": {"at": [], "value": []}, "compact": True}
    station = now.event.station
    seen = sensing.series(station.code, Element.STAGE, clock.now() - BACK, clock.now())
    props: dict[str, Any] = {
        "datum": datum_word(station.datum),
        "unit": "m",
        "now": now.at.isoformat(),
        "observed": {"at": _times(seen.at), "value": seen.value},
        "thresholds": _thresholds(station),
        "compact": True,
    }
    if now.run and now.run.datum == station.datum:
        curve = now.run.hydrograph
        props["forecast"] = {
            "issued_at": now.run.issued_at.isoformat(),
            "at": _times(curve.at),
            "stage": list(curve.stage),
            "low50": list(curve.low50),
            "high50": list(curve.high50),
            "low90": list(curve.low90),
            "high90": list(curve.high90),
        }
        if now.run.crest_at is not None:
            props["crest"] = {"at": now.run.crest_at.isoformat(), "value": now.run.crest_stage_m}
    return props


def map_props(now: Situation) -> dict[str, Any]:
    """The map full bleed: layers, the forecast's depth frames, the area of the alert in force."""
    props: dict[str, Any] = {
        "layers": "/map/layers.json",
        "on": list(LAYERS_ON),
        "theme": "dark",
        "fit": "extent" if now.run else "district",
        "padding": {"top": 110, "right": 460, "bottom": 110, "left": 460},
        "tools": True,
        "legend": True,
        "inset": True,
        "selected": now.event.station.code if now.event else None,
    }
    if now.run and now.run.frames:
        props["depth"] = depth_props(now.run, now.at)
    if now.alert and now.alert.area:
        props["area"] = now.alert.area
        props["area_level"] = now.alert.level
    return props


def timeline_props(now: Situation) -> dict[str, Any] | None:
    """The slider over the forecast's frames, with the crest marked; None without frames."""
    if now.run is None or not now.run.frames:
        return None
    marks = []
    if now.run.crest_at is not None:
        word = pgettext("flood", "Crest")
        marks.append({"at": now.run.crest_at.isoformat(), "word": word})
    return {
        "frames": _times([frame.at for frame in now.run.frames]),
        "now": now.at.isoformat(),
        "issued": now.run.issued_at.isoformat(),
        "greatest": now.run.tiled,
        "marks": marks,
    }


def stages_props(now: Situation) -> dict[str, Any] | None:
    """The slider over the stage library of the event's reach, else of the first one."""
    watched = {row.station.code: row for row in now.waters}
    event = now.event.station.code if now.event else ""
    known = sorted(
        (one for one in reaches() if one.station in watched), key=lambda one: one.station != event
    )
    found = library_of(known[0].code) if known else None
    if found is None:
        return None
    row = watched[found.station_code]
    props: dict[str, Any] = {"name": row.station.name, "done": found.done, "total": found.total}
    if not found.whole:
        return props
    offset_m = row.station.offset_m if row.station.datum == Datum.WUSONG else None
    seen = row.latest.value if row.latest else None
    return {
        **props, "lowest": found.lowest_m, "highest": found.highest_m,
        "value": None if seen is None else round(seen - (offset_m or 0.0), 2),
        "datum": datum_word("yellow_sea"), "corners": found.corners,
        "tiles": stage_tiles(found),
        "second": None if offset_m is None else {"datum": datum_word("wusong"), "add": offset_m},
    }  # fmt: skip


def datum_word(datum: str) -> str:
    """吴淞 or 黄海."""
    words = {"wusong": pgettext("datum", "Wusong"), "yellow_sea": pgettext("datum", "Yellow Sea")}
    return words.get(datum, "")


def _thresholds(station: sensing.StationRow) -> list[dict[str, Any]]:
    words = {
        "warning": pgettext("water level mark", "warning"),
        "guarantee": pgettext("water level mark", "guarantee"),
    }
    rows = [row for row in sensing.thresholds(station.code) if row.kind in MARKS_SHOWN]
    return [
        {
            "word": words[row.kind],
            "value": row.in_datum(station.datum),
            "dashed": row.kind == "warning",
        }
        for row in rows
        if row.in_datum(station.datum) is not None
    ]


def _times(times: Sequence[datetime]) -> list[str]:
    return [at.isoformat() for at in times]
