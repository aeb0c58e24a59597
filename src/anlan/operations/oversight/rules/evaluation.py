"""An evaluation of enforcement's effect 执法效果评估 as a table, `domain.md` R-110.

By the unit itself or by a commissioned third party 第三方评估, which has no account here: it gets
figures without persons and hands in its opinion. Who-lines are proposed defaults [pv].
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    OPENED = "OPENED"
    SUBMITTED = "SUBMITTED"
    ANSWERED = "ANSWERED"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"


class MeasureState(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    ACCEPTED = "ACCEPTED"


VIEW, LEAD, ANSWER = "oversight.view", "oversight.open", "oversight.appraise"
OWN = "own"  # of the measure's owner, whatever the role
S = State
UNDER_WAY = (S.ANSWERED, S.PUBLISHED)
EVALUATION = Table(
    [
        Step("amend", (S.OPENED,), "", LEAD),
        Step("submit the opinion", (S.OPENED,), S.SUBMITTED, LEAD),
        Step("return the opinion", (S.SUBMITTED,), S.OPENED, ANSWER),
        Step("set a measure", (S.SUBMITTED,), "", ANSWER),
        Step("answer", (S.SUBMITTED,), S.ANSWERED, ANSWER),
        Step("report progress", UNDER_WAY, "", OWN),
        Step("report done", UNDER_WAY, "", OWN),
        Step("accept a measure", UNDER_WAY, "", LEAD),
        Step("send a measure back", UNDER_WAY, "", LEAD),
        Step("publish", (S.ANSWERED,), S.PUBLISHED, LEAD),
        Step("close", (S.PUBLISHED,), S.CLOSED, ANSWER),
    ]
)
OF_MEASURE = ("report progress", "report done", "accept a measure", "send a measure back")
STATE_WORDS = {
    S.OPENED: NP_("evaluation state", "Under evaluation"),
    S.SUBMITTED: NP_("evaluation state", "Opinion handed in"),
    S.ANSWERED: NP_("evaluation state", "Answered, measures under way"),
    S.PUBLISHED: NP_("evaluation state", "Summary published"),
    S.CLOSED: NP_("evaluation state", "Closed"),
}
STATE_PILLS = {
    S.OPENED: "wait", S.SUBMITTED: "wait", S.ANSWERED: "doing", S.PUBLISHED: "doing",
    S.CLOSED: "done",
}  # fmt: skip
MEASURE_WORDS = {
    MeasureState.OPEN: NP_("evaluation measure", "Under way"),
    MeasureState.DONE: NP_("evaluation measure", "Done, waits to be accepted"),
    MeasureState.ACCEPTED: NP_("evaluation measure", "Accepted"),
}
MEASURE_PILLS = {MeasureState.OPEN: "doing", MeasureState.DONE: "wait",
                 MeasureState.ACCEPTED: "done"}  # fmt: skip
VERB_WORDS = {
    "open": NP_("evaluation verb", "opened it"),
    "amend": NP_("evaluation verb", "changed what is evaluated"),
    "submit the opinion": NP_("evaluation verb", "handed in the opinion"),
    "return the opinion": NP_("evaluation verb", "returned the opinion"),
    "set a measure": NP_("evaluation verb", "set a measure"),
    "answer": NP_("evaluation verb", "answered"),
    "report progress": NP_("evaluation verb", "reported on a measure"),
    "report done": NP_("evaluation verb", "reported a measure done"),
    "accept a measure": NP_("evaluation verb", "accepted a measure"),
    "send a measure back": NP_("evaluation verb", "sent a measure back"),
    "publish": NP_("evaluation verb", "published the summary"),
    "close": NP_("evaluation verb", "closed it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure as the rules see it: its owner is an account."""

    state: str
    owner: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the rules ask; persons are account ids."""

    state: str
    unit: str
    submitted_by: int | None = None
    answered_by: int | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step."""

    id: int | None
    rights: frozenset[str]
    organisation: str


def check(verb: str, one: Evaluation, person: Person, measure: Measure | None = None) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = EVALUATION.step(verb, one.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the evaluation is as it is now.")) from None
    if (VIEW if step.right == OWN else step.right) not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.id is None or person.organisation != one.unit:
        raise Refused(N_("Only the unit whose enforcement is evaluated may take this step."))
    if verb in OF_MEASURE:
        _of_measure(verb, measure, person)
    rule = _RULES.get(verb)
    if rule is not None:
        rule(one, person)
    return step


def _of_measure(verb: str, measure: Measure | None, person: Person) -> None:
    if measure is None:
        raise Refused(N_("Choose the measure."))
    own = person.id == measure.owner
    if verb in ("report progress", "report done"):
        if not own:
            raise Refused(N_("Only the measure's owner reports on it."))
        if measure.state != MeasureState.OPEN:
            raise Refused(N_("The measure is reported done already."))
        return
    if own:
        raise Refused(N_("Who owns a measure does not accept it."))
    if measure.state != MeasureState.DONE:
        raise Refused(N_("The measure is not reported done."))


def _not_submitter(one: Evaluation, person: Person) -> None:
    if person.id == one.submitted_by:
        raise Refused(N_("Who handed the opinion in does not decide on it."))


def _answers(one: Evaluation, person: Person) -> None:
    _not_submitter(one, person)
    if not one.measures:
        raise Refused(N_("Set the measures first."))


def _publishes(one: Evaluation, person: Person) -> None:
    if person.id == one.answered_by:
        raise Refused(N_("Who answered the opinion does not publish it."))


def _closes(one: Evaluation, person: Person) -> None:
    if any(measure.state != MeasureState.ACCEPTED for measure in one.measures):
        raise Refused(N_("Measures are still under way."))


_RULES: Mapping[str, Callable[[Evaluation, Person], None]] = {
    "return the opinion": _not_submitter, "set a measure": _not_submitter, "answer": _answers,
    "publish": _publishes, "close": _closes,
}  # fmt: skip


def verbs(one: Evaluation, person: Person) -> tuple[str, ...]:
    """What this person may do with the evaluation now; of measures, with one of them at least."""

    def may(verb: str) -> object:
        if verb not in OF_MEASURE:
            return check(verb, one, person)
        able = [measure for measure in one.measures if _may(verb, one, person, measure)]
        return able or check(verb, one, person)

    return allowed(EVALUATION.verbs(one.state), may)


def _may(verb: str, one: Evaluation, person: Person, measure: Measure) -> bool:
    return bool(allowed([verb], lambda asked: check(asked, one, person, measure)))


def submittable(due_on: date, since: date, until: date, today: date) -> None:
    """Raises `Refused` for a period that is not over, or a deadline that has passed."""
    if since > until or until > today:
        raise Refused(N_("The period ends after it begins, and not after today."))
    if due_on < today:
        raise Refused(N_("The deadline lies ahead."))
