"""The steps of a patrol on a page: those of the supervisor. Whoever walks does it by the phone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from anlan.operations.patrols.forms.steps import FORMS
from anlan.operations.patrols.queries.files import patrol_file
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import step_said


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
