"""What a step of a listing may and may not: pure, asked before every step."""

from dataclasses import dataclass
from datetime import date

from anlan.operations.credit.rules.states import ANSWER, LISTING
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`object_by`: until when the enterprise may object; `proposed_by` is an account id;
    `repair_from`: from when on it may ask to be removed early."""

    state: str
    enterprise_id: int
    proposed_by: int | None
    object_by: date
    repair_from: date | None = None
    objected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: int | None
    rights: frozenset[str]
    enterprises: frozenset[int] = frozenset()


def check(verb: str, listing: Listing, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = LISTING.step(verb, listing.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the listing is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if step.right == ANSWER and listing.enterprise_id not in person.enterprises:
        raise Refused(N_("Only the enterprise itself may take this step."))
    if step.right != ANSWER and (person.id is None or person.id == listing.proposed_by):
        raise Refused(N_("Who proposed the listing does not decide on it."))
    if verb == "object" and (day > listing.object_by or listing.objected):
        raise Refused(N_("The time to object is over, or it was objected already."))
    if verb == "enter" and day <= listing.object_by and not listing.objected:
        raise Refused(N_("The enterprise may still object."))
    if verb == "ask repair" and (listing.repair_from is None or day < listing.repair_from):
        raise Refused(N_("It is too early: repair is asked for some months after the entry."))
    return step


def verbs(listing: Listing, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do with the listing now."""
    return allowed(LISTING.verbs(listing.state), lambda verb: check(verb, listing, person, day))
