"""The dangers that were handed to enforcement, for the room that opens cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.terms import each_since, last_day
from anlan.operations.safety.rules.states import State


@dataclass(frozen=True, slots=True)
class Handed:
    """A danger that waits for enforcement, and since when; `regulator` handed it over."""

    title: str
    unit: str
    area_code: str
    regulator: str
    since: datetime


def handed_ids() -> list[int]:
    """All dangers that wait for enforcement. One query."""
    return list(Danger.objects.filter(state=State.TO_ENFORCEMENT).values_list("pk", flat=True))


def handed_of(ids: Collection[int]) -> dict[int, Handed]:
    """Those of these dangers that wait for enforcement, by id. Two queries."""
    rows = list(Danger.objects.filter(pk__in=ids, state=State.TO_ENFORCEMENT))
    since = each_since(rows) if rows else {}
    return {
        one.pk: Handed(one.title, one.unit, one.area_code, one.regulator, since[one.pk])
        for one in rows
    }


def handed(danger_id: int) -> Handed | None:
    """None where it does not wait for enforcement. Two queries."""
    return handed_of([danger_id]).get(danger_id)


def taken_up_until(begun: datetime) -> date | None:
    """By when enforcement takes the next step of a danger that it has waited for since then."""
    return last_day(begun, State.TO_ENFORCEMENT)
