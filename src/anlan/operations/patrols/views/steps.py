"""The steps of a patrol on a page: those of the supervisor. Whoever walks does it by the phone."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from anlan.operations.patrols import actions
from anlan.operations.patrols.queries.files import patrol_file
from anlan.operations.patrols.views.asking import person
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import Input, StepForm, step_said, telling
from anlan.vocabulary.words import NP_

Given = Mapping[str, str]


FORMS: Mapping[str, StepForm] = {
    "confirm": StepForm(NP_("patrol form", "Confirm"), (
        Input("words", NP_("patrol form", "Remark"), "long", False),
    ), telling(person, actions.confirm_patrol, "words")),
    "return": StepForm(NP_("patrol form", "Send it back"), (
        Input("reason", NP_("patrol form", "What is to be walked again")),
    ), telling(person, actions.return_patrol, "reason")),
    "ask why": StepForm(NP_("patrol form", "Write why it was missed"), (
        Input("reason", NP_("patrol form", "Why, and what follows")),
    ), telling(person, actions.ask_why, "reason")),
    "reject": StepForm(NP_("patrol form", "Do not accept it: missed"), (
        Input("reason", NP_("patrol form", "Why it is not accepted")),
    ), telling(person, actions.reject_patrol, "reason")),
    "excuse": StepForm(NP_("patrol form", "Excuse it"), (
        Input("reason", NP_("patrol form", "Why it is not owed")),
    ), telling(person, actions.excuse_patrol, "reason")),
}  # fmt: skip


@require_POST
@requires("patrols.view")
def take(request: HttpRequest, patrol_id: int) -> HttpResponse:
    """Take one step; what it is and what it says are in the form."""
    form = FORMS.get(request.POST.get("verb", ""))
    if form is None or patrol_file(patrol_id, scope_of(request.user)) is None:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, form.button):
        form.take(request, patrol_id, given)
    return HttpResponseRedirect(f"/patrols/tasks/{patrol_id}", status=303)
