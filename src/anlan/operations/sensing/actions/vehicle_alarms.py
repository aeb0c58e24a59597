"""The alarms of vehicles: what their bits come to, and the serious ones told to the duty room."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS

from anlan.operations.sensing.actions import bulk, months
from anlan.operations.sensing.actions.alarms import Telling
from anlan.operations.sensing.actions.maintained import raise_each
from anlan.operations.sensing.models import Alarm, AlarmWord, DeviceNotice, Station, VehicleFix
from anlan.operations.sensing.rules.alarm_bits import SERIOUS, TITLES, begins, turns
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.vocabulary import clock
from anlan.vocabulary.notices import Notice, NoticeState
from anlan.vocabulary.readings import Fix, Position

Arrived = tuple[Fix, datetime]
Stated = tuple[Notice, datetime]
_WORD = {"station": "integer", "at": "timestamptz", "alarm": "bigint"}
_NEWEST = """ON CONFLICT (station) DO UPDATE SET at = excluded.at, alarm = excluded.alarm
 WHERE excluded.at >= sensing_alarmword.at"""
_BITS = "jt808:bit."
WINDOW = timedelta(days=31)  # [pv] a terminal stores up fixes for days, not for months
_CLOSE = timedelta(hours=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def follow_alarms(fixes: Mapping[int, Sequence[Arrived]]) -> list[Stated]:
    """What fixes that are stored now, by vehicle in the order of their times, come to.

    Fixes older than the newest one known are seen among their neighbours: what was taken for a
    beginning or an end beside them is put right. One of long ago, which is a clock that is off more
    often than a report that was long under way, says nothing of others: of its bits those that
    happen are kept, nothing is taken back.
    """
    words = _words(sorted(fixes))
    found: list[Stated] = []
    newest: list[bulk.Row] = []
    for station, all_arrived in fixes.items():
        word, kept_since = words[station], months.kept_since()
        arrived = [one for one in all_arrived if not _of_long_ago(one, kept_since)]
        found += _happened([one for one in all_arrived if _of_long_ago(one, kept_since)])
        if not arrived:
            continue
        if arrived[0][0].at > word.at:
            found += _received(turns(word.alarm, [fix for fix, _at in arrived]), arrived)
            last: Fix | VehicleFix = arrived[-1][0]
        else:
            for run in _runs(arrived):
                found += _again(station, run)
            last = VehicleFix.objects.filter(station=station).latest("at")
        newest.append((station, last.at, last.alarm))
    bulk.merge(DEFAULT_DB_ALIAS, AlarmWord._meta.db_table, _WORD, newest, _NEWEST)
    return found


def _words(stations: Sequence[int]) -> dict[int, AlarmWord]:
    """The newest words, locked; made first where there are none, so that two recorders who meet a
    vehicle for the first time do not begin its alarms twice."""

    def locked(which: Collection[int]) -> dict[int, AlarmWord]:
        rows = AlarmWord.objects.select_for_update().filter(station__in=which)
        return {row.station: row for row in rows.order_by("station")}

    known = locked(stations)
    unknown = [station for station in stations if station not in known]
    if unknown:
        AlarmWord.objects.bulk_create(
            [AlarmWord(station=station, at=_NEVER, alarm=0) for station in unknown],
            ignore_conflicts=True,
        )
        known |= locked(unknown)
    return known


def _of_long_ago(one: Arrived, kept_since: datetime | None) -> bool:
    fix, received_at = one
    return fix.at < received_at - WINDOW or (kept_since is not None and fix.at < kept_since)


def _happened(arrived: Sequence[Arrived]) -> Iterator[Stated]:
    """What only happens, a button pressed, in fixes whose neighbours are not known."""
    said = turns(0, [fix for fix, _at in arrived])
    return _received((n for n in said if n.state is NoticeState.EVENT), arrived)


def _received(notices: Iterable[Notice], arrived: Sequence[Arrived]) -> Iterator[Stated]:
    received = {fix.at: at for fix, at in arrived}
    return ((notice, received[notice.at]) for notice in notices)


def _runs(arrived: Sequence[Arrived]) -> Iterator[Sequence[Arrived]]:
    """Fixes close to each other, so that between them no long piece of the track is read."""
    first = 0
    for n in range(1, len(arrived) + 1):
        if n == len(arrived) or arrived[n][0].at - arrived[n - 1][0].at > _CLOSE:
            yield arrived[first:n]
            first = n


def _again(station: int, arrived: Sequence[Arrived]) -> list[Stated]:
    """Late fixes: the bits of the track from the fix before them to the one after them, anew.

    Notices of fixes that the track has no more are left alone.
    """
    device, first, last = arrived[0][0].device, arrived[0][0].at, arrived[-1][0].at
    track = VehicleFix.objects.filter(station=station)
    before = track.filter(at__lt=first, at__gte=first - WINDOW).order_by("-at").first()
    after = track.filter(at__gt=last).order_by("at").first()
    rows = list(track.filter(at__gte=first, at__lte=last).order_by("at"))
    rows += [after] if after else []
    received = {row.at: row.received_at for row in rows}
    said = list(turns(before.alarm if before else 0, [_fix(device, row) for row in rows]))
    right = {(notice.at, notice.code) for notice in said}
    standing = DeviceNotice.objects.filter(
        station=station, at__gte=first, at__lte=rows[-1].at, code__startswith=_BITS
    )
    wrong = [row.pk for row in standing if row.at in received and (row.at, row.code) not in right]
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
            alarm = _alarm(station, key, rule, notice)
            raise_each([Telling(alarm, TITLES[rule], {"station": station.name})], momentary=True)


def _alarm(station: Station, key: str, rule: str, notice: Notice) -> Alarm:
    said = [notice.code]
    if notice.position is not None:
        said.append(f"{notice.position.lon:.5f}, {notice.position.lat:.5f}")
    if notice.speed_kmh is not None:
        said.append(f"{notice.speed_kmh:g} km/h")
    return Alarm(
        key=key, station_code=station.code, station_name=station.name, area_code=station.serves,
        rule=rule, value=1.0, limit=1.0, began_at=notice.at, observed_at=notice.at,
        raised_at=clock.now(), condition=" · ".join(said),
    )  # fmt: skip
