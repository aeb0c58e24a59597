"""Views of a list that somebody saves for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, worded
from anlan.operations.registers.actions import drop_view, save_view
from anlan.operations.registers.actions.views import ADDRESS
from anlan.vocabulary.transitions import Refused


@require_POST
@requires("duty.desk")
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows under a name."""
    given = request.POST
    question = QueryDict(str(given.get("question", ""))).urlencode()
    address = str(given.get("address", ""))
    try:
        save_view(
            actor_of(request), address, str(given.get("name", "")), question,
            first=given.get("first") == "yes",
        )  # fmt: skip
        messages.success(request, _("The view is saved."))
    except Refused as fault:
        messages.error(request, worded(fault))
    where = address if ADDRESS.fullmatch(address) else "/"
    return HttpResponseRedirect(f"{where}?{question}", status=303)


@require_POST
@requires("duty.desk")
def drop(request: HttpRequest) -> HttpResponse:
    text = str(request.POST.get("view", ""))
    known = text.isascii() and text.isdigit() and len(text) <= 18
    try:
        where = drop_view(actor_of(request), int(text) if known else 0)
    except Refused as fault:
        messages.error(request, worded(fault))
        where = "/"
    return HttpResponseRedirect(where, status=303)
