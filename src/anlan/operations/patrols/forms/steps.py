"""The steps of a patrol as forms: the supervisor's, and those of whoever walks by a program."""

from collections.abc import Mapping

from django.http import HttpRequest

from anlan.operations.patrols import actions
from anlan.operations.patrols.actions import Ending, Finding
from anlan.operations.patrols.queries.scope import person_of
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import (
    Input,
    StepForm,
    Wrong,
    moment_typed,
    position,
    telling,
)
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

Given = Mapping[str, str]
LONGEST_KEY = 40


def asker(request: HttpRequest) -> Person:
    """Whoever asks, as the rules see them."""
    return person_of(scope_of(request.user))


FORMS: Mapping[str, StepForm] = {
    "confirm": StepForm(NP_("patrol form", "Confirm"), (
        Input("words", NP_("patrol form", "Remark"), "long", False),
    ), telling(asker, actions.confirm_patrol, "words")),
    "return": StepForm(NP_("patrol form", "Send it back"), (
        Input("reason", NP_("patrol form", "What is to be walked again")),
    ), telling(asker, actions.return_patrol, "reason")),
    "ask why": StepForm(NP_("patrol form", "Write why it was missed"), (
        Input("reason", NP_("patrol form", "Why, and what follows")),
    ), telling(asker, actions.ask_why, "reason")),
    "reject": StepForm(NP_("patrol form", "Do not accept it: missed"), (
        Input("reason", NP_("patrol form", "Why it is not accepted")),
    ), telling(asker, actions.reject_patrol, "reason")),
    "excuse": StepForm(NP_("patrol form", "Excuse it"), (
        Input("reason", NP_("patrol form", "Why it is not owed")),
    ), telling(asker, actions.excuse_patrol, "reason")),
}  # fmt: skip


def key_said(given: Given) -> str:
    """By what a step is known that is sent twice; raises `Refused`."""
    key = given.get("key", "").strip()
    if not key or len(key) > LONGEST_KEY:
        raise Refused(N_("Give the step a key, the same when it is sent again."))
    return key


def start(request: HttpRequest, pk: int, given: Given) -> None:
    at, key = moment_typed(given.get("at", "")), key_said(given)
    actions.start_patrol(actor_of(request), asker(request), pk, at=at, key=key)


def hand_over(request: HttpRequest, pk: int, given: Given) -> None:
    at, key = moment_typed(given.get("at", "")), key_said(given)
    actions.hand_over(actor_of(request), asker(request), pk, at=at, key=key)


def finish(request: HttpRequest, pk: int, given: Given) -> None:
    key, normal = key_said(given), given.get("normal", "")
    if normal not in ("yes", "no"):
        raise Refused(N_("Say whether all was normal."))
    ending = Ending(
        at=moment_typed(given.get("at", "")), normal=normal == "yes",
        remark=given.get("remark", ""),
    )  # fmt: skip
    actions.finish_patrol(actor_of(request), asker(request), pk, ending, key)


def report_danger(request: HttpRequest, pk: int, given: Given) -> None:
    key = key_said(given)
    try:
        lon, lat = position(given)
    except Wrong as fault:
        raise Refused(f"{fault}") from None
    finding = Finding(
        title=given.get("title", ""), words=given.get("words", ""),
        place=given.get("place", ""), lon=lon, lat=lat,
    )  # fmt: skip
    scope = scope_of(request.user)
    actions.report_danger(actor_of(request), scope, asker(request), pk, finding, key)


WALKED = {
    "start": start, "hand over": hand_over, "finish": finish, "report danger": report_danger,
}  # fmt: skip
