"""When progress under listed supervision 挂牌督办 is reported: once a month [pv]."""

import calendar
from datetime import date

from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import REGULATE
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def report_due(listed_on: date, given: int) -> date:
    """The day until which the next report is due, `given` having been given; months have ends."""
    year, month = divmod(listed_on.month + given, 12)
    year, month = listed_on.year + year, month + 1
    return date(year, month, min(listed_on.day, calendar.monthrange(year, month)[1]))


def check_report(person: Person, regulator: str, listed_on: date, given: int, day: date) -> None:
    """Raises `Refused`: the unit that regulates the danger reports, once in each month."""
    if REGULATE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if not person.bureau and regulator not in ("", person.organisation):
        raise Refused(N_("Only the unit that regulates it may take this step."))
    if given and day <= report_due(listed_on, given - 1):
        raise Refused(N_("The report of this month has been given."))
