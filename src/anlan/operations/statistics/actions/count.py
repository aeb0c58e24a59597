"""The months are counted by a round of their own, never when somebody looks (ADR 0016).

What changes marks its months stale; a round counts them anew from the records, all kinds of one
month at once, so that a count that was ever wrong mends itself. No audit row: nothing is decided
here, and the same records give the same counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from anlan.operations.checks.queries.figures import (
    CheckTally,
    check_tallies,
    first_due,
    months_of_check,
)
from anlan.operations.enforcement.queries.inspections import (
    first_inspected,
    inspected_on,
)
from anlan.operations.safety.queries.figures import first_found, months_of, tallies
from anlan.operations.statistics.models import CheckCount, CountedMonth, MonthCount
from anlan.operations.statistics.queries.inspections import inspections
from anlan.vocabulary import clock
from anlan.vocabulary.periods import month_of

MONTHS_A_TURN = 4
DANGERS, CHECKS = "dangers", "checks"


@dataclass(frozen=True, slots=True)
class _Room:
    """What is counted by the month: the day it begins, the rows of a month, where they stand."""

    begins: Callable[[], date | None]
    rows: Callable[[date, date], list[Any]]
    model: type[Model]


def stale(danger_id: int) -> None:
    """A danger took a step: what it is counted in, and was, is to be counted anew."""
    _mark(DANGERS, months_of(danger_id))


def stale_check(check_id: int) -> None:
    """A check came in or was corrected: its months are to be counted anew."""
    _mark(CHECKS, months_of_check(check_id))


def stale_case(case_id: int) -> None:
    """A case took a step: the month of its inspection is to be counted anew."""
    day = inspected_on(case_id)
    if day is not None:
        _mark(CHECKS, {day.replace(day=1)})


def _mark(room: str, months: Iterable[date]) -> None:
    for month in months:
        CountedMonth.objects.update_or_create(room=room, month=month, defaults={"stale": True})


def count_months(limit: int = MONTHS_A_TURN) -> int:
    """Count what is stale, the newest months first; returns how many were counted."""
    today = clock.today()
    known = list(CountedMonth.objects.all())
    named = [_name_months(*one, known, today) for one in ROOMS.items()]
    if not any(named) and not any(one.stale for one in known):
        return 0
    waiting = CountedMonth.objects.filter(stale=True).order_by("-month", "room")
    months = list(waiting.values_list("room", "month")[:limit])
    for name, month in months:
        _count(name, month, today)
    return len(months)


def recount() -> None:
    """Every month is to be counted anew."""
    CountedMonth.objects.update(stale=True)


def _name_months(name: str, room: _Room, counted: Iterable[CountedMonth], today: date) -> bool:
    """Months since the first record are known; one that was counted before it was over is new with
    every day, as deadlines come. Whether any is new."""
    known = {one.month: one for one in counted if one.room == name}
    month, missing = (room.begins() or today).replace(day=1), []
    while month <= today:
        if month not in known:
            missing.append(CountedMonth(room=name, month=month))
        month = month_of(month).after.first
    grown = [
        one.pk for one in known.values()
        if one.counted_on and one.month <= today
        and one.counted_on < min(today, month_of(one.month).after.first)
    ]  # fmt: skip
    if missing:
        CountedMonth.objects.bulk_create(missing, ignore_conflicts=True)
    if grown:
        CountedMonth.objects.filter(pk__in=grown).update(stale=True)
    return bool(missing or grown)


@transaction.atomic
def _count(name: str, month: date, today: date) -> None:
    # The mark goes first: what changes while it is counted marks it again.
    CountedMonth.objects.filter(room=name, month=month).update(
        stale=False, counted_on=today, counted_at=clock.now()
    )
    room = ROOMS[name]
    rows, kept = room.rows(month, today), room.model._default_manager
    kept.filter(month=month).delete()
    kept.bulk_create(rows, batch_size=500)


def _danger_rows(month: date, today: date) -> list[MonthCount]:
    span = month_of(month)
    return [
        MonthCount(month=month, township=township, sector=sector, source=source, grade=grade,
                   **asdict(tally))
        for (township, sector, source, grade), tally in sorted(
            tallies(span.first, span.last, today).items(), key=lambda one: one[0]
        )
    ]  # fmt: skip


def _check_rows(month: date, today: date) -> list[CheckCount]:
    """The self-checks of a month, and the inspections, of no cycle."""
    span = month_of(month)
    found = check_tallies(span.first, span.last, today)
    for (township, sector), tally in inspections(span.first, span.last).items():
        found.setdefault((township, sector, ""), CheckTally()).add(tally)
    return [
        CheckCount(month=month, township=township, sector=sector, cycle=cycle, **asdict(tally))
        for (township, sector, cycle), tally in sorted(found.items(), key=lambda one: one[0])
    ]


def _first_check() -> date | None:
    return min(filter(None, (first_due(), first_inspected())), default=None)


ROOMS = {
    DANGERS: _Room(first_found, _danger_rows, MonthCount),
    CHECKS: _Room(_first_check, _check_rows, CheckCount),
}
