"""A work of a year's list 年度工作清单 as a table: planned, done, submitted, confirmed."""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    PLANNED = "PLANNED"
    UNDERWAY = "UNDERWAY"
    SUBMITTED = "SUBMITTED"
    CONFIRMED = "CONFIRMED"
    RETURNED = "RETURNED"
    DROPPED = "DROPPED"


VIEW = "assessment.view"
KEEP, DO = "responsibilities.keep", "responsibilities.do"
CONFIRM = "responsibilities.confirm"
OPEN = (State.PLANNED, State.UNDERWAY, State.RETURNED)
ENDED = (State.CONFIRMED, State.DROPPED)
WORK = Table(
    [
        Step("begin", (State.PLANNED,), State.UNDERWAY, DO),
        Step("report", (State.UNDERWAY, State.RETURNED), State.UNDERWAY, DO),
        Step("submit", (State.UNDERWAY, State.RETURNED), State.SUBMITTED, DO),
        Step("confirm", (State.SUBMITTED,), State.CONFIRMED, CONFIRM),
        Step("return", (State.SUBMITTED,), State.RETURNED, CONFIRM),
        Step("amend", OPEN, "", KEEP),
        Step("drop", OPEN, State.DROPPED, KEEP),
    ]
)
STATE_WORDS = {
    State.PLANNED: NP_("work of a year", "Planned"),
    State.UNDERWAY: NP_("work of a year", "Under way"),
    State.SUBMITTED: NP_("work of a year", "Submitted"),
    State.CONFIRMED: NP_("work of a year", "Confirmed"),
    State.RETURNED: NP_("work of a year", "Returned"),
    State.DROPPED: NP_("work of a year", "Dropped"),
}
STATE_PILLS = {
    State.PLANNED: "wait", State.UNDERWAY: "doing", State.SUBMITTED: "wait",
    State.CONFIRMED: "done", State.RETURNED: "doing", State.DROPPED: "stop",
}  # fmt: skip
VERB_WORDS = {
    "set": NP_("work verb", "set it"),
    "begin": NP_("work verb", "began it"),
    "report": NP_("work verb", "reported progress"),
    "submit": NP_("work verb", "submitted it"),
    "confirm": NP_("work verb", "confirmed it"),
    "return": NP_("work verb", "returned it"),
    "amend": NP_("work verb", "amended it"),
    "drop": NP_("work verb", "dropped it"),
}
QUARTER_WORDS = {
    "1": NP_("quarter", "First quarter"),
    "2": NP_("quarter", "Second quarter"),
    "3": NP_("quarter", "Third quarter"),
    "4": NP_("quarter", "Fourth quarter"),
}
