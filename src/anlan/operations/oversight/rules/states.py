"""The review of a case 案卷评查 as a table, `domain.md` R-110: drawn, read by two, mended, closed.

Who-lines are the rule book's defaults [pv].
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    DRAWN = "DRAWN"
    ASSIGNED = "ASSIGNED"
    SCORED = "SCORED"
    MENDING = "MENDING"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


VIEW, OPEN = "oversight.view", "oversight.open"
SCORE, ANSWER = "oversight.score", "oversight.answer"
S = State
SAMPLED = Table(
    [
        Step("name reviewers", (S.DRAWN, S.ASSIGNED), S.ASSIGNED, OPEN),
        # Leads there with the second reviewer's scores.
        Step("score", (S.ASSIGNED,), S.SCORED, SCORE),
        Step("send the faults", (S.SCORED,), S.MENDING, OPEN),
        # Leads there with the last fault that is answered.
        Step("answer", (S.MENDING,), S.ANSWERED, ANSWER),
        Step("return", (S.ANSWERED,), S.MENDING, OPEN),
        Step("close", (S.SCORED, S.ANSWERED), S.CLOSED, OPEN),
    ]
)
STATE_WORDS = {
    S.DRAWN: NP_("review state", "Waits for its reviewers"),
    S.ASSIGNED: NP_("review state", "Being read"),
    S.SCORED: NP_("review state", "Scored"),
    S.MENDING: NP_("review state", "Faults to be mended"),
    S.ANSWERED: NP_("review state", "Answered"),
    S.CLOSED: NP_("review state", "Closed"),
}
STATE_PILLS = {
    S.DRAWN: "wait", S.ASSIGNED: "doing", S.SCORED: "wait", S.MENDING: "doing",
    S.ANSWERED: "wait", S.CLOSED: "done",
}  # fmt: skip
VERB_WORDS = {
    "draw": NP_("review verb", "drew it by chance"),
    "name reviewers": NP_("review verb", "named the reviewers"),
    "score": NP_("review verb", "scored it"),
    "send the faults": NP_("review verb", "sent the faults to the unit"),
    "answer": NP_("review verb", "answered a fault"),
    "return": NP_("review verb", "returned the answer"),
    "close": NP_("review verb", "closed it"),
}
