"""The days and hours that the law gives, as the district has them on record."""

from datetime import date, datetime, timedelta

from anlan.operations.deadlines.queries import Unit, after, is_working_day, months_after
from anlan.operations.enforcement.models import LegalTerm
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MONTHS, HOURS = "months", "hours"


class NoSuchTerm(Refused):
    """The district has not said how long this term is."""

    def __init__(self, key: str) -> None:
        super().__init__(
            N_("The district has no term \u201c%(term)s\u201d: load its files."), term=key
        )


def until(key: str, day: date) -> date:
    """The last day of the term `key` that begins on `day` (which does not count).

    A term whose last day is a day off rolls on to the next working day only where the district's
    file says so: those of the party and of the court do, a term that binds the office and a
    limitation do not. Raises `NoSuchTerm`.
    """
    term = _term(key, day)
    if term.unit == HOURS:
        return over(key, clock.end_of(day)).astimezone(clock.CHINA).date()
    if term.unit == Unit.WORKING:
        return after(day, term.days, Unit.WORKING)
    end = (
        months_after(day, term.days) if term.unit == MONTHS
        else after(day, term.days, Unit.CALENDAR)
    )  # fmt: skip
    while term.rolls and not is_working_day(end):
        end += timedelta(days=1)
    return end


def over(key: str, at: datetime) -> datetime:
    """The moment when the term `key` that begins `at` is over: so many hours later, by day and
    night; of a term in days the end of its last. Raises `NoSuchTerm`."""
    day = at.astimezone(clock.CHINA).date()
    term = _term(key, day)
    return at + timedelta(hours=term.days) if term.unit == HOURS else clock.end_of(until(key, day))


def _term(key: str, day: date) -> LegalTerm:
    term = LegalTerm.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    if term is None:
        raise NoSuchTerm(key)
    return term


def working_days_to(day: date, today: date) -> int:
    """Working days from `today` until `day`; negative when it has passed."""
    step = 1 if day >= today else -1
    count, at = 0, today
    while at != day:
        at += timedelta(days=step)
        count += step * is_working_day(at if step > 0 else at + timedelta(days=1))
    return count
