"""What a phone, a form or another system sends, read once at the border."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from anlan.operations.patrols.actions import Finding, NewBeat, Position
from anlan.operations.patrols.rules.places import typed_line, typed_points
from anlan.operations.patrols.rules.states import Form, Hazard, Means, Rhythm
from anlan.operations.registers.queries import (
    Malformed,
    body_of,
    key_of,
    moment,
    printable,
    whole_id,
)
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.terrain.crs import gcj02_to_cgcs2000
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

GCJ02 = "gcj02"
DATUMS = ("", "cgcs2000", "wgs84", GCJ02)
VERBS = ("start", "track", "hand over", "finish", "danger")
MOST_FIXES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One thing that a phone says of a patrol, with the positions since it last said something."""

    key: str
    task_id: int
    verb: str
    at: datetime
    positions: list[Position]
    normal: bool
    remark: str
    finding: Finding


def read_sent(raw: bytes) -> Sent:
    """As the phone sends it, JSON; raises `Malformed`. `datum` gcj02 is converted here."""
    given = body_of(raw)
    verb, datum = given.get("verb"), given.get("datum", "")
    if verb not in VERBS or datum not in DATUMS:
        raise Malformed("no such verb or datum")
    lon, lat = _place(given.get("lon"), given.get("lat"), datum)
    return Sent(
        key=given["key"], task_id=whole_id(given.get("task")), verb=verb,
        at=moment(given.get("at")), positions=read_positions(given.get("fixes", []), datum),
        normal=given.get("normal") is True, remark=printable(given.get("remark", "")),
        finding=Finding(
            title=printable(given.get("title", "")), words=printable(given.get("words", "")),
            place=printable(given.get("place", "")), lon=lon, lat=lat,
        ),
    )  # fmt: skip


def read_positions(given: Any, datum: str) -> list[Position]:
    """[[time, longitude, latitude, accuracy in metres], …], in `datum`; raises `Malformed`."""
    if not isinstance(given, list) or len(given) > MOST_FIXES:
        raise Malformed("no positions")
    found = [_position(one) for one in given]
    if datum != GCJ02 or not found:
        return found
    lons, lats = gcj02_to_cgcs2000([one.lon for one in found], [one.lat for one in found])
    return [
        Position(one.at, float(lon), float(lat), one.accuracy_m)
        for one, lon, lat in zip(found, lons, lats, strict=True)
    ]


def _position(given: Any) -> Position:
    if not isinstance(given, list) or len(given) != 4:
        raise Malformed("a position that is none")
    at, lon, lat, accuracy = given
    lon, lat = _degrees(lon, 180), _degrees(lat, 90)
    if lon is None or lat is None:
        raise Malformed("a position that is none")
    if not _number(accuracy) or not 0 <= accuracy <= 100_000:
        raise Malformed("a position without accuracy")
    return Position(moment(at), lon, lat, float(accuracy))


def _place(lon: Any, lat: Any, datum: str) -> tuple[float | None, float | None]:
    east, north = _degrees(lon, 180), _degrees(lat, 90)
    if east is None or north is None:
        return None, None
    if datum == GCJ02:
        x, y = gcj02_to_cgcs2000(east, north)
        return float(x), float(y)
    return east, north


def _degrees(value: Any, most: int) -> float | None:
    return float(value) if _number(value) and abs(value) <= most else None


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def beat_of(values: Mapping[str, Any], key: str, radius_m: int, datum: str) -> NewBeat:
    """What the form of a route says; raises `Refused`. `radius_m`: of a point that says none."""
    points, line = typed_points(values["points"], radius_m), typed_line(values["line"])
    if datum == GCJ02:
        points, line = [converted(one) for one in points], straightened(line)
    return NewBeat(
        key=key, name=values["name"], form=Form(values["form"]), hazard=Hazard(values["hazard"]),
        area_code=values["area_code"], unit=values["unit"],
        supervisor=int(values["supervisor"]), patroller=int(values["patroller"]),
        deputy=key_of(values["deputy"]), means=Means(values["means"]), points=points, line=line,
        rhythm=Rhythm(values["rhythm"]), every=values["every"] or 1,
        months=tuple(map(int, values["months"])), since=_time(values["since"], time()),
        until=_time(values["until"], time(23, 59, 59)), sign_min=values["sign_min"],
        alert_level=key_of(values["alert_level"]),
        response_level=key_of(values["response_level"]), repeat_h=values["repeat_h"],
        task=values["task"], begins_on=values["begins_on"],
    )  # fmt: skip


def converted(one: dict[str, Any]) -> dict[str, Any]:
    """A point of GCJ-02 in CGCS2000."""
    lon, lat = gcj02_to_cgcs2000(one["lon"], one["lat"])
    return one | {"lon": float(lon), "lat": float(lat)}


def straightened(line: Sequence[Sequence[float]]) -> list[list[float]]:
    """A line of GCJ-02 in CGCS2000."""
    if not line:
        return []
    lons, lats = gcj02_to_cgcs2000([one[0] for one in line], [one[1] for one in line])
    return [[float(lon), float(lat)] for lon, lat in zip(lons, lats, strict=True)]


def _time(text: str, otherwise: time) -> time:
    try:
        return time.fromisoformat(text) if text else otherwise
    except ValueError:
        raise Refused(N_("A time of the day such as 08:30.")) from None


def read_photo(given: Mapping[str, str], file: Any) -> tuple[int, bytes, Taking]:
    """A photo as the phone sends it: the patrol, the picture, when and where; raises `Malformed`,
    `Refused`."""
    task_id = key_of(given.get("task", ""))
    if task_id is None:
        raise Malformed("no number")
    raw = sent_bytes(file, N_("Choose a photo."))
    said = given.get("taken_at")
    try:
        east, north = (float(given[key]) if given.get(key) else None for key in ("lon", "lat"))
    except ValueError:
        raise Malformed("no place") from None
    lon, lat = _place(east, north, given.get("datum", ""))
    at = moment(said) if said else None
    return task_id, raw, Taking(at, lon, lat)
