"""Spans of readings of many series at once: what rates and alarms are judged by."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import F, Manager, Q, QuerySet

from anlan.operations.sensing.models import Reading
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.quality import FAR_AHEAD, Flag
from anlan.operations.sensing.rules.standing import one_a_moment
from anlan.vocabulary import clock

Windows = dict[int, list[Point]]


class Row(NamedTuple):
    """What is read of a reading: a window may hold thousands."""

    series: int
    at: datetime
    source: str
    value: float | None
    flags: int


def not_wrong(rows: Manager[Reading]) -> QuerySet[Reading]:
    """Without the readings that a person judged wrong: nothing is computed from them."""
    return rows.annotate(wrong=F("flags").bitand(Flag.WRONG.value)).filter(wrong=0)


def windows(starts: Mapping[int, datetime], ranks: Mapping[int, list[str]]) -> Windows:
    """The points of each series from its start until now, ascending, one a moment. One query.

    A clock that is far ahead has no part in it.

    `ranks`: the sources of each series, the one that counts first. A window may begin up to ten
    minutes before its start, so that one condition serves many series. Readings judged wrong are
    left out.
    """
    together: dict[datetime, list[int]] = {}
    for series, start in starts.items():
        rounded = start.replace(minute=start.minute // 10 * 10, second=0, microsecond=0)
        together.setdefault(rounded, []).append(series)
    if not together:
        return {}
    now = clock.now() + FAR_AHEAD
    wanted = reduce(
        or_,
        (Q(series__in=mine, at__gte=start, at__lte=now) for start, mine in together.items()),
    )
    found = not_wrong(Reading.objects).filter(wanted).order_by("series", "at", "source")
    rows: dict[int, list[Row]] = {series: [] for series in starts}
    for row in map(Row._make, found.values_list(*Row._fields)):
        rows[row.series].append(row)
    return {
        series: [Point(row.at, row.value, row.flags) for row in one_a_moment(mine, ranks[series])]
        for series, mine in rows.items()
    }


def value_before(series: int, at: datetime) -> Point | None:
    """The last value of a series before a moment. One query, whatever the history."""
    rows = not_wrong(Reading.objects).filter(series=series, at__lt=at, value__isnull=False)
    row = rows.order_by("-at", "source").first()
    return None if row is None else Point(row.at, row.value, row.flags)
