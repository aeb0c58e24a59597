"""What the gauges say: the newest values and the series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from anlan.operations.sensing.models import LatestReading, Reading, Series
from anlan.operations.sensing.queries.stations import StationRow
from anlan.operations.sensing.queries.windows import not_wrong, windows
from anlan.operations.sensing.rules.alarm_states import max_gap_s
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.kinds import main_element
from anlan.operations.sensing.rules.quality import suspect
from anlan.operations.sensing.rules.rates import HOUR, rate_per_h
from anlan.operations.sensing.rules.standing import one_a_moment
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The newest value of a series; `stale` once two reporting intervals have passed since.

    `sources`: those of the series, the one that counts first.
    """

    element: str
    value: float
    unit: str
    datum: str
    at: datetime
    rate_per_h: float | None
    received_at: datetime
    stale: bool
    flags: int = 0
    series: int = 0
    sources: Sequence[str] = ()

    @property
    def suspect(self) -> bool:
        return suspect(self.flags)


@dataclass(frozen=True, slots=True)
class Values:
    """A series over a span, ascending; None is "no data". `datum` is empty except for stage.

    `flags` as in `rules.quality`, one a value.
    """

    at: list[datetime]
    value: list[float | None]
    datum: str
    unit: str = ""
    interval_s: int = 0
    flags: list[int] = field(default_factory=list)


def latest(codes: Iterable[str], element: str | None = None) -> dict[str, LatestRow]:
    """The newest value of each station: of `element`, or of what it is mainly there for.

    A station that has said nothing is absent. Three queries.
    """
    rows = Series.objects.filter(station__code__in=list(codes)).select_related("station")
    wanted = {
        row.pk: row for row in rows if row.element == (element or main_element(row.station.kind))
    }
    return {row.station.code: newest for row, newest in _newest(wanted)}


def newest_values(stations: Sequence[StationRow]) -> dict[str, LatestRow]:
    """What each station is mainly there for, without its rate and flags: cheap for thousands.

    A station that has said nothing is absent. Two queries.
    """
    rows = {row.code: row for row in stations}
    series = Series.objects.filter(
        station__code__among=rows, element__in={row.element for row in stations}
    ).values_list("pk", "station__code", "element", "unit", "datum", "sources")
    wanted = {pk: rest for pk, *rest in series if rows[rest[0]].element == rest[1]}
    found = LatestReading.objects.filter(series__among=wanted)
    now, newest = clock.now(), {}
    for pk, at, value, received_at in found.values_list("series", "at", "value", "received_at"):
        code, element, unit, datum, sources = wanted[pk]
        stale = (now - at).total_seconds() > max_gap_s(rows[code].interval_s)
        newest[code] = LatestRow(
            element, value, unit, datum, at.astimezone(clock.CHINA), None,
            received_at.astimezone(clock.CHINA), stale, 0, pk, sources,
        )  # fmt: skip
    return newest


def rated(newest: Mapping[str, tuple[LatestRow, int]]) -> dict[str, LatestRow]:
    """`newest_values` with rate and flags, each beside its station's reporting interval in s.

    One query.
    """
    gaps = {code: max_gap_s(interval_s) for code, (_row, interval_s) in newest.items()}
    starts = {
        row.series: row.at - HOUR - timedelta(seconds=gaps[code])
        for code, (row, _interval_s) in newest.items()
    }
    points = windows(starts, {row.series: [*row.sources] for row, _s in newest.values()})
    return {
        code: replace(
            row, rate_per_h=rate_per_h(points[row.series], gaps[code]),
            flags=_flags(points[row.series], row.at),
        )
        for code, (row, _interval_s) in newest.items()
    }  # fmt: skip


def newest_of(code: str) -> list[LatestRow]:
    """The newest value of everything that a station measures, in the register's order."""
    rows = Series.objects.filter(station__code=code).select_related("station").order_by("pk")
    return [newest for _row, newest in _newest({row.pk: row for row in rows})]


def _newest(wanted: Mapping[int, Series]) -> list[tuple[Series, LatestRow]]:
    """The newest value of each series, in the order given, with its rate over the hour before."""
    found = {one.series: one for one in LatestReading.objects.filter(series__in=wanted)}
    gaps = {pk: max_gap_s(wanted[pk].station.interval_s) for pk in found}
    starts = {pk: one.at - HOUR - timedelta(seconds=gaps[pk]) for pk, one in found.items()}
    points = windows(starts, {pk: wanted[pk].sources for pk in found})
    return [
        (row, _latest(row, found[pk], rate_per_h(points[pk], gaps[pk]), points[pk]))
        for pk, row in wanted.items()
        if pk in found
    ]


def _latest(
    row: Series, newest: LatestReading, rate: float | None, points: Sequence[Point]
) -> LatestRow:
    age_s = (clock.now() - newest.at).total_seconds()
    return LatestRow(
        row.element, newest.value, row.unit, row.datum, newest.at.astimezone(clock.CHINA),
        rate, newest.received_at.astimezone(clock.CHINA), age_s > max_gap_s(row.station.interval_s),
        _flags(points, newest.at),
    )  # fmt: skip


def _flags(points: Sequence[Point], at: datetime) -> int:
    return next((one.flags for one in reversed(points) if one.at == at), 0)


def series(
    code: str, element: str, since: datetime, until: datetime, *, all_kept: bool = False
) -> Values:
    """The readings of a station's element in [since, until], one a moment; empty when unknown.

    Readings judged wrong are left out unless `all_kept`: they are shown, never computed with.
    """
    row = Series.objects.filter(station__code=code, element=element).select_related("station")
    home = row.first()
    if home is None:
        return Values([], [], "")
    rows = Reading.objects.all() if all_kept else not_wrong(Reading.objects)
    found = rows.filter(series=home.pk, at__gte=since, at__lte=until)
    points = one_a_moment(list(found.order_by("at", "source")), home.sources)
    return Values(
        [p.at.astimezone(clock.CHINA) for p in points], [p.value for p in points], home.datum,
        home.unit, home.station.interval_s, [p.flags for p in points],
    )  # fmt: skip
