"""An officer's appraisal 执法人员考评 of a year as a table: graded, perhaps objected to, final."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    COMPUTED = "COMPUTED"
    GRADED = "GRADED"
    OBJECTED = "OBJECTED"
    FINAL = "FINAL"


APPRAISE, OBJECT = "oversight.appraise", "oversight.object"
S = State
APPRAISAL = Table(
    [
        Step("grade", (S.COMPUTED,), S.GRADED, APPRAISE),
        Step("object", (S.GRADED,), S.OBJECTED, OBJECT),
        Step("uphold", (S.OBJECTED,), S.FINAL, APPRAISE),
        Step("change the grade", (S.OBJECTED,), S.FINAL, APPRAISE),
        # Taken by the platform when the time to object is over.
        Step("stand", (S.GRADED,), S.FINAL, ""),
    ]
)
STATE_WORDS = {
    S.COMPUTED: NP_("appraisal state", "Not graded"),
    S.GRADED: NP_("appraisal state", "Graded, may object"),
    S.OBJECTED: NP_("appraisal state", "Objected"),
    S.FINAL: NP_("appraisal state", "Final"),
}
STATE_PILLS = {S.COMPUTED: "wait", S.GRADED: "doing", S.OBJECTED: "wait", S.FINAL: "done"}
VERB_WORDS = {
    "grade": NP_("appraisal verb", "graded it"),
    "object": NP_("appraisal verb", "objected"),
    "uphold": NP_("appraisal verb", "upheld the grade"),
    "change the grade": NP_("appraisal verb", "changed the grade"),
    "stand": NP_("appraisal verb", "the time to object is over"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What the rules ask: whose it is, of which unit, and until when the officer may object."""

    state: str
    unit: str
    account_id: int
    object_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step."""

    id: int | None
    rights: frozenset[str]
    organisation: str


def check(verb: str, one: Appraisal, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = APPRAISAL.step(verb, one.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the appraisal is as it is now.")) from None
    if not step.right or step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.id is None or person.organisation != one.unit:
        raise Refused(N_("Only the officer's own unit may take this step."))
    if step.right == APPRAISE and person.id == one.account_id:
        raise Refused(N_("Nobody appraises themselves."))
    if step.right == OBJECT and person.id != one.account_id:
        raise Refused(N_("Only the officer objects to their own appraisal."))
    if verb == "object" and (one.object_by is None or day > one.object_by):
        raise Refused(N_("The time to object is over."))
    return step


def verbs(one: Appraisal, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do with the appraisal now."""
    return allowed(APPRAISAL.verbs(one.state), lambda verb: check(verb, one, person, day))
