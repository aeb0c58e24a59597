"""The alarms of vehicles: what their bits come to, and the serious ones told to the duty room."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS

from anlan.operations.sensing.actions import bulk
from anlan.operations.sensing.actions.alarms import tell
from anlan.operations.sensing.models import Alarm, AlarmWord, DeviceNotice, Station, VehicleFix
from anlan.operations.sensing.rules.alarm_bits import SERIOUS, TITLES, begins, turns
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.protocols import jt808
from anlan.vocabulary import clock
from anlan.vocabulary.notices import Notice
from anlan.vocabulary.readings import Fix, Position

Arrived = tuple[Fix, datetime]
Stated = tuple[Notice, datetime]
_WORD = {"station": "integer", "at": "timestamptz", "alarm": "bigint"}
_NEWEST = """ON CONFLICT (station) DO UPDATE SET at = excluded.at, alarm = excluded.alarm
 WHERE excluded.at >= sensing_alarmword.at"""
_BITS = "jt808:bit."


def follow_alarms(fixes: Mapping[int, Sequence[Arrived]]) -> list[Stated]:
    """What fixes that are stored now, by vehicle in the order of their times, come to.

    Fixes older than the newest one known are seen among their neighbours: what was taken for a
    beginning or an end beside them is put right.
    """
    words = {row.station: row for row in AlarmWord.objects.select_for_update().filter(
        station__in=list(fixes)).order_by("station")}  # fmt: skip
    found: list[Stated] = []
    newest: list[bulk.Row] = []
    for station, arrived in fixes.items():
        word = words.get(station)
        if word is None or arrived[0][0].at > word.at:
            received = {fix.at: at for fix, at in arrived}
            said = turns(word.alarm if word else 0, [fix for fix, _at in arrived])
            found += [(notice, received[notice.at]) for notice in said]
            newest.append((station, arrived[-1][0].at, arrived[-1][0].alarm))
        else:
            found += _again(station, arrived)
            last = VehicleFix.objects.filter(station=station).latest("at")
            newest.append((station, last.at, last.alarm))
    bulk.merge(DEFAULT_DB_ALIAS, AlarmWord._meta.db_table, _WORD, newest, _NEWEST)
    return found


def _again(station: int, arrived: Sequence[Arrived]) -> list[Stated]:
    """Late fixes: the bits of the track from the fix before them to the one after them, anew."""
    device, first, last = arrived[0][0].device, arrived[0][0].at, arrived[-1][0].at
    track = VehicleFix.objects.filter(station=station)
    before = track.filter(at__lt=first).order_by("-at").first()
    after = track.filter(at__gt=last).order_by("at").first()
    until = after.at if after else last
    rows = list(track.filter(at__gte=first, at__lte=until).order_by("at"))
    received = {row.at: row.received_at for row in rows}
    said = list(turns(before.alarm if before else 0, [_fix(device, row) for row in rows]))
    right = {(notice.at, notice.code) for notice in said}
    standing = DeviceNotice.objects.filter(
        station=station, at__gte=first, at__lte=until, code__startswith=_BITS
    )
    wrong = [row.pk for row in standing if (row.at, row.code) not in right]
    DeviceNotice.objects.filter(pk__in=wrong).delete()
    return [(notice, received[notice.at]) for notice in said]


def _fix(device: str, row: VehicleFix) -> Fix:
    place = None if row.lon is None or row.lat is None else Position(row.lon, row.lat)
    return Fix(
        device, row.at, place, row.located, row.at, speed_kmh=row.speed_kmh,
        alarm=row.alarm,
    )  # fmt: skip


def warn(station: Station, notices: Sequence[Notice]) -> None:
    """Tell the serious ones among new notices; one alarm a kind stays open until it is taken."""
    fresh = clock.now() - timedelta(seconds=fresh_s(station.interval_s))
    for notice in notices:
        rule = SERIOUS.get(notice.code)
        if rule is None or not begins(notice) or notice.at < fresh:
            continue
        key = f"{station.code}::{rule}"
        if not Alarm.objects.filter(key=key, state=AlarmState.OPEN).exists():
            tell(_alarm(station, key, rule, notice), TITLES[rule], {"station": station.name})


def _alarm(station: Station, key: str, rule: str, notice: Notice) -> Alarm:
    said = [jt808.word(notice.code)]
    if notice.position is not None:
        said.append(f"{notice.position.lon:.5f}, {notice.position.lat:.5f}")
    if notice.speed_kmh is not None:
        said.append(f"{notice.speed_kmh:g} km/h")
    return Alarm(
        key=key, station_code=station.code, station_name=station.name, area_code=station.serves,
        rule=rule, value=1.0, limit=1.0, began_at=notice.at, observed_at=notice.at,
        raised_at=clock.now(), condition=" · ".join(said),
    )  # fmt: skip
