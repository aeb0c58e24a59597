"""A risk point as a table (`domain.md` 3.10): rated, confirmed, reviewed, retired.

IDENTIFIED → ASSESSED → CONTROLLED → REVIEW_DUE → …; RETIRED ends it. A re-rating is a new version;
nobody confirms a rating of their own, unless nobody else works there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from anlan.operations.risks.rules.rating import BLUE, ORANGE, RED, YELLOW
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    IDENTIFIED = "IDENTIFIED"
    ASSESSED = "ASSESSED"
    CONTROLLED = "CONTROLLED"
    REVIEW_DUE = "REVIEW_DUE"
    RETIRED = "RETIRED"


RATE, CONFIRM, ORDER, KEEP = "risks.rate", "risks.confirm", "safety.regulate", "safety.register"
OPEN = (State.IDENTIFIED, State.ASSESSED, State.CONTROLLED, State.REVIEW_DUE)
RISK = Table(
    [
        Step("rate", OPEN, State.ASSESSED, RATE),
        Step("send back", (State.ASSESSED,), State.IDENTIFIED, CONFIRM),
        Step("confirm", (State.ASSESSED,), State.CONTROLLED, CONFIRM),
        Step("review", (State.CONTROLLED,), State.REVIEW_DUE, RATE),
        Step("order a review", (State.CONTROLLED,), State.REVIEW_DUE, ORDER),
        Step("retire", OPEN, State.RETIRED, CONFIRM),
    ]
)

STATE_WORDS = {
    State.IDENTIFIED: NP_("risk state", "Not rated yet"),
    State.ASSESSED: NP_("risk state", "Waits to be confirmed"),
    State.CONTROLLED: NP_("risk state", "Under control"),
    State.REVIEW_DUE: NP_("risk state", "Review due"),
    State.RETIRED: NP_("risk state", "Retired"),
}
STATE_PILLS = {
    State.IDENTIFIED: "wait", State.ASSESSED: "wait", State.CONTROLLED: "done",
    State.REVIEW_DUE: "doing", State.RETIRED: "stop",
}  # fmt: skip
VERB_WORDS = {
    "identify": NP_("risk verb", "found it"),
    "rate": NP_("risk verb", "rated it"),
    "send back": NP_("risk verb", "sent it back"),
    "confirm": NP_("risk verb", "confirmed it"),
    "review": NP_("risk verb", "called for a review"),
    "order a review": NP_("risk verb", "ordered a review"),
    "fall due": NP_("risk verb", "the review has come"),
    "retire": NP_("risk verb", "retired it"),
    "place": NP_("risk verb", "placed it on the plan"),
}
KIND_WORDS = {
    "place": NP_("risk kind", "Place"),
    "activity": NP_("risk kind", "Activity"),
    "equipment": NP_("risk kind", "Equipment"),
    "process": NP_("risk kind", "Process"),
}
CONTROLS = ("engineering", "management", "training", "ppe", "emergency")
CONTROL_WORDS = {
    "engineering": NP_("risk control", "Engineering controls"),
    "management": NP_("risk control", "Management controls"),
    "training": NP_("risk control", "Training"),
    "ppe": NP_("risk control", "Personal protection"),
    "emergency": NP_("risk control", "Emergency measures"),
}
# Who controls a colour at least (`domain.md` 3.10) [pv]: red the principal, orange the company.
HOLDERS = ("principal", "company", "workshop", "team", "post")
HOLDER_WORDS = {
    "principal": NP_("risk holder", "Principal"),
    "company": NP_("risk holder", "Company"),
    "workshop": NP_("risk holder", "Workshop or department"),
    "team": NP_("risk holder", "Team"),
    "post": NP_("risk holder", "Post"),
}
REASON_WORDS = {
    "accident": NP_("review reason", "After an accident"),
    "change": NP_("review reason", "After a change"),
    "other": NP_("review reason", "Other reason"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What the rules ask of a risk point. Persons are account ids.

    `claimed`: the enterprise has accounts; `alone`: only one person works for it here.
    """

    state: str
    enterprise_id: int
    level: int | None = None
    holder: str = ""
    responsible: str = ""
    controls: Mapping[str, str] = field(default_factory=dict)
    rated_by: int | None = None
    claimed: bool = True
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step: the account, its rights and the enterprises it works for."""

    id: int | None
    rights: frozenset[str]
    enterprises: frozenset[int] = frozenset()
    firm: bool = False


def may_keep(person: Person, enterprise_id: int, claimed: bool) -> bool:
    """Who writes risk points of an enterprise: its own people; an authority where it has none."""
    if enterprise_id in person.enterprises:
        return RATE in person.rights
    return not person.firm and not claimed and KEEP in person.rights


def check(verb: str, risk: Risk, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason.

    Where the enterprise has no account yet, an authority writes down what its people decided.
    """
    try:
        step = RISK.step(verb, risk.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the risk point is as it is now.")) from None
    if verb == "rate":
        if not may_keep(person, risk.enterprise_id, risk.claimed):
            raise Refused(N_("The enterprise rates its own risks."))
        return step
    written_down = not risk.claimed and not person.firm and KEEP in person.rights
    if step.right not in person.rights and not (written_down and step.right != ORDER):
        raise Refused(N_("Your role may not take this step."))
    own = risk.enterprise_id in person.enterprises
    if step.right != ORDER and not own and not written_down:
        raise Refused(N_("The enterprise's own people take this step."))
    for rule in _RULES.get(verb, ()):
        rule(risk, person)
    return step


def verbs(risk: Risk, person: Person) -> tuple[str, ...]:
    """What this person may do with the risk point now."""
    return allowed(RISK.verbs(risk.state), lambda verb: check(verb, risk, person))


def _complete(risk: Risk, _person: Person) -> None:
    if risk.level is None:
        raise Refused(N_("It is not rated yet."))
    if not risk.responsible.strip():
        raise Refused(N_("Name who is responsible for the control."))
    if not any(risk.controls.get(key) for key in CONTROLS):
        raise Refused(N_("Write down at least one control."))
    if risk.level <= ORANGE and not risk.controls.get("emergency"):
        raise Refused(N_("A red or orange risk needs emergency measures."))
    if risk.level == RED and risk.holder != HOLDERS[0]:
        raise Refused(N_("A red risk is controlled by the principal."))
    if risk.level == ORANGE and risk.holder not in HOLDERS[:2]:
        raise Refused(N_("An orange risk is controlled by the company or the principal."))
    if risk.level == YELLOW and risk.holder not in HOLDERS[:3]:
        raise Refused(N_("A yellow risk is controlled by the workshop or higher."))
    if risk.level == BLUE and risk.holder not in HOLDERS:
        raise Refused(N_("Say who controls it."))


def _not_own(risk: Risk, person: Person) -> None:
    if person.id == risk.rated_by and not risk.alone:
        raise Refused(N_("Who rated it does not confirm it."))


Rule = Callable[[Risk, Person], None]
_RULES: Mapping[str, tuple[Rule, ...]] = {"confirm": (_not_own, _complete)}
