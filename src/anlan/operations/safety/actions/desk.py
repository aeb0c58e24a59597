"""Whose desk a danger waits on: one item a danger, renewed at every step."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.queries import NOBODY, scope_by, scopes_by
from anlan.operations.safety.actions.listed import refresh_listed
from anlan.operations.safety.models import Danger, HandlingTerms
from anlan.operations.safety.queries.persons import may_recheck, members, people_of, units
from anlan.operations.safety.queries.terms import (
    REVIEW,
    SECOND_LOOK,
    WITHOUT,
    Book,
    all_terms,
    each_since,
    last_day,
    since,
)
from anlan.operations.safety.queries.waiting import DANGER_ITEM
from anlan.operations.safety.rules.states import (
    COUNTERSIGN,
    RECTIFY,
    REGULATE,
    SUPERVISE,
    Grade,
    Source,
    State,
)
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
    State.EXTENSION_PENDING: (
        COUNTERSIGN,
        N_("Decide on more time for %(title)s"),
        N_("Approve it"),
    ),
    State.TRANSFERRED: (REGULATE, N_("Take over the danger %(title)s"), N_("Take over")),
    State.SUSPENDED_PRODUCTION: (RECTIFY, N_("Production stopped: %(title)s"), N_("Look")),
}
_DUE_OF_THE_WORK = (
    State.ASSIGNED, State.RECTIFYING, State.RETURNED, State.EXTENSION_PENDING,
    State.SUSPENDED_PRODUCTION,
)  # fmt: skip


def key_of(danger: Danger) -> str:
    return f"{DANGER_ITEM}{danger.pk}"


@dataclass(frozen=True, slots=True)
class Beside:
    """What an item says that the danger itself does not: asked for one danger, or read for many.

    `since` when it is in its state, the district's terms, whether its supervisor still has a desk
    that regulates it, and an account still works for its enterprise.
    """

    since: Callable[[Danger], datetime] = since
    terms: Book = HandlingTerms.on
    regulates: Callable[[Danger, int], bool] = lambda danger, who: may_recheck(
        scope_by(who), danger.regulator
    )
    works: Callable[[int, int], bool] = lambda firm, who: who in people_of(firm)


def beside(dangers: Collection[Danger]) -> Beside:
    """Of many at once. Five queries."""
    entered, known = each_since(dangers), units()
    scopes = scopes_by({pk for one in dangers if (pk := one.supervisor_id)})
    staff = members({pk for one in dangers if (pk := one.enterprise_id)})
    return Beside(
        lambda one: entered[one.pk], all_terms(),
        lambda one, who: may_recheck(scopes.get(who, NOBODY), one.regulator, known),
        lambda firm, who: who in staff.get(firm, ()),
    )  # fmt: skip


def refresh(danger: Danger) -> None:
    """Put the danger on the desk of whoever is next, or take it off; one that was handed to
    enforcement waits on a desk of that room."""
    if danger.listed:
        refresh_listed(danger)
    item = item_of(danger, Beside())
    if item is None:
        close_item(key_of(danger))
    else:
        open_item(item)


def item_of(danger: Danger, known: Beside) -> NewItem | None:
    """What the danger says on a desk; None where it waits for nobody of this room."""
    waits = _WAITS.get(State(danger.state))
    if waits is None:
        return None
    right, title, action = _turn(danger, waits)
    own = danger.source == Source.SELF_CHECK and danger.grade != Grade.MAJOR
    owner = _still_there(danger, danger.rectifier_id, known) if right == RECTIFY else None
    if own and danger.state in (State.FOUND, State.GRADED, State.SUBMITTED):
        who = danger.rectifier_id or danger.found_by_id
        right, owner = RECTIFY, _still_there(danger, who, known)
    elif danger.state == State.SUBMITTED and danger.supervisor_id is not None:
        # Who left, or whose unit regulates it no more: whoever of the unit may re-checks then.
        owner = danger.supervisor_id if known.regulates(danger, danger.supervisor_id) else None
    return NewItem(
        key=key_of(danger), kind="danger", title=title, action=action,
        link=f"/dangers/{danger.pk}", right=right, area_code=danger.area_code,
        sector=danger.sector, unit=danger.regulator, due_at=_due_at(danger, known),
        parameters={"title": danger.title}, detail=danger.unit, owner_id=owner,
        chain=(REGULATE, COUNTERSIGN, SUPERVISE),
        enterprise=danger.enterprise_id if right == RECTIFY else None,
    )  # fmt: skip


def _still_there(danger: Danger, who: int | None, known: Beside) -> int | None:
    """Who rectifies, unless the enterprise's no more: then all its people have it."""
    firm = danger.enterprise_id
    return who if who is None or firm is None or known.works(firm, who) else None


def ask_for_second_look(danger: Danger, street: str) -> None:
    """Put an own find that one person rectified and closed on the desk of its street."""
    day = last_day(danger.closed_at, SECOND_LOOK)
    open_item(
        NewItem(
            key=second_look_of(danger), kind="danger",
            title=N_("Look again whether %(title)s is rectified"), action=N_("Re-check"),
            link=f"/dangers/{danger.pk}", right=REGULATE, area_code=danger.area_code, unit=street,
            due_at=clock.end_of(day) if day else None, parameters={"title": danger.title},
            detail=danger.unit, chain=(REGULATE, COUNTERSIGN, SUPERVISE),
        )
    )  # fmt: skip


def second_look_of(danger: Danger) -> str:
    return f"second look:{danger.pk}"


def _turn(danger: Danger, waits: tuple[str, str, str]) -> tuple[str, str, str]:
    """Whose turn it is, where the state alone does not say."""
    major = danger.grade == Grade.MAJOR
    if danger.state == State.ACCEPTED and major and danger.countersigned_by_id is None:
        return COUNTERSIGN, N_("Countersign the danger %(title)s"), N_("Sign")
    if danger.state == State.SUSPENDED_PRODUCTION and danger.resume_asked_at:
        return REGULATE, N_("Review on site whether production resumes: %(title)s"), N_("Re-check")
    if danger.state == State.SUSPENDED_PRODUCTION and danger.due_on is None:
        return _WAITS[State.GRADED]
    if danger.state == State.SUBMITTED and danger.source == Source.SELF_CHECK and not major:
        return RECTIFY, N_("Close the danger %(title)s"), N_("Close")
    return waits


def _due_at(danger: Danger, known: Beside) -> datetime | None:
    """The end of the day on which whoever is next must have acted. Where production is stopped the
    work's own deadline holds, until the enterprise asks to resume."""
    day = danger.due_on if danger.state in _DUE_OF_THE_WORK else None
    if danger.state == State.SUSPENDED_PRODUCTION and danger.resume_asked_at is not None:
        day = last_day(danger.resume_asked_at, REVIEW, known.terms)
    elif danger.state == State.SUSPENDED_PRODUCTION and danger.due_on is None:
        day = last_day(known.since(danger), State.GRADED, known.terms)
    elif danger.state in WITHOUT:
        day = last_day(known.since(danger), danger.state, known.terms)
    return clock.end_of(day) if day else None
