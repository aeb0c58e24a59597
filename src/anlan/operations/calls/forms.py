"""The steps of a call as forms, from the page or another program."""

from collections.abc import Mapping

from django.http import HttpRequest

from anlan.operations.calls import actions
from anlan.operations.calls.queries.scope import person_of
from anlan.operations.calls.rules.loop import Person
from anlan.operations.calls.rules.states import Settled
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import Input, StepForm, moment_typed, telling
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

Given = Mapping[str, str]
_WHY = (Input("reason", NP_("call form", "Why")),)


def asker(request: HttpRequest) -> Person:
    """Whoever asks, as the rules see them."""
    return person_of(scope_of(request.user))


def _answer(request: HttpRequest, pk: int, given: Given) -> None:
    actions.answer_call(
        actor_of(request), asker(request), pk, comes=given.get("comes", ""),
        coming_at=moment_typed(given.get("coming_at", "")),
    )  # fmt: skip


def _confirm(request: HttpRequest, pk: int, given: Given) -> None:
    if given.get("settled") not in set(Settled):
        raise Refused(N_("Say whether it is settled."))
    grade = given.get("grade", "")
    actions.confirm_call(
        actor_of(request), asker(request), pk, settled=Settled(given["settled"]),
        grade=int(grade) if grade in ("1", "2", "3", "4", "5") else 0,
        words=given.get("words", ""),
    )  # fmt: skip


def _danger(request: HttpRequest, pk: int, given: Given) -> None:
    actions.make_danger(
        actor_of(request), scope_of(request.user), asker(request), pk,
        title=given.get("title", ""),
    )  # fmt: skip


FORMS: Mapping[str, StepForm] = {
    "send": StepForm(NP_("call form", "Send the call"), (), telling(asker, actions.send_call)),
    "answer": StepForm(NP_("call form", "Answer: we come"), (
        Input("comes", NP_("call form", "Who comes (unit, name, how many)"), "text"),
        Input("coming_at", NP_("call form", "When they come"), "moment"),
    ), _answer),
    "refuse": StepForm(NP_("call form", "Not ours"), (
        Input("reason", NP_("call form", "Why it is not yours, and whose it is")),
    ), telling(asker, actions.refuse_call, "reason")),
    "assign": StepForm(NP_("call form", "Assign, binding"), (
        Input("unit", NP_("call form", "Whose it is"), "choice"),
        Input("reason", NP_("call form", "What it rests on")),
    ), telling(asker, actions.assign_call, "unit", "reason")),
    "handle": StepForm(NP_("call form", "Handled on the spot"), (
        Input("handling", NP_("call form", "What was done")),
    ), telling(asker, actions.handle_call, "handling")),
    "make danger": StepForm(NP_("call form", "Register as a hidden danger"), (
        Input("title", NP_("call form", "Name of the danger"), "text"),
    ), _danger),
    "confirm": StepForm(NP_("call form", "Confirm"), (
        Input("settled", NP_("call form", "Is it settled?"), "choice"),
        Input("grade", NP_("call form", "Grade, 5 is best"), "choice"),
        Input("words", NP_("call form", "Remark"), "long", False),
    ), _confirm),
    "return": StepForm(NP_("call form", "Not settled: return it"), (
        Input("reason", NP_("call form", "What is not settled")),
    ), telling(asker, actions.return_call, "reason")),
    "withdraw": StepForm(NP_("call form", "Withdraw the call"), _WHY,
                         telling(asker, actions.withdraw_call, "reason")),
}  # fmt: skip
