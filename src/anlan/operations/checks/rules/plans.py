"""A unit's plan of inspections: which enterprises, in which stretch of the year, on which day."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anlan.vocabulary.words import NP_

MONTHS_WORDS = {
    "1": NP_("plan of inspections", "Every month"),
    "3": NP_("plan of inspections", "Every quarter"),
    "6": NP_("plan of inspections", "Every half year"),
    "12": NP_("plan of inspections", "Every year"),
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


def stretch(months: int, day: date) -> tuple[date, date]:
    """First and last day of the month, quarter, half or whole year that holds a day.

    >>> stretch(3, date(2026, 5, 9))
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    """
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return (
        date(day.year, first, 1),
        date(day.year, last, calendar.monthrange(day.year, last)[1]),
    )


def spread(count: int, days: Sequence[date]) -> list[date]:
    """A day for each of `count` inspections, evenly over `days`, in order.

    >>> spread(3, [date(2026, 1, 5), date(2026, 1, 6)])[-1]
    datetime.date(2026, 1, 6)
    """
    return [days[n * len(days) // count] for n in range(count)]
