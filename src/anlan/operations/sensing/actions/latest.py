"""Derived values: the newest value of a series and its rate, corrected by whatever came late."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import router, transaction
from django.db.models import Q

from anlan.operations.sensing.actions.readings import Statement
from anlan.operations.sensing.models import LatestReading, Reading, Series
from anlan.operations.sensing.rules.alarm_states import (
    LONGEST_DURATION_S,
    SILENT_AFTER_INTERVALS,
)
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.rates import HOUR, rate_per_h
from anlan.operations.sensing.rules.standing import one_a_moment

LONGEST_DURATION = timedelta(seconds=LONGEST_DURATION_S)

Windows = dict[int, list[Point]]


def max_gap_s(series: Series) -> float:
    """Readings further apart than two reporting intervals are not one run."""
    return SILENT_AFTER_INTERVALS * float(series.station.interval_s)


def refresh_latest(touched: Collection[Series], statements: Sequence[Statement]) -> Windows:
    """Bring the newest values up to date; returns each series' points from a while before the
    earliest of `statements` until now, ascending."""
    if not touched:
        return {}
    with transaction.atomic(using=router.db_for_write(Reading)):
        known = {
            row.series: row
            for row in LatestReading.objects.select_for_update().filter(
                series__in=[series.pk for series in touched]
            )
        }
        starts = _starts(touched, statements, known)
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
    touched: Iterable[Series], statements: Sequence[Statement], known: dict[int, LatestReading]
) -> dict[int, datetime]:
    """Where each window begins, on the hour so that one query serves many series."""
    first: dict[int, datetime] = {}
    for said in statements:
        first[said.series] = min(first.get(said.series, said.at), said.at)
    starts = {}
    for series in touched:
        latest = known.get(series.pk)
        start = min(first[series.pk], latest.at) if latest else first[series.pk]
        start -= max(HOUR, LONGEST_DURATION) + timedelta(seconds=max_gap_s(series))
        starts[series.pk] = start.replace(minute=0, second=0, microsecond=0)
    return starts


def _read(starts: dict[int, datetime]) -> dict[int, list[Reading]]:
    """The readings of every window in one query; one reading a moment, by the ranked source."""
    together: dict[datetime, list[int]] = {}
    for series, start in starts.items():
        together.setdefault(start, []).append(series)
    wanted = reduce(
        or_, (Q(series__in=members, at__gte=start) for start, members in together.items())
    )
    rows: dict[int, list[Reading]] = {}
    for row in Reading.objects.filter(wanted).order_by("series", "at", "source"):
        rows.setdefault(row.series, []).append(row)
    return rows


def _latest(series: Series, rows: list[Reading], points: list[Point]) -> LatestReading | None:
    valued = [(row, row.value) for row in rows if row.value is not None]
    if not valued:
        return None
    row, value = valued[-1]
    return LatestReading(
        series=series.pk, at=row.at, value=value, source=row.source,
        received_at=row.received_at, rate_per_h=rate_per_h(points, max_gap_s(series)),
    )  # fmt: skip
