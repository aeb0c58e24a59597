"""Whose desk a report waits on: one item a report, renewed at every step, told by number only."""

from datetime import date, datetime, timedelta

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.deadlines.queries import COMMITTEE, Unit, after
from anlan.operations.hotline.models import Reward, Tip
from anlan.operations.hotline.queries.state import hazard_terms, terms, unfounded
from anlan.operations.hotline.rules.states import (
    APPROVE,
    DECIDE,
    HANDLED_BY_TWO,
    IDENTITY,
    PAY,
    RECEIVE,
    VERIFY,
    Kind,
    State,
)
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

# State -> whose right it waits for, what is to be done, the verb on the button.
_WAITS = {
    State.RECEIVED: (DECIDE, N_("Decide on the hotline report %(number)s"), N_("Decide")),
    State.ACCEPTED: (VERIFY, N_("Verify the hotline report %(number)s"), N_("Begin")),
    State.VERIFYING: (VERIFY, N_("Verify the hotline report %(number)s"), N_("Verify")),
    State.VERIFIED: (VERIFY, N_("Say how the hotline report %(number)s was handled"), N_("Handle")),
    State.HANDLED: (IDENTITY, N_("Reply to the hotline report %(number)s"), N_("Reply")),
    State.REPLIED: (RECEIVE, N_("Close the hotline report %(number)s"), N_("Archive it")),
    State.REJECTED: (RECEIVE, N_("Close the hotline report %(number)s"), N_("Archive it")),
    State.REFERRED: (RECEIVE, N_("Close the hotline report %(number)s"), N_("Archive it")),
    State.REWARD_PROPOSED: (APPROVE, N_("Decide on the reward of %(number)s"), N_("Decide")),
    State.APPROVED: (IDENTITY, N_("Tell the informant of the reward of %(number)s"), N_("Tell")),
    State.NOTIFIED: (PAY, N_("Pay the reward of %(number)s"), N_("Pay")),
    State.PAID: (RECEIVE, N_("Close the hotline report %(number)s"), N_("Archive it")),
    State.FORFEITED: (RECEIVE, N_("Close the hotline report %(number)s"), N_("Archive it")),
}
_AT_ONCE = (State.RECEIVED, State.ACCEPTED, State.VERIFYING)
_REWARDED = (State.REWARD_PROPOSED, State.APPROVED, State.NOTIFIED)
_FALLEN = N_("The decision behind the reward of %(number)s stands no more")
_OF_THE_UNIT = (State.ACCEPTED, State.VERIFYING, State.VERIFIED)
# Whom it climbs to when late: the bureau's two leaders, or the unit's and then the bureau's; the
# committee's office at last.
BUREAU = (DECIDE, APPROVE, COMMITTEE)
OF_A_UNIT = ("safety.countersign", DECIDE, COMMITTEE)
TELL_DAYS = 3  # working days to tell the informant of more time [pv]


def refresh(tip: Tip) -> None:
    """Put the report on the desk of whoever is next, or take it off."""
    _notice(tip)
    key, waits = f"tip:{tip.pk}", _WAITS.get(State(tip.state))
    if waits is None:
        close_item(key)
        return
    right, title, action = waits
    if tip.state in _REWARDED and unfounded(tip):
        right, title, action = APPROVE, _FALLEN, N_("Decide")
    open_item(
        NewItem(
            key=key, kind="tip", title=title, action=action, link=f"/hotline/{tip.pk}",
            right=right, area_code=tip.area_code,
            unit=tip.unit if tip.state in _OF_THE_UNIT else "",
            due_at=_due_at(tip), parameters={"number": tip.number},
            owner_id=tip.handler_one_id if right == IDENTITY else None,
            second_id=tip.handler_two_id if right == IDENTITY else None,
            chain=OF_A_UNIT if tip.state in _OF_THE_UNIT else BUREAU,
        )
    )  # fmt: skip


def _notice(tip: Tip) -> None:
    """More time was given: a handler tells the informant [JL]."""
    key = f"tip-more:{tip.pk}"
    owed = tip.extended_to is not None and tip.extension_told_at is None
    if not owed or tip.state not in HANDLED_BY_TWO:
        close_item(key)
        return
    given = tip.steps.filter(verb="give more time").values_list("at", flat=True).first()
    last = after(_day(given or clock.now()), TELL_DAYS, Unit.WORKING)
    open_item(
        NewItem(
            key=key, kind="tip", title=N_("Tell the informant of %(number)s: finished by %(day)s"),
            action=N_("Tell"), link=f"/hotline/{tip.pk}", right=IDENTITY, area_code=tip.area_code,
            due_at=clock.end_of(last), chain=BUREAU,
            owner_id=tip.handler_one_id, second_id=tip.handler_two_id,
            parameters={"number": tip.number, "day": f"{tip.extended_to}"},
        )
    )  # fmt: skip


def _due_at(tip: Tip) -> datetime | None:
    """The end of the deadline's day: of the decision, the reply, the reward, the claim."""
    if tip.kind == Kind.HAZARD and tip.state in _AT_ONCE:
        return _at_once(tip)
    day = tip.due_on if tip.replied_at is None and not tip.closed_at else None
    if tip.state == State.NOTIFIED:
        day = Reward.objects.get(tip=tip).claim_by
    elif tip.state == State.RECEIVED:
        day = after(_since(tip), terms(tip.kind, _since(tip)).decide_days, Unit.WORKING)
    elif tip.state in (State.REWARD_PROPOSED, State.APPROVED):
        day = after(_since(tip), terms(tip.kind, _since(tip)).reward_days, Unit.WORKING)
    if day is None or tip.state in (State.REJECTED, State.REFERRED):
        return None
    return clock.end_of(day)


def _since(tip: Tip) -> date:
    """The day on which it entered its state: what is amended meanwhile moves no deadline."""
    into = tip.steps.filter(after=tip.state).exclude(before=tip.state)
    entered = into.order_by("-id").values_list("at", flat=True).first()
    return _day(entered or tip.received_at)


def _day(at: datetime) -> date:
    return at.astimezone(clock.CHINA).date()


def _at_once(tip: Tip) -> datetime:
    """A slope does not wait for a working day: minutes to decide, hours to look."""
    table = hazard_terms(clock.today())
    if tip.decided_at is None:
        return tip.received_at + timedelta(minutes=table.decide_minutes)
    return tip.decided_at + timedelta(hours=table.verify_hours)
