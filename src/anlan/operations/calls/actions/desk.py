"""Whose desk a call waits on, and its timers: one item a call, renewed at every step.

At the term the unit's leader gets an item of their own beside it, later the bureau too; both go
with the next step.
"""

from dataclasses import replace
from datetime import datetime

from anlan.operations.calls.events import CallTermPassed
from anlan.operations.calls.models import Call
from anlan.operations.calls.queries.terms import ends, spans
from anlan.operations.calls.queries.units import units
from anlan.operations.calls.rules.states import ANSWER, ASSIGN, LEAD, MAKE, State
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_items,
    open_item,
    set_timer,
)
from anlan.vocabulary.words import N_

# State -> whose right it waits for, what is to be done, the verb on the button.
_ANSWER = (ANSWER, N_("Answer the call %(number)s of %(street)s"), N_("Answer"))
_WAITS = {
    State.DRAFT: (MAKE, N_("Send the drafted call %(number)s"), N_("Send")),
    State.CALLED: _ANSWER,
    State.ASSIGNED: _ANSWER,
    State.RETURNED: _ANSWER,
    State.ANSWERED: (
        ANSWER, N_("Come and handle the call %(number)s of %(street)s"), N_("Come and handle")
    ),
    State.HANDLED: (MAKE, N_("Say whether the call %(number)s is settled"), N_("Confirm")),
    State.REFUSED: (
        ASSIGN, N_("Decide whose the call %(number)s of %(street)s is"), N_("Assign a department")
    ),
}  # fmt: skip
OF_THE_STREET = (State.DRAFT, State.HANDLED)
TO_LEADER = N_("The unit let the term of the call %(number)s of %(street)s pass")
TO_BUREAU = N_("The call %(number)s of %(street)s is past its term: nobody has acted")
LOOK = N_("Look into it")


def refresh(call: Call) -> None:
    """Put the call on the desk of whoever is next, with its timers; or take it off."""
    close_items(_key(call, ""))
    for step in (1, 2):
        cancel_timer(_timer(call, step))
    waits = _WAITS.get(State(call.state))
    if waits is None:
        return
    right, title, action = waits
    whose = "" if call.state == State.REFUSED else waiting_unit(call)
    open_item(_item(call, "", title, action, right, whose, chain=(LEAD, ASSIGN, ASSIGN)))
    if call.due_at is not None:
        set_timer(_timer(call, 1), call.due_at, _passed(call, 1, call.due_at))
        set_timer(_timer(call, 2), _bureau_at(call), _passed(call, 2, call.due_at))


def tell_leader(call: Call) -> None:
    """The leader of whoever is waited for has until the bureau is told; the bureau's assignment
    has none above it."""
    if call.state != State.REFUSED:
        item = _item(call, "leader", TO_LEADER, LOOK, LEAD, waiting_unit(call))
        open_item(replace(item, due_at=_bureau_at(call)))


def tell_bureau(call: Call) -> None:
    open_item(_item(call, "bureau", TO_BUREAU, LOOK, ASSIGN, ""))


def waiting_unit(call: Call) -> str:
    """The organisation that the call waits for."""
    return call.street if call.state in OF_THE_STREET else call.unit


def _item(
    call: Call, of: str, title: str, action: str, right: str, unit: str,
    chain: tuple[str, ...] = (),
) -> NewItem:  # fmt: skip
    departments, streets = units()
    name = streets.get(call.street) or departments.get(call.street, call.street)
    return NewItem(
        key=_key(call, of), kind="call", title=title, action=action, link=f"/calls/{call.pk}",
        right=right, area_code=call.area_code, unit=unit, due_at=call.due_at,
        parameters={"number": call.number, "street": name}, chain=chain,
    )  # fmt: skip


def _key(call: Call, of: str) -> str:
    return f"call:{call.pk}:{of}"


def _timer(call: Call, step: int) -> str:
    return f"call:{call.pk}:{step}"


def _passed(call: Call, step: int, due_at: datetime) -> CallTermPassed:
    return CallTermPassed(call_id=call.pk, due_at=due_at, step=step)


def _bureau_at(call: Call) -> datetime:
    found, given = spans(call.urgency, call.called_at)
    return ends(given.bureau, call.due_at or call.called_at, found)
