"""Whose desk a scorecard stands on, until when."""

from datetime import datetime, time, timedelta

from anlan.operations.assessment.events import ScorecardObjectionEnds
from anlan.operations.assessment.models import Scorecard
from anlan.operations.assessment.rules.scheme import Scheme
from anlan.operations.assessment.rules.scorecard import DECIDE, FILL, REVIEW, State
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import COMMITTEE, Unit, after
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS
from anlan.vocabulary.words import N_

TITLES = {
    State.OPEN: (N_("Score the year %(year)d of %(unit)s"), N_("Score and submit")),
    State.SUBMITTED: (N_("Review the scorecard of %(unit)s"), N_("Review the items")),
    State.REVIEWED: (N_("The review of %(unit)s is there"), N_("Accept or object")),
    State.OBJECTED: (N_("Objection of %(unit)s"), N_("Decide on the objection")),
}


def place_on_desk(card: Scorecard, scheme: Scheme) -> None:
    """The unit scores and may object, the bureau reviews, its leader decides and publishes."""
    key, today = f"scorecard:{card.pk}", clock.today()
    cancel_timer(key)
    _to_publish(card, scheme)
    state = State(card.state)
    if state not in TITLES:
        close_item(key)
        return
    mine = state in (State.OPEN, State.REVIEWED)
    due = {State.OPEN: card.due_on, State.REVIEWED: card.object_by}.get(
        state, after(today, scheme.review_days, Unit.WORKING)
    )
    title, action = TITLES[state]
    if state == State.REVIEWED and due is not None:
        over = datetime.combine(due + timedelta(1), time(0), clock.CHINA)
        set_timer(key, over, ScorecardObjectionEnds(scorecard_id=card.pk))
    right = FILL if mine else DECIDE if state == State.OBJECTED else REVIEW
    open_item(
        NewItem(
            key=key, kind="scorecard", title=title, action=action, link=f"/scorecards/{card.pk}",
            right=right, area_code=card.area_code if mine else card.area_code[:DISTRICT_DIGITS],
            unit=card.unit_code if mine else "",
            parameters={"unit": card.unit_name, "year": card.year},
            due_at=clock.end_of(due) if due else None,
            chain=() if state == State.REVIEWED else (COMMITTEE,),
        )
    )  # fmt: skip


def _to_publish(card: Scorecard, scheme: Scheme) -> None:
    """One item for all cards of a year that wait to be published."""
    key = f"scorecards:{card.year}"
    waiting = Scorecard.objects.filter(year=card.year, state=State.FINAL).count()
    if not waiting:
        close_item(key)
        return
    open_item(
        NewItem(
            key=key, kind="scorecard", title=N_("%(count)d scorecards of %(year)d are final"),
            action=N_("Publish"), link=f"/scorecards?year={card.year}&view=final", right=DECIDE,
            area_code=card.area_code[:DISTRICT_DIGITS],
            parameters={"count": waiting, "year": card.year},
            due_at=clock.end_of(after(clock.today(), scheme.review_days, Unit.WORKING)),
            chain=(COMMITTEE,),
        )
    )  # fmt: skip
