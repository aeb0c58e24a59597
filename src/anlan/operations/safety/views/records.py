"""What is on record of a danger beside its loop: corrections, monthly reports of progress."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import correct_danger, report_progress
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.safety.rules.correcting import FIELDS
from anlan.operations.safety.views.asking import person
from anlan.vocabulary.transitions import Refused


@require_POST
@requires("safety.find")
def correct(request: HttpRequest, danger_id: int) -> HttpResponse:
    """A new version of what was found."""
    _in_sight(request, danger_id)
    values, entered = registers.typed(DANGERS, request.POST.dict(), only=FIELDS)
    if entered.errors:
        messages.error(request, " ".join(entered.errors.values()))
        return HttpResponseRedirect(f"/dangers/{danger_id}", status=303)
    reason = str(request.POST.get("reason", ""))
    return _done(
        request, danger_id, _("Saved; what it said before is kept."),
        lambda: correct_danger(
            actor_of(request), person(request), danger_id, values, reason=reason
        ),
    )  # fmt: skip


@require_POST
@requires("safety.regulate")
def progress(request: HttpRequest, danger_id: int) -> HttpResponse:
    """The monthly report under listed supervision."""
    _in_sight(request, danger_id)
    text = str(request.POST.get("progress", ""))
    return _done(
        request, danger_id, _("The progress is reported."),
        lambda: report_progress(actor_of(request), person(request), danger_id, progress=text),
    )  # fmt: skip


def _in_sight(request: HttpRequest, danger_id: int) -> None:
    if not dangers_in(scope_of(request.user)).filter(pk=danger_id).exists():
        raise Http404


def _done(
    request: HttpRequest, danger_id: int, said: str, take: Callable[[], object]
) -> HttpResponse:
    try:
        take()
    except Refused as fault:
        messages.error(request, worded(fault))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(f"/dangers/{danger_id}", status=303)
