"""A run's page: its hydrograph against what came, and its map."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.forecasts.queries.runs import RunRow, here
from anlan.operations.forecasts.queries.stages import LibraryRow, library
from anlan.operations.forecasts.rules.pyramid import MAX_ZOOM, MIN_ZOOM
from anlan.operations.forecasts.rules.water_tiles import FORM
from anlan.operations.sensing import queries as sensing
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element

BEFORE = timedelta(hours=36)
LAYERS_ON = ("stage_stations", "shelter", "water")
KINDS = ("warning", "guarantee", "red")


def hydrograph(row: RunRow) -> dict[str, Any]:
    """The props of the hydrograph island: observed until now, forecast from the issue."""
    curve = row.hydrograph
    since = row.issued_at - BEFORE
    until = min(clock.now(), curve.at[-1]) if curve.at else clock.now()
    observed = sensing.series(row.station_code, Element.STAGE, since, until)
    datum = row.datum or observed.datum
    props: dict[str, Any] = {
        "title": row.key,
        "unit": "m",
        "now": row.issued_at.isoformat(),
        "since": since.isoformat(),
        "observed": {"at": [at.isoformat() for at in observed.at], "value": observed.value},
        "thresholds": _thresholds(row.station_code, datum),
    }
    if datum:
        props["datum"] = _datum_word(datum)
    if curve.at:
        props["forecast"] = {
            "issued_at": row.issued_at.isoformat(),
            "at": [at.isoformat() for at in curve.at],
            **{
                name: list(getattr(curve, name))
                for name in ("stage", "low50", "high50", "low90", "high90")
            },
        }
        props["until"] = curve.at[-1].isoformat()
    if row.crest_at is not None:
        props["crest"] = {"at": row.crest_at.isoformat(), "value": row.crest_stage_m}
    return props


def map_props(row: RunRow, theme: str, raised: bool = False) -> dict[str, Any] | None:
    """The props of the map island, opened in 3D if `raised`; None when nothing was flooded."""
    if not row.frames:
        return None
    return {
        "layers": "/map/layers.json", "on": list(LAYERS_ON), "theme": theme, "fit": "extent",
        "tools": True, "legend": True, "raised": raised,
        "depth": depth_props(row, row.crest_at or row.issued_at),
    }  # fmt: skip


def depth_props(row: RunRow, at: datetime) -> dict[str, Any]:
    """A run's water for a map, seen at `at` first: its tiles, or, of a run from before there were
    any, a picture a time."""
    props: dict[str, Any] = {
        "frames": [{"at": f.at.isoformat(), "url": f.url} for f in row.frames],
        "corners": [list(corner) for corner in row.corners],
        "extent": f"/forecasts/{row.id}/band.geojson",
        "at": at.isoformat(),
    }
    if row.tiled:
        props["tiles"] = _tiles(f"/forecasts/{row.id}/water/", "most")
    return props


def stage_tiles(found: LibraryRow) -> dict[str, Any]:
    """The tiles of a stage library, as maps ask for them; its moments are centimetres."""
    return _tiles(f"/forecasts/stages/{found.id}/", round(100 * found.highest_m))


def _tiles(url: str, greatest: str | int) -> dict[str, Any]:
    return {
        "url": url, "version": FORM, "greatest": greatest, "minzoom": MIN_ZOOM,
        "maxzoom": MAX_ZOOM,
    }  # fmt: skip


def water_props(row: RunRow) -> dict[str, Any] | None:
    """The props of the table beside the map: depth and level by community at the slider's time."""
    return {"url": f"/forecasts/{row.id}/water.json"} if row.tiled and row.communities else None


def first_props(row: RunRow, theme: str) -> dict[str, Any] | None:
    """What the stage library says while a run is under way: crest, people, and a map at rest."""
    if row.first is None or row.crest_at is not None:
        return None
    found = library(row.first["library"])
    if found is None or not found.whole:
        return None
    centimetres = round(100 * min(max(row.first["stage_ys_m"], found.lowest_m), found.highest_m))
    at = here(datetime.fromisoformat(row.first["crest_at"]))
    return {
        **row.first, "crest_at": at, "area_km2": row.first["area_m2"] / 1e6,
        "map": {
            "layers": "/map/layers.json", "on": list(LAYERS_ON), "theme": theme, "fit": "extent",
            "tools": True, "legend": True,
            "depth": {
                "frames": [{"at": at.isoformat(), "moment": centimetres}],
                "corners": found.corners, "at": at.isoformat(), "tiles": stage_tiles(found),
            },
        },
    }  # fmt: skip


def timeline_props(row: RunRow) -> dict[str, Any] | None:
    """The slider over the frames with the crest marked."""
    if not row.frames or row.crest_at is None:
        return None
    return {
        "frames": [frame.at.isoformat() for frame in row.frames],
        "now": clock.now().isoformat(),
        "issued": row.issued_at.isoformat(),
        "greatest": row.tiled,
        "value": row.crest_at.isoformat(),
        "marks": [{"at": row.crest_at.isoformat(), "word": pgettext("flood", "Crest")}],
    }


def _thresholds(code: str, datum: str) -> list[dict[str, Any]]:
    words = {
        "warning": pgettext("alarm rule", "Warning stage"),
        "guarantee": pgettext("alarm rule", "Guarantee stage"),
        "red": pgettext("alarm rule", "Red level"),
    }
    lines = []
    for limit in sensing.thresholds(code):
        level = limit.in_datum(datum)
        if limit.kind in KINDS and limit.element == Element.STAGE and level is not None:
            line: dict[str, Any] = {
                "word": words[limit.kind], "value": round(level, 2),
                "dashed": limit.kind == "warning",
            }  # fmt: skip
            lines.append({**line, "level": 1} if limit.kind == "red" else line)
    return lines


def _datum_word(datum: str) -> str:
    if Datum(datum) is Datum.WUSONG:
        return pgettext("datum", "Wusong")
    return pgettext("datum", "Yellow Sea")
