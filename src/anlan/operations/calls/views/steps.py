"""The steps of a call on its page."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from anlan.operations.calls.forms import FORMS
from anlan.operations.calls.queries.files import call_file
from anlan.operations.calls.rules.states import SETTLED_WORDS
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import step_said
from anlan.vocabulary.words import Term


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
