"""Working days of the People's Republic: holidays and make-up workdays 调休 as announced each year.

`chinese_calendar` carries the State Council's announcements. For a year not announced yet (or
before 2004) a day is taken as working from Monday to Friday; `announced` says so.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import chinese_calendar


class Unit(StrEnum):
    """Every statutory deadline carries one (CFF 85: "2/3/5/7 日" are working days)."""

    CALENDAR = "calendar"
    WORKING = "working"


def announced(year: int) -> bool:
    """Whether the year's holidays are known."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """
    >>> is_working_day(date(2025, 1, 26)), is_working_day(date(2025, 10, 8))  # Sunday, Wednesday
    (True, False)
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def after(day: date, count: int, unit: Unit) -> date:
    """The day `count` days after `day`, which itself does not count; `count` is 0 or more.

    >>> after(date(2025, 9, 30), 3, Unit.WORKING)  # National Day and Mid-Autumn, 1 to 8 October
    datetime.date(2025, 10, 11)
    """
    if count < 0:
        raise ValueError("a deadline lies after its beginning")
    if unit is Unit.CALENDAR:
        return day + timedelta(days=count)
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def hours_after(at: datetime, hours: int, begins: time, ends: time) -> datetime:
    """The moment when so many working hours have passed: those from `begins` to `ends` of working
    days, on the clock of `at`.

    >>> at = datetime(2025, 9, 30, 16, 30)  # the eve of National Day and Mid-Autumn
    >>> hours_after(at, 4, time(8, 30), time(17, 30))
    datetime.datetime(2025, 10, 9, 11, 30)
    """
    if hours < 0 or begins >= ends:
        raise ValueError("a deadline lies after its beginning, work ends after it begins")
    left, day = timedelta(hours=hours), at.date()
    while True:
        if is_working_day(day):
            end = datetime.combine(day, ends, at.tzinfo)
            begin = min(max(at, datetime.combine(day, begins, at.tzinfo)), end)
            if left <= end - begin:
                return begin + left
            left -= end - begin
        day += timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month.

    >>> months_after(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
