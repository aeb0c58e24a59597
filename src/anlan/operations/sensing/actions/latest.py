"""Derived values: the newest value of a series and its rate, corrected by whatever came late."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import router, transaction
from django.db.models import Q

from anlan.operations.sensing.actions.readings import Statement
from anlan.operations.sensing.models import LatestReading, Reading, Series
from anlan.operations.sensing.rules.alarm_states import SILENT_AFTER_INTERVALS
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.rates import HOUR, rate_per_h
from anlan.operations.sensing.rules.standing import one_a_moment

Windows = dict[int, list[Point]]


def max_gap_s(series: Series) -> float:
    """Readings further apart than two reporting intervals are not one run."""
    return SILENT_AFTER_INTERVALS * float(series.station.interval_s)


class Row(NamedTuple):
    """What is read of a reading: a window may hold thousands."""

    series: int
    at: datetime
    source: str
    value: float | None
    received_at: datetime


def refresh_latest(
    touched: Collection[Series],
    statements: Sequence[Statement],
    durations_s: Mapping[int, float],
) -> Windows:
    """Bring the newest values up to date; returns each series' points until now, ascending.

    They begin before the earliest of `statements` by the hour of the rate or the longest threshold
    duration of the series (`durations_s`, by series), whichever is longer.
    """
    if not touched:
        return {}
    with transaction.atomic(using=router.db_for_write(Reading)):
        known = {
            row.series: row
            for row in LatestReading.objects.select_for_update().filter(
                series__in=[series.pk for series in touched]
            )
        }
        starts = _starts(touched, statements, known, durations_s)
        rows = _read(starts)
        newest = []
        windows: Windows = {}
        for series in touched:
            mine = one_a_moment(rows.get(series.pk, []), series.sources)
            windows[series.pk] = [Point(row.at, row.value) for row in mine]
            latest = _latest(series, mine, windows[series.pk])
            newest += [latest] if latest else []
        LatestReading.objects.bulk_create(
            newest, update_conflicts=True, unique_fields=["series"],
            update_fields=["at", "value", "source", "received_at", "rate_per_h"],
        )  # fmt: skip
    return windows


def _starts(
    touched: Iterable[Series],
    statements: Sequence[Statement],
    known: Mapping[int, LatestReading],
    durations_s: Mapping[int, float],
) -> dict[int, datetime]:
    """Where each window begins, to ten minutes so that one condition serves many series."""
    first: dict[int, datetime] = {}
    for said in statements:
        first[said.series] = min(first.get(said.series, said.at), said.at)
    starts = {}
    for series in touched:
        latest = known.get(series.pk)
        start = min(first[series.pk], latest.at) if latest else first[series.pk]
        before_s = max(HOUR.total_seconds(), durations_s.get(series.pk, 0.0))
        start -= timedelta(seconds=before_s + max_gap_s(series))
        starts[series.pk] = start.replace(minute=start.minute // 10 * 10, second=0, microsecond=0)
    return starts


def _read(starts: Mapping[int, datetime]) -> dict[int, list[Row]]:
    """The readings of every window in one query."""
    together: dict[datetime, list[int]] = {}
    for series, start in starts.items():
        together.setdefault(start, []).append(series)
    wanted = reduce(
        or_, (Q(series__in=members, at__gte=start) for start, members in together.items())
    )
    found = Reading.objects.filter(wanted).order_by("series", "at", "source")
    rows: dict[int, list[Row]] = {}
    for row in map(Row._make, found.values_list(*Row._fields)):
        rows.setdefault(row.series, []).append(row)
    return rows


def _latest(series: Series, rows: list[Row], points: list[Point]) -> LatestReading | None:
    valued = [(row, row.value) for row in rows if row.value is not None]
    if not valued:
        return None
    row, value = valued[-1]
    return LatestReading(
        series=series.pk, at=row.at, value=value, source=row.source,
        received_at=row.received_at, rate_per_h=rate_per_h(points, max_gap_s(series)),
    )  # fmt: skip
