"""Decisions on alerts: take the draft on, review, sign, extend, lift; send help."""

from datetime import timedelta

from anlan.operations.alerts.actions import (
    DraftEdit,
    draft,
    edit,
    help_given,
    lift,
    review,
    sign,
    update,
)
from anlan.operations.alerts.queries import alert, alerts, all_asking_help, in_force, waiting
from anlan.operations.drills.actions.answering.proposal import Desk, Proposal
from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.messaging.queries import delivery, mailing
from anlan.operations.people.actions import Actor
from anlan.vocabulary import clock

NEAR = timedelta(hours=2)
OPEN = ("DRAFT", "REVIEWED", "SIGNED")
OUT = ("SIGNED", "PUBLISHED", "UPDATED")


VERB = {
    "draft": "draft_alert", "review": "review_alert", "sign": "sign_alert", "lift": "lift_alert",
}  # fmt: skip


def look() -> list[Proposal]:
    """Alerts by the step they wait for, and the one in force when it runs out soon."""
    found = []
    for item in waiting():
        row = alert(item.alert_id) if item.verb in VERB else None
        if row is not None:
            key = f"alert:{row.id}:{item.verb}"
            found.append(Proposal(VERB[item.verb], key, row.id, row.headline, row.level))
    return found + _to_extend() + _to_help()


def _draft(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    draft(actor, proposal.ident)


def _review(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    review(actor, proposal.ident)


def _sign(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    sign(actor, proposal.ident)


def _lift(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    lift(actor, proposal.ident, decision.words)


def _to_extend() -> list[Proposal]:
    """The alert in force that runs out soon, unless its update already waits or its lift does."""
    row = in_force()
    if row is None or row.lift_proposed_at or row.expires_at - clock.now() > NEAR:
        return []
    if any(one.previous_id == row.id for one in alerts(states=OPEN)):
        return []
    return [Proposal("extend_alert", f"alert:{row.id}:extend", row.id, row.headline, row.level)]


def _to_help() -> list[Proposal]:
    """Households that cannot leave alone, of every alert that went out."""
    return [
        Proposal("send_help", f"help:{asking.id}", asking.id, asking.label, level)
        for level, asking in all_asking_help(OUT)
    ]


def _help(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    row = delivery(proposal.ident)
    sent = mailing(row.mailing_id) if row else None
    if sent is not None:
        help_given(actor, int(sent.subject_id), proposal.ident)


def _extend(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    """An update of the same words with a later end; review and signature follow as for any."""
    until = clock.now() + timedelta(hours=decision.facts["hours"])
    edit(actor, update(actor, proposal.ident).alert_id, DraftEdit(expires_at=until))


ALERTS = Desk(
    look,
    {"alerts", "messaging", "deadlines"},
    {
        "draft_alert": _draft, "review_alert": _review, "sign_alert": _sign,
        "extend_alert": _extend, "lift_alert": _lift, "send_help": _help,
    },
)  # fmt: skip
