"""The dangers that were handed to enforcement, for the room that opens cases."""

from dataclasses import dataclass
from datetime import date, datetime

from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.terms import last_day, since
from anlan.operations.safety.rules.states import State


@dataclass(frozen=True, slots=True)
class Handed:
    """A danger that waits for enforcement, and since when; `regulator` handed it over."""

    title: str
    unit: str
    area_code: str
    regulator: str
    since: datetime


def handed(danger_id: int) -> Handed | None:
    """None where it does not wait for enforcement. Two queries."""
    one = Danger.objects.filter(pk=danger_id, state=State.TO_ENFORCEMENT).first()
    if one is None:
        return None
    return Handed(one.title, one.unit, one.area_code, one.regulator, since(one))


def taken_up_until(begun: datetime) -> date | None:
    """By when enforcement takes the next step of a danger that it has waited for since then."""
    return last_day(begun, State.TO_ENFORCEMENT)
