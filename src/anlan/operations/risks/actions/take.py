"""The steps of a risk point beside its rating, by their verbs."""

from collections.abc import Callable, Mapping

from anlan.operations.people.actions import Actor
from anlan.operations.risks.actions.rate import (
    confirm_risk,
    order_review,
    retire_risk,
    review_risk,
    send_back_risk,
)
from anlan.operations.risks.rules.loop import Person

_REASONED: Mapping[str, Callable[..., None]] = {
    "send back": send_back_risk, "retire": retire_risk,
}  # fmt: skip
_REVIEWS: Mapping[str, Callable[..., None]] = {
    "review": review_risk, "order a review": order_review,
}  # fmt: skip
STEPS = ("confirm", *_REASONED, *_REVIEWS)


def take_step(
    actor: Actor, person: Person, risk_id: int, verb: str, given: Mapping[str, str]
) -> None:
    """Take one of `STEPS`; `given` may say `cause` and `reason`. Raises `Refused`."""
    who, reason = (actor, person, risk_id), given.get("reason", "")
    if verb == "confirm":
        confirm_risk(*who)
    elif verb in _REASONED:
        _REASONED[verb](*who, reason=reason)
    else:
        _REVIEWS[verb](*who, cause=given.get("cause", ""), reason=reason)
