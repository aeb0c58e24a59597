"""A unit's plan of inspections: which enterprises, in which stretch of the year, on which day."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.operations.checks.rules.cycles import period
from anlan.operations.checks.rules.library import DAILY, ENFORCEMENT, REVIEW, WEEKLY
from anlan.vocabulary.words import NP_

# Departments and streets inspect by day and week too, as enterprises check themselves 三个日周月
# (`domain.md` 3.1) [pv]: by the day on working days only.
EVERY_DAY, EVERY_WEEK = "1d", "7d"
SINGLE_ASKED = timedelta(days=92)
_CYCLES = {EVERY_DAY: DAILY, EVERY_WEEK: WEEKLY}
MONTHS_WORDS = {
    EVERY_DAY: NP_("plan of inspections", "Every working day"),
    EVERY_WEEK: NP_("plan of inspections", "Every week"),
    "1": NP_("plan of inspections", "Every month"),
    "3": NP_("plan of inspections", "Every quarter"),
    "6": NP_("plan of inspections", "Every half year"),
    "12": NP_("plan of inspections", "Every year"),
    "36": NP_("plan of inspections", "Every three years"),
}
PLANNED_WORDS = {
    ENFORCEMENT: NP_("plan of inspections", "Inspection"),
    REVIEW: NP_("plan of inspections", "Standardisation review"),
}
ROLE_WORDS = {
    "grid_worker": NP_("plan of inspections", "Grid workers"),
    "township": NP_("plan of inspections", "The street's own staff"),
    "department": NP_("plan of inspections", "The department's own staff"),
}


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a plan is for; empty `sector` or `level`: every one."""

    area_code: str
    sector: str = ""
    level: str = ""


def aimed_at(aim: Aim, area_code: str, sector: str, level: int | None) -> bool:
    """Whether an enterprise is in the plan.

    >>> aimed_at(Aim("500106004", level="1"), "500106004001", "industry", 1)
    True
    """
    return (
        area_code.startswith(aim.area_code)
        and aim.sector in ("", sector)
        and aim.level in ("", f"{level or ''}")
    )


def stretch(often: str, day: date) -> tuple[date, date]:
    """First and last day of the week, month, quarter, half, year or years that hold a day.

    >>> stretch("7d", date(2026, 5, 9))
    (datetime.date(2026, 5, 4), datetime.date(2026, 5, 10))
    >>> stretch("3", date(2026, 5, 9))
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    >>> stretch("36", date(2026, 5, 9))
    (datetime.date(2025, 1, 1), datetime.date(2027, 12, 31))
    """
    if often in _CYCLES:
        return period(_CYCLES[often], day)
    months = int(often)
    if months > 12:
        years = months // 12
        begins = day.year - day.year % years
        return date(begins, 1, 1), date(begins + years - 1, 12, 31)
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return (
        date(day.year, first, 1),
        date(day.year, last, calendar.monthrange(day.year, last)[1]),
    )


def asked_until(often: str, due_on: date) -> date:
    """The last day on which an inspection that was missed is still asked for; from then on it is
    counted as missed and no more. One of a day or week is, like a self-check, asked for in its own
    period; one of months until the next period of its plan is over; a single one for a quarter.

    All [pv]: `domain.md` 3.1 has every step of the escalation said within a week.

    >>> asked_until("1d", date(2026, 5, 8)), asked_until("3", date(2026, 6, 30))
    (datetime.date(2026, 5, 8), datetime.date(2026, 9, 30))
    """
    if often in _CYCLES:
        return due_on
    return stretch(often, due_on + timedelta(days=1))[1] if often else due_on + SINGLE_ASKED


def spread(count: int, days: Sequence[date]) -> list[date]:
    """A day for each of `count` inspections, evenly over `days`, in order.

    >>> spread(3, [date(2026, 1, 5), date(2026, 1, 6)])[-1]
    datetime.date(2026, 1, 6)
    """
    return [days[n * len(days) // count] for n in range(count)]
