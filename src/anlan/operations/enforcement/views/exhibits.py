"""Files of a case: added by its officers, taken on record."""

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.operations.enforcement.actions import exhibit_answer, file_exhibit
from anlan.operations.enforcement.queries.cases import exhibit_in
from anlan.operations.enforcement.views.asking import file_of, person, unit_of
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import Malformed
from anlan.operations.safety.actions import read_taking
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_POST
@requires("enforcement.handle")
def add(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep a photo or document with the case."""
    file_of(request, case_id)
    sent = request.FILES.get("file")
    try:
        raw = sent_bytes(sent, N_("Choose a photo or document."))
        file_exhibit(
            (actor_of(request), person(request)), case_id, request.POST.get("kind", ""), raw,
            str(sent.name) if sent else "", read_taking(request.POST.dict()),
        )  # fmt: skip
        messages.success(request, _("It is filed with the case."))
    except Refused as fault:
        messages.error(request, worded(fault))
    except Malformed:
        return HttpResponseBadRequest()
    return HttpResponseRedirect(f"/cases/{case_id}", status=303)


@require_POST
@requires("enforcement.view")
def take_file(request: HttpRequest, exhibit_id: int) -> HttpResponse:
    """The file as it came. A POST, because taking it leaves a trace."""
    exhibit = exhibit_in(exhibit_id, scope_of(request.user), unit_of(request))
    if exhibit is None:
        raise Http404
    return exhibit_answer(actor_of(request), exhibit)
