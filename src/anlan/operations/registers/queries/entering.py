"""Days and moments as a form or an address has them: text of the district's clock."""

from datetime import date, datetime
from typing import TypeVar

from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

Otherwise = TypeVar("Otherwise", date, None)


def day_typed(text: str) -> date:
    """The day that somebody wrote; raises `Refused` where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(N_("Write the day.")) from None


def moment_typed(text: str) -> datetime:
    """The moment that somebody wrote, as `datetime-local` sends it; raises `Refused`."""
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=clock.CHINA)
    except ValueError:
        raise Refused(N_("Write the day and the time.")) from None


def day_asked(text: str, otherwise: Otherwise) -> date | Otherwise:
    """The day that an address asks for; what is none, or of another century, counts as unasked."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if 2000 <= day.year < 2100 else otherwise
