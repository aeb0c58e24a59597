"""Whose desk a danger waits on: one item a danger, renewed at every step."""

from datetime import datetime, time

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.safety.models import Danger
from anlan.operations.safety.rules.states import COUNTERSIGN, RECTIFY, REGULATE, SUPERVISE, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

# State -> whose right it waits for, what is to be done, the verb on the button.
_WAITS = {
    State.FOUND: (REGULATE, N_("Grade the danger %(title)s"), N_("Grade")),
    State.GRADED: (REGULATE, N_("Assign the danger %(title)s"), N_("Assign")),
    State.ASSIGNED: (RECTIFY, N_("Begin to rectify %(title)s"), N_("Begin")),
    State.RECTIFYING: (RECTIFY, N_("Rectify %(title)s"), N_("Report")),
    State.RETURNED: (RECTIFY, N_("Rectify %(title)s again"), N_("Begin")),
    State.SUBMITTED: (REGULATE, N_("Re-check %(title)s"), N_("Re-check")),
    State.ACCEPTED: (REGULATE, N_("Close the danger %(title)s"), N_("Close")),
    State.EXTENSION_PENDING: (COUNTERSIGN, N_("Decide on more time for %(title)s"), N_("Decide")),
    State.TRANSFERRED: (REGULATE, N_("Take over the danger %(title)s"), N_("Take over")),
    State.SUSPENDED_PRODUCTION: (REGULATE, N_("Production stopped: %(title)s"), N_("Look")),
}
_DUE_OF_THE_WORK = (State.ASSIGNED, State.RECTIFYING, State.RETURNED)


def key_of(danger: Danger) -> str:
    return f"danger:{danger.pk}"


def refresh(danger: Danger) -> None:
    """Put the danger on the desk of whoever is next, or take it off."""
    key, waits = key_of(danger), _WAITS.get(State(danger.state))
    if waits is None:
        close_item(key)
        return
    right, title, action = waits
    own = (
        danger.source == "self_check" and right == REGULATE and danger.state in ("FOUND", "GRADED")
    )
    unsigned = danger.state == State.ACCEPTED and danger.grade == "MAJOR"
    if unsigned and danger.countersigned_by_id is None:
        right, title, action = COUNTERSIGN, N_("Countersign the danger %(title)s"), N_("Sign")
    owner = danger.rectifier_id if right == RECTIFY else None
    if own and danger.grade != "MAJOR":
        right, owner = RECTIFY, danger.found_by_id
    open_item(
        NewItem(
            key=key, kind="danger", title=title, action=action, link=f"/dangers/{danger.pk}",
            right=right, area_code=danger.area_code, sector=danger.sector,
            due_at=_due_at(danger), parameters={"title": danger.title},
            detail=danger.unit, owner_id=owner, chain=(REGULATE, COUNTERSIGN, SUPERVISE),
        )
    )  # fmt: skip


def _due_at(danger: Danger) -> datetime | None:
    """The end of the deadline's day."""
    if danger.due_on is None or danger.state not in _DUE_OF_THE_WORK:
        return None
    return datetime.combine(danger.due_on, time(23, 59, 59), clock.CHINA)
