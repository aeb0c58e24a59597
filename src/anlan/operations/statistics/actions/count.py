"""The months are counted by a round of their own, never when somebody looks (ADR 0016).

What changes marks its months stale; a round counts them anew from the records, all kinds of one
month at once, so that a count that was ever wrong mends itself. No audit row: nothing is decided
here, and the same records give the same counts.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction

from anlan.operations.safety.queries.figures import first_found, months_of, tallies
from anlan.operations.statistics.models import CountedMonth, MonthCount
from anlan.operations.statistics.rules.periods import month_of
from anlan.vocabulary import clock

MONTHS_A_TURN = 4


def stale(danger_id: int) -> None:
    """A danger took a step: what it is counted in, and was, is to be counted anew."""
    for month in months_of(danger_id):
        CountedMonth.objects.update_or_create(month=month, defaults={"stale": True})


def count_months(limit: int = MONTHS_A_TURN) -> int:
    """Count what is stale, the newest months first; returns how many were counted."""
    today = clock.today()
    _name_months(today)
    waiting = CountedMonth.objects.filter(stale=True).order_by("-month")
    months = list(waiting.values_list("month", flat=True)[:limit])
    for month in months:
        _count(month, today)
    return len(months)


def recount() -> None:
    """Every month is to be counted anew."""
    CountedMonth.objects.update(stale=True)


def _name_months(today: date) -> None:
    """Months since the first find are known; this one and the last are new with every day, as
    deadlines come."""
    begin = first_found() or today
    month, known = begin.replace(day=1), set(CountedMonth.objects.values_list("month", flat=True))
    missing = []
    while month <= today:
        if month not in known:
            missing.append(CountedMonth(month=month))
        month = month_of(month).after.first
    CountedMonth.objects.bulk_create(missing, ignore_conflicts=True)
    CountedMonth.objects.filter(
        month__gte=month_of(today).before.first, month__lte=today, counted_on__lt=today
    ).update(stale=True)


@transaction.atomic
def _count(month: date, today: date) -> None:
    # The mark goes first: what changes while it is counted marks it again.
    CountedMonth.objects.filter(month=month).update(
        stale=False, counted_on=today, counted_at=clock.now()
    )
    rows = _rows(month, today)
    MonthCount.objects.filter(month=month).delete()
    MonthCount.objects.bulk_create(rows, batch_size=500)


def _rows(month: date, today: date) -> Iterable[MonthCount]:
    span = month_of(month)
    return [
        MonthCount(month=month, township=township, sector=sector, source=source, grade=grade,
                   **asdict(tally))
        for (township, sector, source, grade), tally in sorted(
            tallies(span.first, span.last, today).items(), key=lambda one: one[0]
        )
    ]  # fmt: skip
