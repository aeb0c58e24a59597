"""Whose desk a risk point waits on, and the timer of its review."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_each,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import on_a_desk
from anlan.operations.risks.events import ReviewComes
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.terms import terms_on
from anlan.operations.risks.rules.loop import CONFIRM, RATE, State
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

# State -> whose right it waits for, the role of whoever has it, what is to be done, the button.
_WAITS = {
    State.IDENTIFIED: (RATE, "enterprise", N_("Rate the risk point %(name)s"), N_("Rate")),
    State.ASSESSED: (CONFIRM, "principal", N_("Confirm the risk of %(name)s"), N_("Confirm")),
    State.REVIEW_DUE: (RATE, "enterprise", N_("Review the risk point %(name)s"), N_("Review")),
}
CLOSED = "closed"
CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")


def refresh(risk: RiskPoint) -> None:
    """Put the risk point on the desk of whoever is next, or take it off."""
    key, waits = f"risk:{risk.pk}", _WAITS.get(State(risk.state))
    _time(key, risk)
    if waits is None or risk.enterprise.state == CLOSED:
        close_item(key)
        return
    right, role, title, action = waits
    people = people_of(risk.enterprise_id, role)
    due = risk.review_on if risk.state == State.REVIEW_DUE else None
    open_item(
        NewItem(
            key=key, kind="risk", title=title, action=action, link=f"/risks/{risk.pk}",
            right=right, area_code=risk.enterprise.area_code, sector=risk.enterprise.sector,
            due_at=clock.end_of(due) if due else None,
            parameters={"name": risk.name}, detail=risk.enterprise.name,
            owner_id=next(iter(people), None), enterprise=risk.enterprise_id, chain=CHAIN,
        )
    )  # fmt: skip


def follow_state(enterprises: Collection[int]) -> None:
    """Of enterprises, by id, that are closed nothing waits; of one open again what did."""
    rows = RiskPoint.objects.filter(enterprise__in=enterprises, state__in=list(_WAITS))
    gone = rows.filter(enterprise__state=CLOSED).values_list("pk", flat=True)
    close_each([f"risk:{pk}" for pk in gone])
    back = rows.exclude(enterprise__state=CLOSED).exclude(on_a_desk("risk:"))
    for risk in back.select_related("enterprise"):
        refresh(risk)


def _time(key: str, risk: RiskPoint) -> None:
    """The review is opened some weeks before its day."""
    if risk.state != State.CONTROLLED or risk.review_on is None:
        cancel_timer(key)
        return
    terms, _id = terms_on(clock.today())
    opens = risk.review_on - timedelta(days=terms.lead_days)
    due = datetime.combine(opens, time(8, 30), clock.CHINA)
    set_timer(key, due, ReviewComes(risk_id=risk.pk, version=risk.version))
