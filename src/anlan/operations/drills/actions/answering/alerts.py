"""Decisions on alerts: take the draft on, review, sign, lift."""

from collections.abc import Callable

from anlan.operations.alerts.actions import draft, lift, review, sign
from anlan.operations.alerts.queries import alert, waiting
from anlan.operations.drills.actions.answering.proposal import Proposal, Verb
from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.people.actions import Actor


def _waiting(step: str, name: str) -> Callable[[], list[Proposal]]:
    def look() -> list[Proposal]:
        found = []
        for item in waiting():
            row = alert(item.alert_id) if item.verb == step else None
            if row is not None:
                key = f"alert:{row.id}:{step}"
                found.append(Proposal(name, key, row.id, row.headline, row.level))
        return found

    return look


def _draft(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    draft(actor, proposal.ident)


def _review(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    review(actor, proposal.ident)


def _sign(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    sign(actor, proposal.ident)


def _lift(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    lift(actor, proposal.ident, decision.words)


ALERTS = (
    Verb("draft_alert", _waiting("draft", "draft_alert"), _draft),
    Verb("review_alert", _waiting("review", "review_alert"), _review),
    Verb("sign_alert", _waiting("sign", "sign_alert"), _sign),
    Verb("lift_alert", _waiting("lift", "lift_alert"), _lift),
)
