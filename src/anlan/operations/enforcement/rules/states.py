"""An enforcement case 行政执法案件 as a table, `domain.md` 3.2: verbs, from where, by which right.

CFF = 行政处罚法 (2021), 15H = 安全生产违法行为行政处罚办法. Who-lines are the rule book's.
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    PLANNED = "PLANNED"
    INSPECTED = "INSPECTED"
    NO_VIOLATION = "NO_VIOLATION"
    ORDERED = "ORDERED"
    FILED = "FILED"
    INVESTIGATED = "INVESTIGATED"
    NOTIFIED = "NOTIFIED"
    HEARING = "HEARING"
    LEGAL_REVIEWED = "LEGAL_REVIEWED"
    DECIDED = "DECIDED"
    SERVED = "SERVED"
    EXECUTED = "EXECUTED"
    EXECUTION_ENDED = "EXECUTION_ENDED"
    RECHECKED = "RECHECKED"
    ARCHIVED = "ARCHIVED"
    WITHDRAWN = "WITHDRAWN"
    COURT_ENFORCEMENT = "COURT_ENFORCEMENT"
    TRANSFERRED_CRIMINAL = "TRANSFERRED_CRIMINAL"


VIEW, HANDLE = "enforcement.view", "enforcement.handle"
REVIEW, DECIDE = "enforcement.review", "enforcement.decide"
ANSWER = "enforcement.answer"  # of the enterprise: read what was served on it

S = State
_OPEN = (S.FILED, S.INVESTIGATED, S.NOTIFIED, S.HEARING, S.LEGAL_REVIEWED)
SETTLED = (S.EXECUTED, S.EXECUTION_ENDED)
_DECIDED = (S.DECIDED, S.SERVED, S.COURT_ENFORCEMENT, *SETTLED)
_HELD = (*_OPEN, *_DECIDED, S.RECHECKED)
_PUBLIC = (S.SERVED, S.COURT_ENFORCEMENT, *SETTLED, S.RECHECKED, S.ARCHIVED)
_ANY_DECISION = (S.ORDERED, *_OPEN, *_DECIDED, S.RECHECKED, S.WITHDRAWN, S.TRANSFERRED_CRIMINAL)
_ON_SITE = (S.INSPECTED, S.ORDERED)
_FILMED = tuple(one for one in S if one not in (S.PLANNED, S.ARCHIVED))
CASE = Table(
    [
        Step("inspect", (S.PLANNED,), S.INSPECTED, HANDLE),
        Step("find no violation", (S.INSPECTED,), S.NO_VIOLATION, HANDLE),
        Step("order", _ON_SITE, S.ORDERED, HANDLE),
        Step("stop on the spot", _ON_SITE, S.ORDERED, DECIDE),
        Step("fine on the spot", _ON_SITE, S.DECIDED, HANDLE),
        Step("propose filing", _ON_SITE, "", HANDLE),
        Step("file", _ON_SITE, S.FILED, DECIDE),
        Step("hold evidence", (S.FILED, S.INVESTIGATED), "", DECIDE),
        Step("end the hold", _HELD, "", HANDLE),
        Step("investigate", (S.FILED, S.INVESTIGATED), S.INVESTIGATED, HANDLE),
        Step("extend the term", _OPEN, "", DECIDE),
        Step("notify", (S.INVESTIGATED,), S.NOTIFIED, HANDLE),
        Step("serve the notice", (S.NOTIFIED,), "", HANDLE),
        Step("hear the party", (S.NOTIFIED,), "", HANDLE),
        Step("waive", (S.NOTIFIED,), "", HANDLE),
        Step("ask for a hearing", (S.NOTIFIED,), S.HEARING, HANDLE),
        Step("call the hearing", (S.HEARING,), "", HANDLE),
        Step("hold the hearing", (S.HEARING,), "", REVIEW),
        Step("send back", (S.NOTIFIED, S.HEARING), S.INVESTIGATED, REVIEW),
        Step("send back", (S.LEGAL_REVIEWED,), S.INVESTIGATED, DECIDE),
        Step("review", (S.NOTIFIED, S.HEARING), S.LEGAL_REVIEWED, REVIEW),
        Step("discuss", (S.LEGAL_REVIEWED,), "", DECIDE),
        Step("decide", (S.LEGAL_REVIEWED,), S.DECIDED, DECIDE),
        Step("serve", (S.DECIDED,), S.SERVED, HANDLE),
        Step("give time to pay", (S.SERVED,), "", DECIDE),
        Step("record a payment", (S.SERVED, S.COURT_ENFORCEMENT), "", HANDLE),
        Step("remind", (S.SERVED,), "", HANDLE),
        Step("serve the reminder", (S.SERVED,), "", HANDLE),
        Step("apply to the court", (S.SERVED,), S.COURT_ENFORCEMENT, DECIDE),
        Step("end the execution", (S.COURT_ENFORCEMENT,), S.EXECUTION_ENDED, DECIDE),
        Step("record an appeal", _PUBLIC, "", HANDLE),
        Step("end the appeal", _PUBLIC, "", HANDLE),
        Step("revoke the decision", (S.DECIDED, *_PUBLIC), S.WITHDRAWN, DECIDE),
        Step("execute", (S.SERVED, S.COURT_ENFORCEMENT), S.EXECUTED, HANDLE),
        Step("keep a recording", _FILMED, "", HANDLE),
        Step("ask for a re-check", (S.ORDERED, *_OPEN, *_DECIDED), "", HANDLE),
        Step("check the order", (S.ORDERED, *_OPEN, *_DECIDED), "", HANDLE),
        Step("recheck", SETTLED, S.RECHECKED, HANDLE),
        Step("publish", _PUBLIC, "", HANDLE),
        Step("publish the measures", _ANY_DECISION, "", HANDLE),
        Step("take down", (*_ANY_DECISION, S.ARCHIVED), "", DECIDE),
        Step("propose the transfer", _OPEN, "", HANDLE),
        Step("approve the transfer", _OPEN, "", DECIDE),
        Step("transfer", _OPEN, S.TRANSFERRED_CRIMINAL, HANDLE),
        Step("take back", (S.TRANSFERRED_CRIMINAL,), S.INVESTIGATED, HANDLE),
        Step("withdraw", (S.PLANNED, *_ON_SITE, *_OPEN), S.WITHDRAWN, DECIDE),
        Step("archive", (S.NO_VIOLATION,), S.ARCHIVED, HANDLE),
        Step("archive", (S.RECHECKED, S.WITHDRAWN, S.TRANSFERRED_CRIMINAL), S.ARCHIVED, DECIDE),
        Step("replace an officer", tuple(one for one in S if one is not S.ARCHIVED), "", DECIDE),
    ]
)
OPEN = tuple(state for state in State if state is not State.ARCHIVED)
# Nothing more comes of it that whatever led to it would wait for.
ENDED = (S.NO_VIOLATION, S.RECHECKED, S.WITHDRAWN, S.ARCHIVED)
# The decision is served, and its execution not on record yet.
RUNNING = (S.SERVED, S.COURT_ENFORCEMENT)
# The party has not been told yet what it is to be punished for.
TAKING_UP = (S.PLANNED, S.INSPECTED, S.ORDERED, S.FILED, S.INVESTIGATED)

STATE_WORDS = {
    S.PLANNED: NP_("case state", "Planned"),
    S.INSPECTED: NP_("case state", "Inspected"),
    S.NO_VIOLATION: NP_("case state", "No violation"),
    S.ORDERED: NP_("case state", "Ordered to rectify"),
    S.FILED: NP_("case state", "Filed"),
    S.INVESTIGATED: NP_("case state", "Investigated"),
    S.NOTIFIED: NP_("case state", "Party notified"),
    S.HEARING: NP_("case state", "Hearing"),
    S.LEGAL_REVIEWED: NP_("case state", "Legally reviewed"),
    S.DECIDED: NP_("case state", "Decided"),
    S.SERVED: NP_("case state", "Served"),
    S.EXECUTED: NP_("case state", "Executed"),
    S.EXECUTION_ENDED: NP_("case state", "Execution ended by the court"),
    S.RECHECKED: NP_("case state", "Re-checked"),
    S.ARCHIVED: NP_("case state", "Archived"),
    S.WITHDRAWN: NP_("case state", "Withdrawn"),
    S.COURT_ENFORCEMENT: NP_("case state", "With the court"),
    S.TRANSFERRED_CRIMINAL: NP_("case state", "With the police"),
}
# What a pill of the state says of the work (`ui.md` 3): wait, doing, done, stop.
STATE_PILLS = {
    S.PLANNED: "wait", S.INSPECTED: "doing", S.NO_VIOLATION: "done", S.ORDERED: "doing",
    S.FILED: "doing", S.INVESTIGATED: "doing", S.NOTIFIED: "wait", S.HEARING: "wait",
    S.LEGAL_REVIEWED: "wait", S.DECIDED: "doing", S.SERVED: "doing", S.EXECUTED: "doing",
    S.EXECUTION_ENDED: "stop",
    S.RECHECKED: "doing", S.ARCHIVED: "done", S.WITHDRAWN: "stop", S.COURT_ENFORCEMENT: "stop",
    S.TRANSFERRED_CRIMINAL: "stop",
}  # fmt: skip
STEP_WORDS = {
    "open": NP_("case step", "Plan the inspection"),
    "amend": NP_("case step", "Take the other system's new wording"),
    "inspect": NP_("case step", "Record the inspection"),
    "find no violation": NP_("case step", "No violation found"),
    "order": NP_("case step", "Order to rectify"),
    "stop on the spot": NP_("case step", "Measures on the spot"),
    "fine on the spot": NP_("case step", "Punish on the spot"),
    "propose filing": NP_("case step", "Propose to file"),
    "file": NP_("case step", "Approve the filing"),
    "hold evidence": NP_("case step", "Register and hold evidence"),
    "end the hold": NP_("case step", "End the holding of evidence"),
    "investigate": NP_("case step", "Conclude the investigation"),
    "notify": NP_("case step", "Notify the party of its rights"),
    "extend the term": NP_("case step", "Extend the term to decide"),
    "serve the notice": NP_("case step", "Record the service of the notice"),
    "hear the party": NP_("case step", "Record the party's statement"),
    "waive": NP_("case step", "Record that the party waives"),
    "ask for a hearing": NP_("case step", "Accept the request for a hearing"),
    "call the hearing": NP_("case step", "Give notice of the hearing"),
    "hold the hearing": NP_("case step", "Record the hearing"),
    "send back": NP_("case step", "Send back to the investigators"),
    "review": NP_("case step", "Give the legal opinion"),
    "discuss": NP_("case step", "Record the group discussion"),
    "decide": NP_("case step", "Decide the penalty"),
    "serve": NP_("case step", "Record the service"),
    "give time to pay": NP_("case step", "Give more time to pay"),
    "record a payment": NP_("case step", "Record a payment"),
    "remind": NP_("case step", "Remind of the duty"),
    "serve the reminder": NP_("case step", "Record the service of the reminder"),
    "apply to the court": NP_("case step", "Apply to the court"),
    "end the execution": NP_("case step", "Record the court's end of the execution"),
    "record an appeal": NP_("case step", "Record an appeal"),
    "end the appeal": NP_("case step", "Record the end of the appeal"),
    "revoke the decision": NP_("case step", "Revoke the decision"),
    "execute": NP_("case step", "State the execution"),
    "keep a recording": NP_("case step", "Keep a recording's digest"),
    "ask for a re-check": NP_("case step", "Record the party's request for a re-check"),
    "check the order": NP_("case step", "Check the order"),
    "recheck": NP_("case step", "Re-check passed"),
    "publish": NP_("case step", "Publish the decision"),
    "publish the measures": NP_("case step", "Publish the orders and measures"),
    "take down": NP_("case step", "End the publicity"),
    "propose the transfer": NP_("case step", "Propose transfer to the police"),
    "approve the transfer": NP_("case step", "Approve the transfer"),
    "transfer": NP_("case step", "Transfer to the police"),
    "take back": NP_("case step", "Take back from the police"),
    "withdraw": NP_("case step", "Withdraw the case"),
    "archive": NP_("case step", "Close and archive"),
    "replace an officer": NP_("case step", "Replace an officer"),
    "danger": NP_("case step", "Heard of the hidden danger"),
    "correct": NP_("case step", "Correct a paper"),
}
