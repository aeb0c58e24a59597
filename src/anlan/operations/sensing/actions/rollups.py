"""Hours and days made anew and checked, wherever readings came: late ones too.

An hour whose readings are not kept any more stays as it was made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from anlan.operations.sensing.actions import months, reading_rows
from anlan.operations.sensing.actions.checks import (
    Home,
    check_hour,
    mark_alarms,
    register_of,
    restore_judgements,
)
from anlan.operations.sensing.actions.readings import BLOCK
from anlan.operations.sensing.models import Reading, RollUp, RollUpDue
from anlan.operations.sensing.rules.offered import FILE
from anlan.operations.sensing.rules.quality import Flag
from anlan.operations.sensing.rules.rollups import (
    DAY_S,
    HOUR_S,
    Summary,
    among,
    day_of,
    of_summaries,
    of_values,
)
from anlan.operations.sensing.rules.standing import one_a_moment

SUMMARY = tuple(one.name for one in fields(Summary))
A_TURN = 20  # blocks and hours; some 5 ms each


class _Said(NamedTuple):
    series: int
    at: datetime
    source: str
    value: float | None
    flags: int


def make_rollups() -> int:
    """Make what is due, the oldest first; returns how many blocks and hours, at most `A_TURN`.

    Each is one transaction: the hour, the day it belongs to, the checks of its readings, and the
    note that it was due, which stays when readings came meanwhile.
    """
    due = list(RollUpDue.objects.order_by("hour", "block")[:A_TURN])
    if not due:
        return 0
    members = [series for block in {row.block for row in due} for series in _members(block)]
    known = register_of(members)
    # Of every series its sources, the one that counts first.
    sources = {home.pk: home.sources for home in known.homes.values()}
    for row in due:
        with transaction.atomic(using=reading_rows.alias()):
            restore_judgements(_members(row.block), row.hour, sources)
            said = _said(row.block, row.hour)
            late = _too_late(row.block, row.hour, said)
            made = {
                pk: _hour(one, known.homes.get(pk)) for pk, one in said.items() if pk not in late
            }
            _keep(row.block, row.hour, made)
            # A series that said nothing in this hour has nothing in it to be checked, and decides
            # nothing after it.
            check_hour(said, row.hour, known)
            RollUpDue.objects.filter(block=row.block, hour=row.hour, touched=row.touched).delete()
    mark_alarms(members)
    return len(due)


def _members(block: int) -> range:
    return range(block * BLOCK, (block + 1) * BLOCK)


def _said(block: int, hour: datetime) -> dict[int, list[_Said]]:
    """What was said in an hour, by series, each in the order of time."""
    rows = Reading.objects.filter(
        series__range=_ends(block), at__gte=hour, at__lt=hour + timedelta(seconds=HOUR_S)
    ).order_by("series", "at", "source")
    said: dict[int, list[_Said]] = {}
    for row in map(_Said._make, rows.values_list(*_Said._fields)):
        said.setdefault(row.series, []).append(row)
    return said


def _too_late(block: int, hour: datetime, said: Mapping[int, Sequence[_Said]]) -> set[int]:
    """The series whose hour stays as it is: its readings went with their month, and what came since
    is not all that was said in it."""
    kept_since = months.kept_since()
    if kept_since is None or hour >= kept_since:
        return set()
    rows = RollUp.objects.filter(series__range=_ends(block), span_s=HOUR_S, start=hour)
    standing = {pk: Summary(*one) for pk, *one in rows.values_list("series", *SUMMARY)}
    return {
        pk for pk, one in said.items()
        if pk in standing and not among(standing[pk], [each.value for each in one])
    }  # fmt: skip


def _hour(said: Iterable[_Said], home: Home | None) -> Summary | None:
    """The hour of one series: nothing is computed from what a person judged wrong."""
    right = [one for one in said if not one.flags & Flag.WRONG]
    own = {one.at for one in right if home and _is_own(one, home)}
    ranks = home.sources if home else []
    return of_values([one.value for one in one_a_moment(right, ranks)], len(own))


def _is_own(one: _Said, home: Home) -> bool:
    """Did the device itself report it, as one that is registered?"""
    return one.value is not None and one.source != FILE and one.at >= home.registered


def _keep(block: int, hour: datetime, summaries: Mapping[int, Summary | None]) -> None:
    """Write the hour, and the day it belongs to, of the series that said something in it."""
    day, hours = day_of(hour), _hours_of_day(block, day_of(hour))
    gone, idle = [], []
    rows: list[tuple[object, ...]] = []
    for series, summary in summaries.items():
        mine = hours.setdefault(series, {})
        if summary is not None:
            mine[hour] = summary
            rows.append((series, HOUR_S, hour, *astuple(summary)))
        elif mine.pop(hour, None) is not None:
            gone.append(series)
        whole = of_summaries([mine[start] for start in sorted(mine)])
        if whole is not None:
            rows.append((series, DAY_S, day, *astuple(whole)))
        elif series in gone:
            idle.append(series)
    reading_rows.keep_rollups(rows)
    for span_s, start, without in ((HOUR_S, hour, gone), (DAY_S, day, idle)):
        if without:
            RollUp.objects.filter(series__in=without, span_s=span_s, start=start).delete()


def _hours_of_day(block: int, day: datetime) -> dict[int, dict[datetime, Summary]]:
    rows = RollUp.objects.filter(
        series__range=_ends(block), span_s=HOUR_S, start__gte=day,
        start__lt=day + timedelta(seconds=DAY_S),
    )  # fmt: skip
    hours: dict[int, dict[datetime, Summary]] = {}
    for series, start, *summary in rows.order_by().values_list("series", "start", *SUMMARY):
        hours.setdefault(series, {})[start] = Summary(*summary)
    return hours


def _ends(block: int) -> Sequence[int]:
    members = _members(block)
    return members[0], members[-1]
