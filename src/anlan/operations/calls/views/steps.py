"""The steps of a call as forms."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from anlan.operations.calls import actions
from anlan.operations.calls.queries.files import call_file
from anlan.operations.calls.rules.states import SETTLED_WORDS, Settled
from anlan.operations.calls.views.asking import person
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import Input, StepForm, moment_typed, step_said, telling
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_, Term

Given = Mapping[str, str]
_WHY = (Input("reason", NP_("call form", "Why")),)


def _answer(request: HttpRequest, pk: int, given: Given) -> None:
    actions.answer_call(
        actor_of(request), person(request), pk, comes=given.get("comes", ""),
        coming_at=moment_typed(given.get("coming_at", "")),
    )  # fmt: skip


def _confirm(request: HttpRequest, pk: int, given: Given) -> None:
    if given.get("settled") not in set(Settled):
        raise Refused(N_("Say whether it is settled."))
    grade = given.get("grade", "")
    actions.confirm_call(
        actor_of(request), person(request), pk, settled=Settled(given["settled"]),
        grade=int(grade) if grade in ("1", "2", "3", "4", "5") else 0,
        words=given.get("words", ""),
    )  # fmt: skip


def _danger(request: HttpRequest, pk: int, given: Given) -> None:
    actions.make_danger(
        actor_of(request), scope_of(request.user), person(request), pk,
        title=given.get("title", ""),
    )  # fmt: skip


FORMS: Mapping[str, StepForm] = {
    "send": StepForm(NP_("call form", "Send the call"), (), telling(person, actions.send_call)),
    "answer": StepForm(NP_("call form", "Answer: we come"), (
        Input("comes", NP_("call form", "Who comes (unit, name, how many)"), "text"),
        Input("coming_at", NP_("call form", "When they come"), "moment"),
    ), _answer),
    "refuse": StepForm(NP_("call form", "Not ours"), (
        Input("reason", NP_("call form", "Why it is not yours, and whose it is")),
    ), telling(person, actions.refuse_call, "reason")),
    "assign": StepForm(NP_("call form", "Assign, binding"), (
        Input("unit", NP_("call form", "Whose it is"), "choice"),
        Input("reason", NP_("call form", "What it rests on")),
    ), telling(person, actions.assign_call, "unit", "reason")),
    "handle": StepForm(NP_("call form", "Handled on the spot"), (
        Input("handling", NP_("call form", "What was done")),
    ), telling(person, actions.handle_call, "handling")),
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
    ), telling(person, actions.return_call, "reason")),
    "withdraw": StepForm(NP_("call form", "Withdraw the call"), _WHY,
                         telling(person, actions.withdraw_call, "reason")),
}  # fmt: skip


def given_choices(departments: Mapping[str, Term]) -> dict[str, list[tuple[object, str]]]:
    """What the forms offer to choose from."""
    return {
        "unit": [(code, name.word) for code, name in departments.items()],
        "settled": [(key, pgettext(*word)) for key, word in SETTLED_WORDS.items()],
        "grade": [(n, f"{n}") for n in (5, 4, 3, 2, 1)],
    }


@require_POST
@requires("calls.view")
def take(request: HttpRequest, call_id: int) -> HttpResponse:
    """Take one step; what it is and what it says are in the form."""
    form = FORMS.get(request.POST.get("verb", ""))
    if form is None or call_file(call_id, scope_of(request.user)) is None:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, form.button):
        form.take(request, call_id, given)
    return HttpResponseRedirect(f"/calls/{call_id}", status=303)
