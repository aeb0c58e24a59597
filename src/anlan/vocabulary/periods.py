"""A month, a quarter, a year, as statistics speak of them [16H 14: quarterly, yearly]."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


class BadPeriod(ValueError):
    """Neither a month such as 2026-11, nor a quarter 2026-Q4, nor a year 2026."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of a month to the last of the same or another.

    >>> period("2026-Q1").last
    datetime.date(2026, 3, 31)
    """

    key: str
    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [_plus(self.first, n) for n in range(count)]

    @property
    def before(self) -> "Period":
        """The period of the same kind that ended the day before."""
        day = self.first - timedelta(days=1)
        return period(_key_like(self.key, day))

    @property
    def after(self) -> "Period":
        return period(_key_like(self.key, self.last + timedelta(days=1)))


def period(text: str) -> Period:
    """Raises `BadPeriod`."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise BadPeriod(text)
    year, quarter, month = (int(part) if part else 0 for part in found.groups())
    begin, length = (month, 1) if month else (3 * quarter - 2, 3) if quarter else (1, 12)
    first = date(year, begin, 1)
    return Period(text, first, _plus(first, length) - timedelta(days=1))


def year_of(day: date) -> Period:
    return period(f"{day:%Y}")


def month_of(day: date) -> Period:
    return period(f"{day:%Y-%m}")


def quarter_of(day: date) -> Period:
    return period(f"{day:%Y}-Q{(day.month + 2) // 3}")


def _key_like(key: str, day: date) -> str:
    of = quarter_of if "Q" in key else month_of if "-" in key else year_of
    return of(day).key


def _plus(month: date, count: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, index + 1, 1)
