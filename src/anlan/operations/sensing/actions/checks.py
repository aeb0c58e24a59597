"""The checks made on an hour's readings, and on those that they decide: late ones change them too.

What is flagged follows from what stands in the readings alone. An hour is checked whenever
something came for it, together with the readings after it whose step or run it belongs to, and
with the readings of its neighbours at the same moments.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import F, Max, Q

from anlan.operations.deadlines.actions import remark_item
from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.actions.latest import read_again
from anlan.operations.sensing.models import Alarm, Reading, ReadingJudgement, RollUp, Series
from anlan.operations.sensing.rules.alarm_states import AlarmState, max_gap_s
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.nearby import nearby
from anlan.operations.sensing.rules.quality import (
    HOUR,
    JUDGED,
    Extremes,
    Flag,
    ahead,
    jumps,
    outside,
    run_end,
    suspect,
    unlike,
    unmoved,
)
from anlan.operations.sensing.rules.quality_limits import COMPARED, Limits, limits_of
from anlan.operations.sensing.rules.rollups import HOUR_S, hour_of
from anlan.operations.sensing.rules.standing import one_a_moment
from anlan.vocabulary.words import N_

SUSPECT = N_("The readings that raised it are suspect: check them first")


class Home(NamedTuple):
    """A series as the checks see it; `gap_s`: readings further apart are not one run.

    `registered`: since when its station is.
    """

    pk: int
    element: str
    sources: list[str]
    limits: Limits
    gap_s: float
    registered: datetime


class Said(NamedTuple):
    """What the checks read of a reading."""

    series: int
    at: datetime
    source: str
    value: float | None
    received_at: datetime
    flags: int


class Register(NamedTuple):
    """The series that are checked, and the gauges that are neighbours of each."""

    homes: dict[int, Home]
    near: dict[int, set[int]]


def register_of(members: Collection[int]) -> Register:
    """What is usual for some series, and for all that are compared with neighbours. One query."""
    rows = Series.objects.filter(Q(pk__in=members) | Q(element__in=COMPARED)).values_list(
        "pk", "element", "sources", "quality", "station__interval_s", "station__registered_at",
        "station__lon", "station__lat",
    )  # fmt: skip
    homes: dict[int, Home] = {}
    places: dict[str, dict[int, tuple[float, float]]] = {}
    for pk, element, sources, here, interval_s, registered, lon, lat in rows:
        limits = limits_of(element, here)
        homes[pk] = Home(pk, element, sources, limits, max_gap_s(interval_s), registered)
        if limits.apart is not None:
            places.setdefault(element, {})[pk] = lon, lat
    near: dict[int, set[int]] = {}
    for found in places.values():
        near |= nearby(found, homes[next(iter(found))].limits.near_km, members)
    return Register(homes, near)


def check_hour(members: Iterable[int], hour: datetime, known: Register) -> int:
    """Check what stands in an hour of some series; returns how many readings changed their flags.

    Inside the caller's transaction, after the hour's roll-ups.
    """
    homes = [known.homes[pk] for pk in members if pk in known.homes]
    if not homes:
        return 0
    mine = {home.pk for home in homes}
    # A neighbour is judged by its own neighbours, so they are read too.
    others = {near for pk in mine for near in known.near.get(pk, ())} - mine
    beyond = {near for pk in others for near in known.near.get(pk, ())} - mine - others
    hours = _hours(homes, hour)
    rows = _read(homes, others | beyond, hour, _ends(homes, hour, hours))
    together = _together(rows, known, hour)
    changed: list[tuple[int, Said]] = []
    for home in homes:
        changed += _of_series(
            home, rows.get(home.pk, []), hour, hours.get(home.pk, {}), together, known
        )
    for pk in sorted(others):
        for row in rows.get(pk, ()):
            flags = row.flags & ~Flag.NEIGHBOUR | _compared(row, known, together)
            changed += [(flags, row)] if flags != row.flags else []
    reading_rows.set_flags([(flags, row.series, row.at, row.source) for flags, row in changed])
    return len(changed)


def _among(members: Collection[int]) -> Q:
    """A block's series stand in a row: two bounds ask for them sooner than sixty-four keys."""
    if isinstance(members, range):
        return Q(series__range=(members[0], members[-1]))
    return Q(series__in=members)


def restore_judgements(
    members: Collection[int], hour: datetime, sources: Mapping[int, list[str]]
) -> None:
    """Give an hour's readings the judgements that were made of the values they have now.

    Inside the caller's transaction; the newest values follow. `sources` of the series, the one
    that counts first.
    """
    judged = ReadingJudgement.objects.filter(
        _among(members), at__gte=hour, at__lt=hour + HOUR
    ).order_by("pk")
    rows_of = judged.values_list("series", "at", "source", "value", "verdict")
    verdicts = {(pk, at, source): (value, verdict) for pk, at, source, value, verdict in rows_of}
    if not verdicts:
        return
    rows = Reading.objects.filter(series__in=members, at__gte=hour, at__lt=hour + HOUR)
    changed = []
    for row in map(Said._make, rows.order_by().values_list(*Said._fields)):
        value, verdict = verdicts.get((row.series, row.at, row.source), (None, 0))
        flags = row.flags & ~JUDGED | (verdict if row.value == value else 0)
        if flags != row.flags:
            changed.append((flags, row.series, row.at, row.source))
    reading_rows.set_flags(changed)
    for series in sorted({series for _flags, series, _at, _source in changed}):
        read_again(series, sources[series])


def _read(
    homes: Iterable[Home], others: set[int], hour: datetime, ends: Mapping[int, datetime]
) -> dict[int, list[Said]]:
    """The hour of all, and of `homes` what decides it or is decided by it. One query."""
    spans: dict[tuple[float, datetime], list[int]] = {}
    for home in homes:
        spans.setdefault((home.gap_s, ends[home.pk]), []).append(home.pk)
    wanted = [Q(series__in=others, at__gte=hour, at__lt=hour + HOUR)] if others else []
    for (gap_s, end), members in spans.items():
        start = hour - 2 * timedelta(seconds=gap_s)
        wanted.append(Q(series__in=members, at__gte=start, at__lt=end))
    found = Reading.objects.filter(reduce(or_, wanted)).order_by("series", "at", "source")
    rows: dict[int, list[Said]] = {}
    for row in map(Said._make, found.values_list(*Said._fields)):
        rows.setdefault(row.series, []).append(row)
    return rows


def _ends(
    homes: Iterable[Home], hour: datetime, hours: Mapping[int, Extremes]
) -> dict[int, datetime]:
    """Where the readings end that the hour decides. One query.

    A jump is decided by the two readings before. That a value does not move is decided by the
    hours before as long as none of them differs; what is flagged for it is looked at again.
    """
    ends = {home.pk: hour + HOUR + 2 * timedelta(seconds=home.gap_s) for home in homes}
    watched = {home.pk: home for home in homes if home.limits.same_h}
    if not watched:
        return ends
    for pk, home in watched.items():
        ends[pk] = max(ends[pk], run_end(hour, hours.get(pk, {}), _reach(home)))
    reach = max(map(_reach, watched.values()))
    flagged = (
        Reading.objects.filter(
            series__in=watched, at__gte=hour + HOUR, at__lte=hour + HOUR + reach, flags__gt=0
        )
        .annotate(same=F("flags").bitand(Flag.PERSISTENCE.value))
        .filter(same__gt=0)
    )
    last = flagged.order_by().values_list("series").annotate(last=Max("at"))
    for pk, at in last:
        ends[pk] = max(ends[pk], hour_of(at) + HOUR)
    return ends


def _reach(home: Home) -> timedelta:
    """How far a run may reach: its hours, and the gap that does not end it."""
    return (home.limits.same_h or 0) * HOUR + timedelta(seconds=home.gap_s) + HOUR


def _hours(homes: Iterable[Home], hour: datetime) -> dict[int, Extremes]:
    """The lowest and highest value of the hours that a run may reach over. One query."""
    watched = {home.pk: home for home in homes if home.limits.same_h}
    if not watched:
        return {}
    reach = max(map(_reach, watched.values()))
    found = RollUp.objects.filter(
        series__in=watched, span_s=HOUR_S, start__gte=hour - reach, start__lte=hour + reach
    )
    hours: dict[int, dict[datetime, tuple[float, float]]] = {}
    for pk, start, low, high in found.values_list("series", "start", "low", "high"):
        hours.setdefault(pk, {})[start] = low, high
    return dict(hours)


Moments = dict[tuple[str, datetime], dict[int, float]]


def _together(rows: Mapping[int, list[Said]], known: Register, hour: datetime) -> Moments:
    """What the gauges of an element say at the same moment of the hour."""
    found: Moments = {}
    for pk, mine in rows.items():
        home = known.homes[pk]
        if home.limits.apart is None:
            continue
        within = [row for row in mine if hour <= row.at < hour + HOUR]
        for row in one_a_moment(within, home.sources):
            if row.value is not None:
                found.setdefault((home.element, row.at), {})[pk] = row.value
    return found


def _compared(row: Said, known: Register, together: Moments) -> int:
    home, near = known.homes[row.series], known.near.get(row.series, set())
    if home.limits.apart is None or row.value is None:
        return 0
    said = together.get((home.element, row.at), {})
    others = [value for pk, value in said.items() if pk in near]
    return Flag.NEIGHBOUR if unlike(row.value, others, home.limits.apart) else 0


def _of_series(
    home: Home, rows: list[Said], hour: datetime, hours: Extremes, together: Moments,
    known: Register,
) -> list[tuple[int, Said]]:  # fmt: skip
    """The readings of one series from the hour on whose flags are not what they should be."""
    changed: list[tuple[int, Said]] = []
    for source in sorted({row.source for row in rows}):
        said = [row for row in rows if row.source == source]
        jumped, same = _runs(home, [Point(row.at, row.value) for row in said], hour, hours)
        for row in said:
            if row.at < hour:
                continue
            flags = row.flags & ~(Flag.STEP | Flag.PERSISTENCE)
            flags |= Flag.STEP if row.at in jumped else 0
            flags |= Flag.PERSISTENCE if row.at in same else 0
            if row.at < hour + HOUR:
                flags = flags & ~(Flag.RANGE | Flag.FUTURE | Flag.NEIGHBOUR) | _alone(home, row)
                flags |= _compared(row, known, together)
            if flags != row.flags:
                changed.append((flags, row))
    return changed


def _runs(
    home: Home, points: list[Point], hour: datetime, hours: Extremes
) -> tuple[set[datetime], set[datetime]]:
    """The moments that jump, and those that do not move."""
    limits = home.limits
    jumped = jumps(points, limits.allowed, home.gap_s) if limits.allowed else set()
    same: set[datetime] = set()
    if limits.same_h:
        from_hour = [point for point in points if point.at >= hour]
        same = unmoved(from_hour, hours, limits.same_h, home.gap_s)
        same -= {point.at for point in from_hour if point.value == limits.idle}
    return jumped, same


def _alone(home: Home, row: Said) -> int:
    """What can be said of a reading by itself."""
    if row.value is None:
        return 0
    flags = Flag.RANGE if outside(row.value, home.limits.low, home.limits.high) else Flag(0)
    return flags | (Flag.FUTURE if ahead(row.at, row.received_at) else 0)


def mark_alarms(members: Collection[int]) -> None:
    """Note on the open alarms of some series what the checks found in what raised them.

    Three queries, however many series, and two for every alarm that changes.
    """
    opened = list(Alarm.objects.filter(state=AlarmState.OPEN).exclude(element=""))
    if not opened:
        return
    rows = Series.objects.filter(pk__in=members, station__code__in={a.station_code for a in opened})
    homes = {(code, element): pk for pk, code, element in
             rows.values_list("pk", "station__code", "element")}  # fmt: skip
    raised = [(alarm, homes[place]) for alarm in opened
              if (place := (alarm.station_code, alarm.element)) in homes]  # fmt: skip
    if not raised:
        return
    spans = (
        Q(series=pk, at__gte=alarm.began_at, at__lte=alarm.observed_at) for alarm, pk in raised
    )
    flagged = list(
        Reading.objects.filter(reduce(or_, spans), flags__gt=0).values_list("series", "at", "flags")
    )
    for alarm, pk in raised:
        found = Flag(0)
        for series, at, flags in flagged:
            if series == pk and alarm.began_at <= at <= alarm.observed_at:
                found |= flags
        if found != alarm.flags:
            Alarm.objects.filter(pk=alarm.pk).update(flags=found)
            remark_item(f"alarm:{alarm.key}", SUSPECT if suspect(found) else "")
