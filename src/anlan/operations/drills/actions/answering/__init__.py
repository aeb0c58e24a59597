"""Every kind of decision a script may take."""

from anlan.operations.drills.actions.answering.alerts import ALERTS
from anlan.operations.drills.actions.answering.incidents import INCIDENTS
from anlan.operations.drills.actions.answering.proposal import Answer, Desk, Proposal
from anlan.operations.drills.actions.answering.responses import RESPONSES

DESKS = (ALERTS, INCIDENTS, RESPONSES)
ANSWERS: dict[str, Answer] = {
    verb: answer for desk in DESKS for verb, answer in desk.answers.items()
}


__all__ = ["ANSWERS", "DESKS", "Desk", "Proposal"]
