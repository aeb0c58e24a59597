"""The investigation of an accident as a table, `domain.md` 3.9, and what is said of accidents.

An ordinary accident is the district's; from considerable upwards it is handed up [493 art. 19].
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    REPORTED = "REPORTED"
    TEAM_FORMED = "TEAM_FORMED"
    INVESTIGATING = "INVESTIGATING"
    HANDED_UP = "HANDED_UP"
    REPORT_SUBMITTED = "REPORT_SUBMITTED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    IMPLEMENTING = "IMPLEMENTING"
    EVALUATED = "EVALUATED"
    CLOSED = "CLOSED"


class Track(StrEnum):
    """一案双查 the first two; 三责同追 all three."""

    UNIT = "unit"
    SUPERVISION = "supervision"
    TERRITORY = "territory"


class Mark(StrEnum):
    """迟漏谎瞒: `LATE` is computed from the times, the others are found by review."""

    LATE = "late"
    MISSED = "missed"
    FALSE = "false"
    CONCEALED = "concealed"


VIEW, REPORT, INVESTIGATE = "accidents.view", "accidents.report", "accidents.investigate"
TRACK, DECIDE = "accidents.track", "accidents.decide"
LEAD = "accidents.lead"

ACCIDENT = Table(
    [
        Step("form team", (State.REPORTED, State.TEAM_FORMED, State.INVESTIGATING),
             State.TEAM_FORMED, DECIDE),
        Step("begin", (State.TEAM_FORMED,), State.INVESTIGATING, INVESTIGATE),
        Step("leave out appraisal", (State.INVESTIGATING,), "", INVESTIGATE),
        Step("give more time", (State.INVESTIGATING,), "", DECIDE),
        Step("submit report", (State.INVESTIGATING,), State.REPORT_SUBMITTED, INVESTIGATE),
        Step("return report", (State.REPORT_SUBMITTED,), State.INVESTIGATING, DECIDE),
        Step("approve", (State.REPORT_SUBMITTED,), State.APPROVED, DECIDE),
        Step("publish", (State.APPROVED,), State.PUBLISHED, DECIDE),
        Step("hand up", (State.REPORTED, State.TEAM_FORMED, State.INVESTIGATING,
                         State.REPORT_SUBMITTED, State.APPROVED), State.HANDED_UP, DECIDE),
        Step("take superior report", (State.HANDED_UP,), State.PUBLISHED, TRACK),
        Step("implement", (State.PUBLISHED,), State.IMPLEMENTING, TRACK),
        Step("evaluate", (State.IMPLEMENTING,), State.EVALUATED, TRACK),
        Step("close", (State.EVALUATED,), State.CLOSED, DECIDE),
    ]
)  # fmt: skip
# While these last, measures are written down and liabilities found.
TRACKED = (
    State.INVESTIGATING, State.APPROVED, State.PUBLISHED, State.IMPLEMENTING,
)  # fmt: skip
# Of one that was handed up, the liabilities that the superior's report found are entered then.
OF_THE_SUPERIOR = (State.HANDED_UP, State.PUBLISHED, State.IMPLEMENTING)


class Issue(StrEnum):
    """快报, 续报, 终报: the reports upwards, in their order."""

    FIRST = "first"
    FOLLOW_UP = "follow up"
    LAST = "last"


ISSUE_WORDS = {
    Issue.FIRST: NP_("accident report", "First report"),
    Issue.FOLLOW_UP: NP_("accident report", "Follow-up report"),
    Issue.LAST: NP_("accident report", "Last report"),
}

STATE_WORDS = {
    State.REPORTED: NP_("accident state", "Reported"),
    State.TEAM_FORMED: NP_("accident state", "Team formed"),
    State.INVESTIGATING: NP_("accident state", "Under investigation"),
    State.HANDED_UP: NP_("accident state", "Handed up"),
    State.REPORT_SUBMITTED: NP_("accident state", "Report submitted"),
    State.APPROVED: NP_("accident state", "Report approved"),
    State.PUBLISHED: NP_("accident state", "Published"),
    State.IMPLEMENTING: NP_("accident state", "Measures under way"),
    State.EVALUATED: NP_("accident state", "Evaluated"),
    State.CLOSED: NP_("accident state", "Closed"),
}
STATE_PILLS = {
    State.REPORTED: "wait", State.TEAM_FORMED: "wait", State.INVESTIGATING: "doing",
    State.HANDED_UP: "stop", State.REPORT_SUBMITTED: "wait", State.APPROVED: "doing",
    State.PUBLISHED: "doing", State.IMPLEMENTING: "doing", State.EVALUATED: "doing",
    State.CLOSED: "done",
}  # fmt: skip
CATEGORY_WORDS = {
    "industrial": NP_("accident category", "Industry, mining and trade"),
    "traffic": NP_("accident category", "Road traffic"),
    "fire": NP_("accident category", "Fire"),
}
# GB 6441-1986, 20 types.
TYPE_WORDS = {
    "01": NP_("accident type", "Struck by an object"),
    "02": NP_("accident type", "Vehicle"),
    "03": NP_("accident type", "Machine"),
    "04": NP_("accident type", "Lifting"),
    "05": NP_("accident type", "Electric shock"),
    "06": NP_("accident type", "Drowning"),
    "07": NP_("accident type", "Burns and scalds"),
    "08": NP_("accident type", "Fire"),
    "09": NP_("accident type", "Fall from height"),
    "10": NP_("accident type", "Collapse"),
    "11": NP_("accident type", "Roof fall"),
    "12": NP_("accident type", "Water inrush"),
    "13": NP_("accident type", "Blasting"),
    "14": NP_("accident type", "Explosion of powder"),
    "15": NP_("accident type", "Explosion of gas"),
    "16": NP_("accident type", "Boiler explosion"),
    "17": NP_("accident type", "Vessel explosion"),
    "18": NP_("accident type", "Other explosion"),
    "19": NP_("accident type", "Poisoning and suffocation"),
    "20": NP_("accident type", "Other injury"),
}
# Of the unit, by the registration types 经济类型 as the statistics of accidents sum them up [pv].
OWNERSHIP_WORDS = {
    "state": NP_("ownership", "State-owned"),
    "collective": NP_("ownership", "Collective"),
    "private": NP_("ownership", "Private"),
    "shares": NP_("ownership", "Company with mixed shares"),
    "foreign": NP_("ownership", "Foreign, or of Hong Kong, Macao or Taiwan"),
    "individual": NP_("ownership", "Individual business"),
    "other": NP_("ownership", "Other"),
}
TRACK_WORDS = {
    Track.UNIT: NP_("liability track", "Liability of the unit and its people"),
    Track.SUPERVISION: NP_("liability track", "Liability of supervision"),
    Track.TERRITORY: NP_("liability track", "Liability of the territory's leadership"),
}
MARK_WORDS = {
    Mark.LATE: NP_("reporting mark", "Late"),
    Mark.MISSED: NP_("reporting mark", "Missed"),
    Mark.FALSE: NP_("reporting mark", "False"),
    Mark.CONCEALED: NP_("reporting mark", "Concealed"),
}
FOUR_WORDS = {
    "cause": NP_("four checks", "The cause is established"),
    "persons": NP_("four checks", "The responsible are dealt with"),
    "measures": NP_("four checks", "The measures are carried out"),
    "taught": NP_("four checks", "Those concerned are taught"),
}
VERB_WORDS = {
    "register": NP_("accident verb", "registered"),
    "correct figures": NP_("accident verb", "corrected the toll"),
    "mark": NP_("accident verb", "reviewed the reporting"),
    "record penalty": NP_("accident verb", "wrote down the penalty"),
    "report up": NP_("accident verb", "reported up"),
    "follow up": NP_("accident verb", "wrote a follow-up report"),
    "confirm toll": NP_("accident verb", "confirmed the toll"),
    "count apart": NP_("accident verb", "counts it as not in production"),
    "find liability": NP_("accident verb", "found a liability"),
    "set deadline": NP_("accident verb", "gave a recommendation a deadline"),
    "settle liability": NP_("accident verb", "wrote down what came of a recommendation"),
    "write measure": NP_("accident verb", "wrote down a measure"),
    "finish measure": NP_("accident verb", "finished a measure"),
    "form team": NP_("accident verb", "formed the team"),
    "begin": NP_("accident verb", "began to investigate"),
    "leave out appraisal": NP_("accident verb", "left out the days of an appraisal"),
    "give more time": NP_("accident verb", "gave more time"),
    "submit report": NP_("accident verb", "submitted the report"),
    "return report": NP_("accident verb", "returned the report"),
    "approve": NP_("accident verb", "approved the report"),
    "publish": NP_("accident verb", "published the report"),
    "hand up": NP_("accident verb", "handed it up"),
    "take superior report": NP_("accident verb", "took the superior's report"),
    "implement": NP_("accident verb", "began the measures"),
    "evaluate": NP_("accident verb", "evaluated the measures"),
    "close": NP_("accident verb", "closed"),
}
