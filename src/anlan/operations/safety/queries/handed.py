"""The dangers that were handed to enforcement, for the room that opens cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from anlan.operations.people.queries import Scope
from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.safety.queries.state import facts_of
from anlan.operations.safety.queries.terms import each_since, last_day
from anlan.operations.safety.rules.loop import Person, verbs
from anlan.operations.safety.rules.states import STATE_WORDS, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term

HAND_OVER = "hand to enforcement"


@dataclass(frozen=True, slots=True)
class Handed:
    """A danger that waits for enforcement, and since when; `regulator` handed it over."""

    title: str
    unit: str
    area_code: str
    regulator: str
    since: datetime
    enterprise_id: int | None = None


def handed_ids() -> list[int]:
    """All dangers that wait for enforcement. One query."""
    return list(Danger.objects.filter(state=State.TO_ENFORCEMENT).values_list("pk", flat=True))


def handed_of(ids: Collection[int]) -> dict[int, Handed]:
    """Those of these dangers that wait for enforcement, by id. Two queries."""
    rows = list(Danger.objects.filter(pk__in=ids, state=State.TO_ENFORCEMENT))
    since = each_since(rows) if rows else {}
    return {
        one.pk: Handed(one.title, one.unit, one.area_code, one.regulator, since[one.pk],
                       one.enterprise_id)
        for one in rows
    }  # fmt: skip


def handed(danger_id: int) -> Handed | None:
    """None where it does not wait for enforcement. Two queries."""
    return handed_of([danger_id]).get(danger_id)


def after_enforcement(danger: Danger) -> str:
    """Where it goes on when enforcement has done: production that was stopped then stays so."""
    last = danger.steps.filter(verb=HAND_OVER).order_by("-id").values_list("before", flat=True)
    stopped = last.first() == State.SUSPENDED_PRODUCTION
    return State.SUSPENDED_PRODUCTION if stopped else State.GRADED


def taken_up_until(begun: datetime) -> date | None:
    """By when enforcement takes the next step of a danger that it has waited for since then."""
    return last_day(begun, State.TO_ENFORCEMENT)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A danger that a case may take up. `waits`: it was handed over already; `may`: it was, or who
    asks may hand it over as it is now."""

    id: int
    number: str
    title: str
    state: Term
    waits: bool
    may: bool


def to_hand(ids: Collection[int], scope: Scope, person: Person) -> list[Candidate]:
    """Those of these dangers within sight that are not closed, by number. Four queries."""
    rows = dangers_in(scope).filter(pk__in=ids).exclude(state=State.CLOSED)
    found, today = list(rows.order_by("number")), clock.today()
    known = facts_of(found)
    return [
        Candidate(
            one.pk, one.number, one.title, STATE_WORDS[State(one.state)],
            one.state == State.TO_ENFORCEMENT,
            one.state == State.TO_ENFORCEMENT or HAND_OVER in verbs(known[one.pk], person, today),
        )
        for one in found
    ]  # fmt: skip
