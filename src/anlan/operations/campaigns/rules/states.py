"""A listed enterprise as a table: listed, under way, submitted as done, accepted."""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    LISTED = "LISTED"
    UNDERWAY = "UNDERWAY"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    DROPPED = "DROPPED"


# What the platform itself does when an enterprise closes, and when it opens again.
SHUT, REOPENED = "shut", "reopened"
VIEW, DO, KEEP = "safety.view", "safety.rectify", "safety.regulate"
OPEN = (State.LISTED, State.UNDERWAY, State.RETURNED)
ENDED = (State.ACCEPTED, State.DROPPED)
ENTRY = Table(
    [
        Step("begin", (State.LISTED,), State.UNDERWAY, DO),
        Step("submit", OPEN, State.SUBMITTED, DO),
        Step("accept", (State.SUBMITTED,), State.ACCEPTED, KEEP),
        Step("return", (State.SUBMITTED,), State.RETURNED, KEEP),
        Step("extend", OPEN, "", KEEP),
        Step("drop", OPEN, State.DROPPED, KEEP),
    ]
)
STATE_WORDS = {
    State.LISTED: NP_("campaign entry", "Listed"),
    State.UNDERWAY: NP_("campaign entry", "Under way"),
    State.SUBMITTED: NP_("campaign entry", "To be accepted"),
    State.RETURNED: NP_("campaign entry", "Returned"),
    State.ACCEPTED: NP_("campaign entry", "Accepted"),
    State.DROPPED: NP_("campaign entry", "Taken off the list"),
}
STATE_PILLS = {
    State.LISTED: "wait", State.UNDERWAY: "doing", State.SUBMITTED: "wait",
    State.RETURNED: "doing", State.ACCEPTED: "done", State.DROPPED: "stop",
}  # fmt: skip
VERB_WORDS = {
    "list": NP_("campaign verb", "listed it"),
    "begin": NP_("campaign verb", "began"),
    "submit": NP_("campaign verb", "reported it done"),
    "accept": NP_("campaign verb", "accepted it"),
    "return": NP_("campaign verb", "returned it"),
    "extend": NP_("campaign verb", "moved the deadline"),
    "drop": NP_("campaign verb", "took it off the list"),
    SHUT: NP_("campaign verb", "found the enterprise closed"),
    REOPENED: NP_("campaign verb", "found the enterprise open again"),
}
# 关搬改, and what is put right where it stands.
CLOSE = "close"
MEASURE_WORDS = {
    CLOSE: NP_("campaign measure", "Close"),
    "move": NP_("campaign measure", "Move elsewhere"),
    "renovate": NP_("campaign measure", "Renovate"),
    "rectify": NP_("campaign measure", "Rectify"),
}
