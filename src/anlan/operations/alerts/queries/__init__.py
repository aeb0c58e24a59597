from anlan.operations.alerts.queries.book import NoBook, book
from anlan.operations.alerts.queries.receipts import (
    EscalationRow,
    LatePerson,
    asking_help,
    escalations,
    funnel,
    last_pace,
    late_people,
    mailings_of,
    not_reached,
)
from anlan.operations.alerts.queries.rows import (
    AlertRow,
    CommunityRow,
    SignatureRow,
    SubmissionRow,
    alert,
    alerts,
    cap_xml,
    in_force,
    of_episode,
    state_counts,
)
from anlan.operations.alerts.queries.waiting import Decision, waiting
from anlan.operations.messaging.queries import Funnel

__all__ = [
    "AlertRow",
    "CommunityRow",
    "Decision",
    "EscalationRow",
    "Funnel",
    "LatePerson",
    "NoBook",
    "SignatureRow",
    "SubmissionRow",
    "alert",
    "alerts",
    "asking_help",
    "book",
    "cap_xml",
    "escalations",
    "funnel",
    "in_force",
    "last_pace",
    "late_people",
    "mailings_of",
    "not_reached",
    "of_episode",
    "state_counts",
    "waiting",
]
