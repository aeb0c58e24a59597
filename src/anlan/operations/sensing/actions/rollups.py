"""Hours and days made anew and checked, wherever readings came: late ones too."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.actions.checks import (
    check_hour,
    mark_alarms,
    register_of,
    restore_judgements,
)
from anlan.operations.sensing.actions.readings import BLOCK
from anlan.operations.sensing.models import Reading, RollUp, RollUpDue, Series
from anlan.operations.sensing.queries.windows import not_wrong
from anlan.operations.sensing.rules.rollups import (
    DAY_S,
    HOUR_S,
    Summary,
    day_of,
    of_summaries,
    of_values,
)
from anlan.operations.sensing.rules.standing import one_a_moment

A_TURN = 20  # blocks and hours; some 5 ms each


class _Said(NamedTuple):
    series: int
    at: datetime
    source: str
    value: float | None


def make_rollups() -> int:
    """Make what is due, the oldest first; returns how many blocks and hours, at most `A_TURN`.

    Each is one transaction: the hour, the day it belongs to, the checks of its readings, and the
    note that it was due, which stays when readings came meanwhile.
    """
    due = list(RollUpDue.objects.order_by("hour", "block")[:A_TURN])
    if not due:
        return 0
    members = [series for block in {row.block for row in due} for series in _members(block)]
    # Of every series its sources, the one that counts first.
    sources = dict(Series.objects.filter(pk__in=members).values_list("pk", "sources"))
    known = register_of(members)
    for row in due:
        with transaction.atomic(using=reading_rows.alias()):
            restore_judgements(_members(row.block), row.hour, sources)
            _replace(row.block, HOUR_S, row.hour, _hour(row.block, row.hour, sources))
            day = day_of(row.hour)
            _replace(row.block, DAY_S, day, _day(row.block, day))
            check_hour(_members(row.block), row.hour, known)
            RollUpDue.objects.filter(block=row.block, hour=row.hour, touched=row.touched).delete()
    mark_alarms(members)
    return len(due)


def _members(block: int) -> range:
    return range(block * BLOCK, (block + 1) * BLOCK)


def _hour(
    block: int, hour: datetime, sources: Mapping[int, list[str]]
) -> dict[int, Summary | None]:
    rows = not_wrong(Reading.objects).filter(
        series__range=_ends(block), at__gte=hour, at__lt=hour + timedelta(seconds=HOUR_S)
    )
    said: dict[int, list[_Said]] = {}
    for row in map(
        _Said._make, rows.order_by("series", "at", "source").values_list(*_Said._fields)
    ):
        said.setdefault(row.series, []).append(row)
    return {
        series: of_values([one.value for one in one_a_moment(mine, sources.get(series, []))])
        for series, mine in said.items()
    }


def _day(block: int, day: datetime) -> dict[int, Summary | None]:
    rows = RollUp.objects.filter(
        series__range=_ends(block), span_s=HOUR_S, start__gte=day,
        start__lt=day + timedelta(seconds=DAY_S),
    )  # fmt: skip
    hours: dict[int, list[Summary]] = {}
    for series, count, total, low, high, last in rows.order_by("series", "start").values_list(
        "series", "count", "total", "low", "high", "last"
    ):
        hours.setdefault(series, []).append(Summary(count, total, low, high, last))
    return {series: of_summaries(mine) for series, mine in hours.items()}


def _ends(block: int) -> Sequence[int]:
    members = _members(block)
    return members[0], members[-1]


def _replace(
    block: int, span_s: int, start: datetime, summaries: Mapping[int, Summary | None]
) -> None:
    RollUp.objects.filter(series__range=_ends(block), span_s=span_s, start=start).delete()
    RollUp.objects.bulk_create(
        [
            RollUp(
                series=series, span_s=span_s, start=start, count=found.count, total=found.total,
                low=found.low, high=found.high, last=found.last,
            )
            for series, found in summaries.items()
            if found
        ]
    )  # fmt: skip
