"""A street's call to a department 镇呼区应 as a table (R-115): which verb, from where, by whom.

Who-lines are defaults [pv].
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    DRAFT = "DRAFT"
    CALLED = "CALLED"
    ANSWERED = "ANSWERED"
    HANDLED = "HANDLED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"
    ASSIGNED = "ASSIGNED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class Urgency(StrEnum):
    URGENT = "urgent"
    NORMAL = "normal"


class Kind(StrEnum):
    """Why it is beyond the street's own means."""

    POWER = "power"
    HANDS = "hands"
    COMPETENCE = "competence"
    OTHER = "other"


class Settled(StrEnum):
    YES = "yes"
    PARTLY = "partly"


VIEW, DRAFT, MAKE = "calls.view", "calls.draft", "calls.make"
ANSWER, LEAD, ASSIGN = "calls.answer", "calls.lead", "calls.assign"

# The department's answer is waited for; what the bureau assigned is binding and not refused again.
UNANSWERED = (State.CALLED, State.ASSIGNED, State.RETURNED)
ENDED = (State.CONFIRMED, State.WITHDRAWN)
CALL = Table(
    [
        Step("send", (State.DRAFT,), State.CALLED, MAKE),
        Step("answer", UNANSWERED, State.ANSWERED, ANSWER),
        Step("refuse", (State.CALLED,), State.REFUSED, ANSWER),
        Step("assign", (State.REFUSED,), State.ASSIGNED, ASSIGN),
        Step("make danger", (State.ANSWERED, State.HANDLED), "", ANSWER),
        Step("handle", (State.ANSWERED,), State.HANDLED, ANSWER),
        Step("confirm", (State.HANDLED,), State.CONFIRMED, MAKE),
        Step("return", (State.HANDLED,), State.RETURNED, MAKE),
        Step("withdraw", (State.DRAFT, *UNANSWERED, State.ANSWERED, State.REFUSED),
             State.WITHDRAWN, MAKE),
    ]
)  # fmt: skip

STATE_WORDS = {
    State.DRAFT: NP_("call state", "Draft"),
    State.CALLED: NP_("call state", "Called"),
    State.ANSWERED: NP_("call state", "Answered"),
    State.HANDLED: NP_("call state", "Handled"),
    State.CONFIRMED: NP_("call state", "Confirmed"),
    State.REFUSED: NP_("call state", "Refused"),
    State.ASSIGNED: NP_("call state", "Assigned by the bureau"),
    State.RETURNED: NP_("call state", "Returned"),
    State.WITHDRAWN: NP_("call state", "Withdrawn"),
}
# What a pill of the state says of the work (`ui.md` 3).
STATE_PILLS = {
    State.DRAFT: "wait", State.CALLED: "wait", State.ANSWERED: "doing", State.HANDLED: "doing",
    State.CONFIRMED: "done", State.REFUSED: "stop", State.ASSIGNED: "wait",
    State.RETURNED: "wait", State.WITHDRAWN: "stop",
}  # fmt: skip
URGENCY_WORDS = {
    Urgency.URGENT: NP_("call urgency", "Urgent"),
    Urgency.NORMAL: NP_("call urgency", "Normal"),
}
KIND_WORDS = {
    Kind.POWER: NP_("call kind", "A danger that the street may not enforce"),
    Kind.HANDS: NP_("call kind", "People or equipment are missing"),
    Kind.COMPETENCE: NP_("call kind", "It is disputed whose it is"),
    Kind.OTHER: NP_("call kind", "Other"),
}
SETTLED_WORDS = {
    Settled.YES: NP_("call settled", "Settled"),
    Settled.PARTLY: NP_("call settled", "Partly settled"),
}
VERB_WORDS = {
    "draft": NP_("call verb", "drafted the call"),
    "call": NP_("call verb", "called"),
    "send": NP_("call verb", "sent the call"),
    "answer": NP_("call verb", "answered: comes"),
    "refuse": NP_("call verb", "refused"),
    "assign": NP_("call verb", "assigned it, binding"),
    "make danger": NP_("call verb", "registered a hidden danger"),
    "handle": NP_("call verb", "handled it"),
    "confirm": NP_("call verb", "confirmed"),
    "return": NP_("call verb", "returned it: not settled"),
    "withdraw": NP_("call verb", "withdrew the call"),
    "term passed": NP_("call verb", "says: the term has passed; the unit's leader is told"),
    "told bureau": NP_("call verb", "says: still open; the bureau is told"),
    "danger closed": NP_("call verb", "says: the hidden danger is closed"),
}
