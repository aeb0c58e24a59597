"""What the gauges say: the newest values and the series."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from anlan.operations.sensing.models import LatestReading, Reading, Series
from anlan.operations.sensing.queries.stations import StationRow
from anlan.operations.sensing.queries.windows import not_wrong, windows
from anlan.operations.sensing.rules.alarm_states import max_gap_s
from anlan.operations.sensing.rules.kinds import main_element
from anlan.operations.sensing.rules.quality import suspect
from anlan.operations.sensing.rules.rates import HOUR, rate_per_h
from anlan.operations.sensing.rules.standing import one_a_moment
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The newest value of a series; `stale` once two reporting intervals have passed since.

    `sources`: those of the series, the one that counts first; readings further apart than `gap_s`
    are not one run.
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
    gap_s: float = 0.0

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


class _Home(NamedTuple):
    """A series of the register, and what its station is."""

    pk: int
    code: str
    kind: str
    element: str
    unit: str
    datum: str
    sources: Sequence[str]
    interval_s: int


def _homes(rows: QuerySet[Series]) -> list[_Home]:
    told = rows.values_list(
        "pk", "station__code", "station__kind", "element", "unit", "datum", "sources",
        "station__interval_s",
    )  # fmt: skip
    return [_Home(*values) for values in told]


def latest(codes: Iterable[str], element: str | None = None) -> dict[str, LatestRow]:
    """The newest value of each station: of `element`, or of what it is mainly there for.

    A station that has said nothing is absent. Three queries.
    """
    homes = _homes(Series.objects.filter(station__code__in=list(codes)))
    wanted = [one for one in homes if one.element == (element or main_element(one.kind))]
    said = _newest(wanted)
    rows = rated([row for _home, row in said])
    return {home.code: row for (home, _row), row in zip(said, rows, strict=True)}


def newest_values(stations: Sequence[StationRow]) -> dict[str, LatestRow]:
    """What each station is mainly there for, without its rate and flags: cheap for thousands.

    A station that has said nothing is absent. Two queries.
    """
    main = {row.code: row.element for row in stations}
    homes = _homes(Series.objects.filter(station__code__among=main, element__in=set(main.values())))
    said = _newest([one for one in homes if one.element == main[one.code]])
    return {home.code: row for home, row in said}


def newest_of(code: str) -> list[LatestRow]:
    """The newest value of everything that a station measures, in the register's order."""
    homes = _homes(Series.objects.filter(station__code=code).order_by("pk"))
    return rated([row for _home, row in _newest(homes)])


def _newest(wanted: Sequence[_Home]) -> list[tuple[_Home, LatestRow]]:
    """The newest value of each series, in the order given, without rate and flags. One query."""
    rows = LatestReading.objects.filter(series__among=[one.pk for one in wanted])
    told = rows.values_list("series", "at", "value", "received_at")
    found = {pk: (at, value, received_at) for pk, at, value, received_at in told}
    now, newest = clock.now(), []
    for home in wanted:
        if home.pk in found:
            at, value, received_at = found[home.pk]
            gap_s = max_gap_s(home.interval_s)
            row = LatestRow(
                home.element, value, home.unit, home.datum, at.astimezone(clock.CHINA), None,
                received_at.astimezone(clock.CHINA), (now - at).total_seconds() > gap_s,
                series=home.pk, sources=home.sources, gap_s=gap_s,
            )  # fmt: skip
            newest.append((home, row))
    return newest


def rated(newest: Sequence[LatestRow]) -> list[LatestRow]:
    """The same with the rate over the hour before and the flags. One query."""
    starts = {row.series: row.at - HOUR - timedelta(seconds=row.gap_s) for row in newest}
    points = windows(starts, {row.series: [*row.sources] for row in newest})
    return [
        replace(
            row, rate_per_h=rate_per_h(points[row.series], row.gap_s),
            flags=next((p.flags for p in reversed(points[row.series]) if p.at == row.at), 0),
        )
        for row in newest
    ]  # fmt: skip


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
