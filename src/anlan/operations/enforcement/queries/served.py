"""What enforcement served on an enterprise, for the enterprise itself: its terms and its rights."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anlan.operations.enforcement.models import Case, CaseStep, EnforcementUnit
from anlan.operations.enforcement.queries.state import due, next_payment, still_open
from anlan.operations.enforcement.rules.forms import PAPER_WORDS
from anlan.operations.enforcement.rules.penalties import Penalty
from anlan.operations.enforcement.rules.states import ANSWER, State
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import own_enterprises
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term

# Papers for the party, and the step that shows that it has each.
FOR_THE_PARTY = {
    "order": "order", "measures": "stop on the spot", "notice": "serve the notice",
    "hearing_notice": "serve the notice", "hearing_call": "call the hearing",
    "summary_decision": "serve", "decision": "serve", "reminder": "serve the reminder",
    "recheck_opinion": "recheck", "revocation": "revoke the decision",
}  # fmt: skip
MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A case as its party knows it: who, what was served, until when it may or must do what.

    `intended` until the decision is served, then `decided`; `open` in 元 is not paid yet.
    """

    number: str
    title: str
    unit: EnforcementUnit
    papers: list[tuple[Term, str, date]]
    intended: Penalty | None
    decided: Penalty | None
    hearing_right: bool
    answer_until: date | None
    hearing_on: date | None
    order_until: date | None
    pay_until: date | None
    appeal_until: date | None
    open: Decimal
    revoked_on: date | None


def served_on(scope: Scope) -> list[Served]:
    """What was served on the enterprises that the account works for, newest first, the last 20."""
    if not scope.may(ANSWER) or scope.reach != "itself":
        return []
    rows = Case.objects.filter(
        enterprise__in=own_enterprises(scope.account_id), party_kind="unit",
        pk__in=CaseStep.objects.filter(verb__in=FOR_THE_PARTY.values()).values("case"),
    ).order_by("-opened_at").prefetch_related("steps", "papers__replaced_by")  # fmt: skip
    units = {one.code: one for one in EnforcementUnit.objects.all()}
    return [_served(case, units[case.unit]) for case in rows[:MOST]]


def _served(case: Case, unit: EnforcementUnit) -> Served:
    taken = {one.verb for one in case.steps.all()}
    papers = [
        (PAPER_WORDS[one.kind], one.number, one.issued_at.astimezone(clock.CHINA).date())
        for one in sorted(case.papers.all(), key=lambda one: one.pk)
        if FOR_THE_PARTY.get(one.kind) in taken and not hasattr(one, "replaced_by")
    ]  # fmt: skip
    told, decided = "serve the notice" in taken, case.decided_on is not None and "serve" in taken
    waits = case.state == State.NOTIFIED and not case.waived
    pays = case.state == State.SERVED
    left = still_open(case, clock.today()) if decided else Decimal(0)
    return Served(
        number=case.number, title=case.title, unit=unit, papers=papers,
        intended=case.intention if told and not decided else None,
        decided=case.penalty if decided else None, hearing_right=case.hearing_right,
        answer_until=due(case, "answer") if waits else None,
        hearing_on=case.hearing_on if "call the hearing" in taken and not case.hearing_held
        else None,
        order_until=due(case, "order"), pay_until=next_payment(case) if pays and left else None,
        appeal_until=due(case, "appeal") if decided else None, open=left,
        revoked_on=case.revoked_on,
    )  # fmt: skip
