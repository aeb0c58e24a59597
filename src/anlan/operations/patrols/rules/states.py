"""Patrols and posts 走山走水、守卡守点 as a table (R-115): which verb, from where, by whom.

Who-lines are defaults [pv].
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class State(StrEnum):
    DUE = "DUE"
    UNDERWAY = "UNDERWAY"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    CONFIRMED = "CONFIRMED"
    MISSED = "MISSED"
    EXCUSED = "EXCUSED"
    LAPSED = "LAPSED"


class Form(StrEnum):
    """What a route or post is: the first two are walked, the others manned."""

    MOUNTAIN = "mountain"
    WATER = "water"
    CHECKPOINT = "checkpoint"
    POINT = "point"


class Hazard(StrEnum):
    FOREST_FIRE = "forest_fire"
    FLOOD = "flood"
    WATERLOGGING = "waterlogging"
    GEOHAZARD = "geohazard"
    WORK_SAFETY = "work_safety"


class Means(StrEnum):
    FOOT = "foot"
    VEHICLE = "vehicle"
    BOAT = "boat"


class Rhythm(StrEnum):
    """DAILY and DAYS (every so many) in the months of the season; CALLED only when it is called
    out."""

    DAILY = "daily"
    DAYS = "days"
    CALLED = "called"


class Calls(StrEnum):
    """What calls routes out by itself; each has levels of its own kind."""

    ALERT = "alert"
    RESPONSE = "response"


VIEW, WALK, KEEP = "patrols.view", "patrols.walk", "patrols.keep"
CONFIRM, LEAD = "patrols.confirm", "patrols.lead"
MOST_REPEAT_H = 72
POSTS = (Form.CHECKPOINT, Form.POINT)

# What waits for whoever walks or stands, and what is over.
OWED = (State.DUE, State.UNDERWAY, State.RETURNED)
ENDED = (State.CONFIRMED, State.EXCUSED, State.LAPSED)
PATROL = Table(
    [
        Step("start", (State.DUE, State.RETURNED, State.LAPSED), State.UNDERWAY, WALK),
        Step("hand over", (State.UNDERWAY,), "", WALK),
        Step("finish", (State.UNDERWAY,), State.SUBMITTED, WALK),
        Step("fall short", (State.UNDERWAY,), State.RETURNED, WALK),
        Step("report danger", (State.UNDERWAY, State.SUBMITTED, State.RETURNED), "", WALK),
        Step("confirm", (State.SUBMITTED,), State.CONFIRMED, CONFIRM),
        Step("return", (State.SUBMITTED,), State.RETURNED, CONFIRM),
        Step("reject", (State.SUBMITTED, State.RETURNED), State.MISSED, CONFIRM),
        Step("excuse", (State.DUE, State.RETURNED, State.MISSED), State.EXCUSED, CONFIRM),
        Step("ask why", (State.MISSED,), "", CONFIRM),
    ]
)  # fmt: skip

STATE_WORDS = {
    State.DUE: NP_("patrol state", "To be done"),
    State.UNDERWAY: NP_("patrol state", "Under way"),
    State.SUBMITTED: NP_("patrol state", "To be confirmed"),
    State.RETURNED: NP_("patrol state", "Not complete"),
    State.CONFIRMED: NP_("patrol state", "Confirmed"),
    State.MISSED: NP_("patrol state", "Missed"),
    State.EXCUSED: NP_("patrol state", "Excused"),
    State.LAPSED: NP_("patrol state", "Lapsed"),
}
# What a pill of the state says of the work (`ui.md` 3).
STATE_PILLS = {
    State.DUE: "wait", State.UNDERWAY: "doing", State.SUBMITTED: "doing", State.RETURNED: "wait",
    State.CONFIRMED: "done", State.MISSED: "stop", State.EXCUSED: "stop",
    State.LAPSED: "stop",
}  # fmt: skip
FORM_WORDS = {
    Form.MOUNTAIN: NP_("patrol form", "Mountain patrol"),
    Form.WATER: NP_("patrol form", "Water patrol"),
    Form.CHECKPOINT: NP_("patrol form", "Checkpoint"),
    Form.POINT: NP_("patrol form", "Guarded point"),
}
HAZARD_WORDS = {
    Hazard.FOREST_FIRE: NP_("patrol hazard", "Forest fire"),
    Hazard.FLOOD: NP_("patrol hazard", "River flood"),
    Hazard.WATERLOGGING: NP_("patrol hazard", "Waterlogging"),
    Hazard.GEOHAZARD: NP_("patrol hazard", "Geological hazard"),
    Hazard.WORK_SAFETY: NP_("patrol hazard", "Work safety"),
}
MEANS_WORDS = {
    Means.FOOT: NP_("patrol means", "On foot"),
    Means.VEHICLE: NP_("patrol means", "By vehicle"),
    Means.BOAT: NP_("patrol means", "By boat"),
}
RHYTHM_WORDS = {
    Rhythm.DAILY: NP_("patrol rhythm", "Every day"),
    Rhythm.DAYS: NP_("patrol rhythm", "Every so many days"),
    Rhythm.CALLED: NP_("patrol rhythm", "When called out"),
}
VERB_WORDS = {
    "make": NP_("patrol verb", "says: it is due"),
    "call out": NP_("patrol verb", "called it out"),
    "start": NP_("patrol verb", "started"),
    "hand over": NP_("patrol verb", "took over"),
    "finish": NP_("patrol verb", "finished"),
    "fall short": NP_("patrol verb", "finished; too few points were reached"),
    "made up": NP_("patrol verb", "says: late positions complete it"),
    "report danger": NP_("patrol verb", "reported a hidden danger"),
    "confirm": NP_("patrol verb", "confirmed"),
    "return": NP_("patrol verb", "sent it back"),
    "reject": NP_("patrol verb", "did not accept it: missed"),
    "excuse": NP_("patrol verb", "excused it"),
    "ask why": NP_("patrol verb", "wrote why it was missed"),
    "term passed": NP_("patrol verb", "says: the time is over"),
    "ended by time": NP_("patrol verb", "says: its time is over, and it is complete"),
    "miss": NP_("patrol verb", "says: missed"),
    "extend": NP_("patrol verb", "says: it is owed for longer"),
    "lapse": NP_("patrol verb", "says: lapsed, what called it out is over"),
}
