"""Every kind of decision a script may take."""

from anlan.operations.drills.actions.answering.alerts import ALERTS
from anlan.operations.drills.actions.answering.incidents import INCIDENTS
from anlan.operations.drills.actions.answering.proposal import Proposal, Verb
from anlan.operations.drills.actions.answering.responses import RESPONSES

VERBS: dict[str, Verb] = {verb.name: verb for verb in (*ALERTS, *INCIDENTS, *RESPONSES)}

__all__ = ["VERBS", "Proposal", "Verb"]
