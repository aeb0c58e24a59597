"""The days that the law gives, as the district has them on record, by the working calendar."""

from datetime import date, timedelta

from anlan.operations.deadlines.queries import Unit, after, is_working_day, months_after
from anlan.operations.enforcement.models import LegalTerm
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MONTHS = "months"


class NoSuchTerm(Refused):
    """The district has not said how long this term is."""

    def __init__(self, key: str) -> None:
        super().__init__(
            N_("The district has no term \u201c%(term)s\u201d: load its files."), term=key
        )


def until(key: str, day: date) -> date:
    """The last day of the term `key` that begins on `day` (which does not count).

    A calendar term that ends on a day off ends on the next working day, as terms of procedure do
    [pv]. Raises `NoSuchTerm`.
    """
    term = LegalTerm.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    if term is None:
        raise NoSuchTerm(key)
    if term.unit == Unit.WORKING:
        return after(day, term.days, Unit.WORKING)
    end = (
        months_after(day, term.days) if term.unit == MONTHS
        else after(day, term.days, Unit.CALENDAR)
    )  # fmt: skip
    while not is_working_day(end):
        end += timedelta(days=1)
    return end


def working_days_to(day: date, today: date) -> int:
    """Working days from `today` until `day`; negative when it has passed."""
    step = 1 if day >= today else -1
    count, at = 0, today
    while at != day:
        at += timedelta(days=step)
        count += step * is_working_day(at if step > 0 else at + timedelta(days=1))
    return count
