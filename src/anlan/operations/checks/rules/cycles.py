"""Daily, weekly, monthly 日周月 (CQA 25): the period that a day lies in, and its last day."""

import calendar
from datetime import date, timedelta

from anlan.operations.checks.rules.library import DAILY, MONTHLY, WEEKLY

PRINCIPAL = "principal"  # the role of whoever makes the monthly check in person


def period(cycle: str, day: date) -> tuple[date, date]:
    """First and last day of the period that holds `day`; a week runs from Monday to Sunday.

    >>> period("weekly", date(2026, 3, 4))
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 8))
    >>> period("monthly", date(2026, 2, 4))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    if cycle == DAILY:
        return day, day
    if cycle == WEEKLY:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def counts(cycle: str, role: str) -> bool:
    """Whether a check answers the one that is owed: the monthly one is the principal's in person.

    `domain.md` 3.1 日周月 (CQA 25) [pv]. A deputy is not "in person".

    >>> counts("monthly", "enterprise"), counts("monthly", "principal"), counts("daily", "x")
    (False, True, True)
    """
    return cycle != MONTHLY or role == PRINCIPAL
