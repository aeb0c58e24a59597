"""A listing of serious dishonesty 严重失信 as a table: noticed, heard, listed for a term, removed;
or withdrawn, when what it stands on falls.

Terms and points are the district's (`credit.toml`).
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    NOTICED = "NOTICED"
    OBJECTED = "OBJECTED"
    LISTED = "LISTED"
    REPAIR_ASKED = "REPAIR_ASKED"
    REMOVED = "REMOVED"
    WITHDRAWN = "WITHDRAWN"


VIEW, PROPOSE = "credit.view", "credit.propose"
DECIDE, ANSWER = "credit.decide", "credit.answer"
LISTING = Table(
    [
        Step("object", (State.NOTICED,), State.OBJECTED, ANSWER),
        Step("reject objection", (State.OBJECTED,), State.NOTICED, DECIDE),
        Step("uphold objection", (State.OBJECTED,), State.WITHDRAWN, DECIDE),
        Step("enter", (State.NOTICED,), State.LISTED, DECIDE),
        Step("ask repair", (State.LISTED,), State.REPAIR_ASKED, ANSWER),
        Step("refuse repair", (State.REPAIR_ASKED,), State.LISTED, DECIDE),
        Step("grant repair", (State.REPAIR_ASKED,), State.REMOVED, DECIDE),
        Step("withdraw notice", (State.NOTICED,), State.WITHDRAWN, DECIDE),
        Step("revoke listing", (State.LISTED, State.REPAIR_ASKED), State.WITHDRAWN, DECIDE),
    ]
)
PUNISHED = (State.LISTED, State.REPAIR_ASKED)
BEGIN = 100  # points that an enterprise has before anything counted [pv]

STATE_WORDS = {
    State.NOTICED: NP_("listing state", "Notice given"),
    State.OBJECTED: NP_("listing state", "Objected"),
    State.LISTED: NP_("listing state", "Listed"),
    State.REPAIR_ASKED: NP_("listing state", "Repair asked for"),
    State.REMOVED: NP_("listing state", "Removed"),
    State.WITHDRAWN: NP_("listing state", "Withdrawn"),
}
STATE_PILLS = {
    State.NOTICED: "wait", State.OBJECTED: "wait", State.LISTED: "stop",
    State.REPAIR_ASKED: "wait", State.REMOVED: "done", State.WITHDRAWN: "done",
}  # fmt: skip
SOURCE_WORDS = {
    "penalty": NP_("credit source", "Administrative penalty"),
    "accident": NP_("credit source", "Accident"),
}
VERB_WORDS = {
    "notice": NP_("listing verb", "gave notice"),
    "object": NP_("listing verb", "objected"),
    "reject objection": NP_("listing verb", "rejected the objection"),
    "uphold objection": NP_("listing verb", "upheld the objection"),
    "enter": NP_("listing verb", "entered it in the list"),
    "ask repair": NP_("listing verb", "asked for repair"),
    "refuse repair": NP_("listing verb", "refused repair"),
    "grant repair": NP_("listing verb", "granted repair"),
    "withdraw notice": NP_("listing verb", "withdrew the notice"),
    "revoke listing": NP_("listing verb", "revoked the listing"),
    "end": NP_("listing verb", "the term ended"),
}
