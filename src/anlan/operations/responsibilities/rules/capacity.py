"""A street's capacity 基层规范化 as a table and in points: it rates itself, the bureau reviews."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from anlan.operations.responsibilities.rules.loop import Person
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    REVIEWED = "REVIEWED"
    OBJECTED = "OBJECTED"
    FINAL = "FINAL"


ASSESS, REVIEW = "responsibilities.assess", "responsibilities.review"
CHECK = Table(
    [
        Step("submit", (State.OPEN,), State.SUBMITTED, ASSESS),
        Step("review", (State.SUBMITTED,), State.REVIEWED, REVIEW),
        Step("object", (State.REVIEWED,), State.OBJECTED, ASSESS),
        Step("accept", (State.REVIEWED,), State.FINAL, ASSESS),
        Step("settle", (State.OBJECTED,), State.FINAL, REVIEW),
    ]
)
YES, PARTLY, NO = "yes", "partly", "no"
ANSWER_WORDS = {
    YES: NP_("capacity answer", "Yes"),
    PARTLY: NP_("capacity answer", "Partly"),
    NO: NP_("capacity answer", "No"),
}
KIND_WORDS = {
    "staff": NP_("capacity", "Staff"),
    "rooms": NP_("capacity", "Rooms"),
    "equipment": NP_("capacity", "Equipment"),
    "systems": NP_("capacity", "Systems and rules"),
    "duty": NP_("capacity", "Duty around the clock"),
    "plans": NP_("capacity", "Plans and drills"),
}
STATE_WORDS = {
    State.OPEN: NP_("capacity check", "Rating itself"),
    State.SUBMITTED: NP_("capacity check", "Submitted"),
    State.REVIEWED: NP_("capacity check", "Reviewed"),
    State.OBJECTED: NP_("capacity check", "Objected"),
    State.FINAL: NP_("capacity check", "Final"),
}
STATE_PILLS = {
    State.OPEN: "doing", State.SUBMITTED: "wait", State.REVIEWED: "wait", State.OBJECTED: "wait",
    State.FINAL: "done",
}  # fmt: skip
VERB_WORDS = {
    "open": NP_("capacity verb", "opened it"),
    "submit": NP_("capacity verb", "submitted it"),
    "review": NP_("capacity verb", "reviewed it"),
    "object": NP_("capacity verb", "objected"),
    "accept": NP_("capacity verb", "accepted the review"),
    "settle": NP_("capacity verb", "decided on the objection"),
    "end": NP_("capacity verb", "the time to object ended"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a street must have; `points` when it has it in full."""

    code: str
    kind: str
    text: str
    points: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """A version of the list. `partly`: percent of the points for an item that is there in part;
    `object_days`: working days; `grades`: least percent of all points and the grade, falling."""

    source: str
    items: tuple[Item, ...]
    partly: int
    object_days: int
    grades: tuple[tuple[int, str], ...]

    def points(self, answers: Mapping[str, str]) -> float:
        """The points of answers by item; an item without an answer has none.

        >>> one = Checklist("", (Item("a", "staff", "", 5), Item("b", "staff", "", 3)), 50, 5, ())
        >>> one.points({"a": "yes", "b": "partly"})
        6.5
        """
        share = {YES: 100, PARTLY: self.partly}
        return sum(one.points * share.get(answers.get(one.code, ""), 0) for one in self.items) / 100

    @property
    def most(self) -> int:
        return sum(one.points for one in self.items)

    def grade(self, points: float) -> str:
        """
        >>> one = Checklist("", (Item("a", "staff", "", 10),), 50, 5, ((80, "达标"), (0, "不达标")))
        >>> one.grade(8), one.grade(7.9)
        ('达标', '不达标')
        """
        share = 100 * points / self.most if self.most else 0
        return next((word for least, word in self.grades if share >= least), "")


def read_checklist(given: Mapping[str, Any]) -> Checklist:
    """As the district's file has it; raises `ValueError`, `KeyError` or `TypeError` for a wrong
    one."""
    items = tuple(
        Item(one["code"], one["kind"], one["text"], int(one["points"])) for one in given["items"]
    )
    if len({one.code for one in items}) != len(items) or not items:
        raise ValueError("an item stands twice, or there is none")
    if any(one.kind not in KIND_WORDS or one.points <= 0 for one in items):
        raise ValueError("an item of an unknown kind, or without points")
    grades = sorted(
        ((int(one["least"]), str(one["word"])) for one in given["grades"]), reverse=True
    )
    return Checklist(
        str(given["source"]),
        items,
        int(given["partly"]),
        int(given["object_days"]),
        tuple(sorted(grades, reverse=True)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`object_by`: the last day to object, once it is reviewed; `reviewed_by`: an account's id."""

    state: str
    unit: str
    object_by: date | None = None
    reviewed_by: int | None = None


def check(verb: str, one: Check, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = CHECK.step(verb, one.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the assessment is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if step.right == ASSESS and person.organisation != one.unit:
        raise Refused(N_("A street assesses itself only."))
    if step.right == REVIEW and not person.whole:
        raise Refused(N_("The bureau reviews."))
    if verb == "object" and (one.object_by is None or day > one.object_by):
        raise Refused(N_("The time to object is over."))
    if verb == "settle" and (person.id is None or person.id == one.reviewed_by):
        raise Refused(N_("Who reviewed it does not decide on the objection."))
    return step


def verbs(one: Check, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do now."""
    return allowed(CHECK.verbs(one.state), lambda verb: check(verb, one, person, day))


def lacking(items: Sequence[Item], answers: Mapping[str, str]) -> Iterable[Item]:
    """What is not there in full."""
    return (one for one in items if answers.get(one.code) != YES)
