"""HiddenDanger 事故隐患 as a table, `domain.md` 3.1: which verb, from where, by which right.

`overdue` is derived, never a state. Who-lines are defaults of the rule book [pv].
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    FOUND = "FOUND"
    GRADED = "GRADED"
    ASSIGNED = "ASSIGNED"
    RECTIFYING = "RECTIFYING"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    CLOSED = "CLOSED"
    EXTENSION_PENDING = "EXTENSION_PENDING"
    TRANSFERRED = "TRANSFERRED"
    TO_ENFORCEMENT = "TO_ENFORCEMENT"
    SUSPENDED_PRODUCTION = "SUSPENDED_PRODUCTION"


class Grade(StrEnum):
    GENERAL = "GENERAL"
    MAJOR = "MAJOR"


class Source(StrEnum):
    """Who found it. Only `SELF_CHECK` is the enterprise's own find; the rest are authorities'.

    `CYCLE`: the platform did, when self-checks were missed: nobody of an authority has looked.
    """

    SELF_CHECK = "self_check"
    PATROL = "patrol"
    INSPECTION = "inspection"
    ENFORCEMENT = "enforcement"
    HOTLINE = "hotline"
    EXPERT = "expert"
    MONITORING = "monitoring"
    CYCLE = "cycle"


FIND, REGULATE, RECTIFY = "safety.find", "safety.regulate", "safety.rectify"
COUNTERSIGN, SUPERVISE = "safety.countersign", "safety.supervise"

_AT_WORK = (State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.RETURNED)
_MEANWHILE = (State.GRADED, *_AT_WORK, State.EXTENSION_PENDING)  # more time is asked for beside it
_REPORTED = (*_MEANWHILE, State.SUSPENDED_PRODUCTION)
DANGER = Table(
    [
        Step("grade", (State.FOUND,), State.GRADED, REGULATE),
        Step("grade own find", (State.FOUND,), State.GRADED, RECTIFY),
        Step("raise to major", _MEANWHILE, State.GRADED, REGULATE),
        Step("raise to major", (State.SUSPENDED_PRODUCTION,), "", REGULATE),
        Step("lower to general", (State.GRADED, State.ASSIGNED, State.RECTIFYING,
                                  State.SUSPENDED_PRODUCTION), "", COUNTERSIGN),
        Step("assign", (State.GRADED, State.ASSIGNED), State.ASSIGNED, REGULATE),
        # Work that was stopped at once is assigned and planned while it stands still.
        Step("assign", (State.SUSPENDED_PRODUCTION,), "", REGULATE),
        # Who rectifies it may leave while it is worked on.
        Step("assign", (State.RECTIFYING, State.RETURNED), "", REGULATE),
        Step("assign own find", (State.GRADED, State.ASSIGNED), State.ASSIGNED, RECTIFY),
        Step("plan", (State.ASSIGNED, State.RECTIFYING, State.RETURNED, State.SUSPENDED_PRODUCTION),
             "", RECTIFY),
        Step("begin", (State.ASSIGNED, State.RETURNED), State.RECTIFYING, RECTIFY),
        Step("report to regulator", _REPORTED, "", RECTIFY),
        Step("report to congress", _REPORTED, "", RECTIFY),
        Step("submit", (State.RECTIFYING,), State.SUBMITTED, RECTIFY),
        Step("return", (State.SUBMITTED, State.ACCEPTED), State.RETURNED, REGULATE),
        Step("accept", (State.SUBMITTED,), State.ACCEPTED, REGULATE),
        Step("close own find", (State.SUBMITTED,), State.CLOSED, RECTIFY),
        Step("countersign", (State.ACCEPTED,), "", COUNTERSIGN),
        Step("close", (State.ACCEPTED,), State.CLOSED, REGULATE),
        Step("ask for more time", (State.RECTIFYING, State.RETURNED), State.EXTENSION_PENDING,
             RECTIFY),
        Step("give more time", (State.EXTENSION_PENDING,), State.RECTIFYING, COUNTERSIGN),
        Step("refuse more time", (State.EXTENSION_PENDING,), State.RECTIFYING, COUNTERSIGN),
        Step("transfer", (State.FOUND, State.GRADED, State.ASSIGNED), State.TRANSFERRED, REGULATE),
        Step("take over", (State.TRANSFERRED,), State.FOUND, REGULATE),
        Step("send back", (State.TRANSFERRED,), State.FOUND, REGULATE),
        Step("hand to enforcement", (*_MEANWHILE, State.SUSPENDED_PRODUCTION),
             State.TO_ENFORCEMENT, REGULATE),
        Step("take back from enforcement", (State.TO_ENFORCEMENT,), State.GRADED, REGULATE),
        # What was handed over while production was stopped comes back to that.
        Step("take back from enforcement", (State.TO_ENFORCEMENT,), State.SUSPENDED_PRODUCTION,
             REGULATE),
        Step("suspend production", _MEANWHILE, State.SUSPENDED_PRODUCTION, REGULATE),
        Step("ask to resume", (State.SUSPENDED_PRODUCTION,), "", RECTIFY),
        Step("resume production", (State.SUSPENDED_PRODUCTION,), State.ACCEPTED, REGULATE),
        Step("keep suspended", (State.SUSPENDED_PRODUCTION,), "", REGULATE),
        Step("look again", (State.CLOSED,), "", REGULATE),
    ]
)  # fmt: skip
# What nobody of an authority found by looking.
NOT_LOOKED = (Source.SELF_CHECK, Source.CYCLE)
OPEN = tuple(state for state in State if state is not State.CLOSED)

STATE_WORDS = {
    State.FOUND: NP_("danger state", "Waits to be graded"),
    State.GRADED: NP_("danger state", "Waits to be assigned"),
    State.ASSIGNED: NP_("danger state", "Assigned"),
    State.RECTIFYING: NP_("danger state", "In rectification"),
    State.SUBMITTED: NP_("danger state", "Waits for re-check"),
    State.RETURNED: NP_("danger state", "Returned"),
    State.ACCEPTED: NP_("danger state", "Accepted"),
    State.CLOSED: NP_("danger state", "Closed"),
    State.EXTENSION_PENDING: NP_("danger state", "Asks for more time"),
    State.TRANSFERRED: NP_("danger state", "Transferred"),
    State.TO_ENFORCEMENT: NP_("danger state", "With enforcement"),
    State.SUSPENDED_PRODUCTION: NP_("danger state", "Production stopped"),
}
# What a pill of the state says of the work (`ui.md` 3): wait, doing, done, stop.
STATE_PILLS = {
    State.FOUND: "wait", State.GRADED: "wait", State.ASSIGNED: "wait", State.RECTIFYING: "doing",
    State.SUBMITTED: "wait", State.RETURNED: "stop", State.ACCEPTED: "doing", State.CLOSED: "done",
    State.EXTENSION_PENDING: "wait", State.TRANSFERRED: "wait", State.TO_ENFORCEMENT: "stop",
    State.SUSPENDED_PRODUCTION: "stop",
}  # fmt: skip
GRADE_WORDS = {
    Grade.GENERAL: NP_("danger grade", "General"),
    Grade.MAJOR: NP_("danger grade", "Major"),
}
CLOSING_WORDS = {
    "in_time": NP_("danger closing", "Closed in time"),
    "too_late": NP_("danger closing", "Closed late"),
}
REPEAT_WORDS = {
    "yes": NP_("danger repeat", "Found again within 12 months"),
    "no": NP_("danger repeat", "Found for the first time"),
}
SOURCE_WORDS = {
    Source.SELF_CHECK: NP_("danger source", "Self-check"),
    Source.PATROL: NP_("danger source", "Grid patrol"),
    Source.INSPECTION: NP_("danger source", "Inspection"),
    Source.ENFORCEMENT: NP_("danger source", "Enforcement"),
    Source.HOTLINE: NP_("danger source", "12350"),
    Source.EXPERT: NP_("danger source", "Expert check"),
    Source.MONITORING: NP_("danger source", "Monitoring alarm"),
    Source.CYCLE: NP_("danger source", "Missed self-checks"),
}
VERB_WORDS = {
    "find": NP_("danger verb", "found"),
    "grade": NP_("danger verb", "graded"),
    "grade own find": NP_("danger verb", "graded an own find"),
    "raise to major": NP_("danger verb", "raised to major"),
    "lower to general": NP_("danger verb", "lowered to general"),
    "assign": NP_("danger verb", "assigned"),
    "assign own find": NP_("danger verb", "assigned an own find"),
    "plan": NP_("danger verb", "wrote the plan"),
    "begin": NP_("danger verb", "began"),
    "report to regulator": NP_("danger verb", "reported it to the regulator"),
    "report to congress": NP_("danger verb", "reported it to the workers' congress"),
    "submit": NP_("danger verb", "reported it rectified"),
    "return": NP_("danger verb", "returned it"),
    "accept": NP_("danger verb", "accepted it"),
    "close own find": NP_("danger verb", "closed an own find"),
    "countersign": NP_("danger verb", "countersigned"),
    "close": NP_("danger verb", "closed"),
    "ask for more time": NP_("danger verb", "asked for more time"),
    "give more time": NP_("danger verb", "gave more time"),
    "refuse more time": NP_("danger verb", "refused more time"),
    "transfer": NP_("danger verb", "transferred"),
    "take over": NP_("danger verb", "took over"),
    "send back": NP_("danger verb", "sent back"),
    "hand to enforcement": NP_("danger verb", "handed to enforcement"),
    "take back from enforcement": NP_("danger verb", "took back from enforcement"),
    "case": NP_("danger verb", "told of an enforcement case"),
    "call": NP_("danger verb", "registered from a street's call"),
    "suspend production": NP_("danger verb", "stopped production"),
    "ask to resume": NP_("danger verb", "asked to resume"),
    "resume production": NP_("danger verb", "let production resume"),
    "keep suspended": NP_("danger verb", "kept production stopped"),
    "draw": NP_("danger verb", "drew lots for a second look"),
    "look again": NP_("danger verb", "looked again"),
    "correct": NP_("danger verb", "corrected"),
    "list": NP_("danger verb", "put under listed supervision"),
    "report progress": NP_("danger verb", "reported the progress"),
    "delist": NP_("danger verb", "ended listed supervision"),
}
