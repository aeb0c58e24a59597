"""The scorecard of a unit's year as a table: it scores itself, the bureau reviews, it may object,
the leader decides and publishes. Pure, asked before every step."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    REVIEWED = "REVIEWED"
    OBJECTED = "OBJECTED"
    FINAL = "FINAL"
    PUBLISHED = "PUBLISHED"


VIEW = "assessment.view"
FILL, REVIEW, DECIDE = "assessment.fill", "assessment.review", "assessment.decide"
# Until it is reviewed, what happened in the year is entered; a decision may still strike it.
_EVENTS = (State.OPEN, State.SUBMITTED)
CARD = Table(
    [
        Step("answer", (State.OPEN,), "", FILL),
        Step("submit", (State.OPEN,), State.SUBMITTED, FILL),
        Step("return", (State.SUBMITTED,), State.OPEN, REVIEW),
        Step("deduct", _EVENTS, "", REVIEW),
        Step("award", _EVENTS, "", REVIEW),
        Step("waive", _EVENTS, "", REVIEW),
        Step("strike", _EVENTS, "", REVIEW),
        Step("review", (State.SUBMITTED,), State.REVIEWED, REVIEW),
        Step("object", (State.REVIEWED,), State.OBJECTED, FILL),
        Step("accept", (State.REVIEWED,), State.FINAL, FILL),
        Step("waive", (State.OBJECTED,), "", DECIDE),
        Step("strike", (State.OBJECTED,), "", DECIDE),
        Step("settle", (State.OBJECTED,), State.FINAL, DECIDE),
        Step("publish", (State.FINAL,), State.PUBLISHED, DECIDE),
        Step("correct", (State.PUBLISHED,), State.SUBMITTED, REVIEW),
    ]
)
STATE_WORDS = {
    State.OPEN: NP_("scorecard", "Scoring itself"),
    State.SUBMITTED: NP_("scorecard", "Submitted"),
    State.REVIEWED: NP_("scorecard", "Reviewed"),
    State.OBJECTED: NP_("scorecard", "Objected"),
    State.FINAL: NP_("scorecard", "To be published"),
    State.PUBLISHED: NP_("scorecard", "Published"),
}
STATE_PILLS = {
    State.OPEN: "doing", State.SUBMITTED: "wait", State.REVIEWED: "wait", State.OBJECTED: "wait",
    State.FINAL: "wait", State.PUBLISHED: "done",
}  # fmt: skip
VERB_WORDS = {
    "open": NP_("scorecard verb", "opened it"),
    "answer": NP_("scorecard verb", "kept scores"),
    "submit": NP_("scorecard verb", "submitted it"),
    "return": NP_("scorecard verb", "sent it back"),
    "deduct": NP_("scorecard verb", "deducted for an event"),
    "award": NP_("scorecard verb", "gave a bonus"),
    "waive": NP_("scorecard verb", "left out a deduction"),
    "strike": NP_("scorecard verb", "struck an entry"),
    "review": NP_("scorecard verb", "reviewed it"),
    "object": NP_("scorecard verb", "objected"),
    "accept": NP_("scorecard verb", "accepted the review"),
    "settle": NP_("scorecard verb", "decided on the objection"),
    "end": NP_("scorecard verb", "the time to object ended"),
    "publish": NP_("scorecard verb", "published it"),
    "correct": NP_("scorecard verb", "began a correction"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`object_by`: the last day to object, once it is reviewed; accounts by id."""

    state: str
    unit: str
    object_by: date | None = None
    submitted_by: int | None = None
    reviewed_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`whole`: sees the whole district, as the bureau does."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""
    whole: bool = False


def check(verb: str, card: Card, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = CARD.step(verb, card.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the scorecard is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    own = bool(card.unit) and person.organisation == card.unit
    if step.right == FILL and not own:
        raise Refused(N_("A unit scores itself only."))
    if step.right != FILL:
        if own or not person.whole:
            raise Refused(N_("The bureau reviews and decides, never on its own unit."))
        if verb in ("review", "settle", "publish") and person.id == card.submitted_by:
            raise Refused(N_("Who scored it does not review it."))
    if step.right == DECIDE and person.id == card.reviewed_by:
        raise Refused(N_("Who reviewed it does not decide on it."))
    if verb == "object" and (card.object_by is None or day > card.object_by):
        raise Refused(N_("The time to object is over."))
    return step


def verbs(card: Card, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do now."""
    return allowed(CARD.verbs(card.state), lambda verb: check(verb, card, person, day))
