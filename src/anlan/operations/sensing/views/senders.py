"""Programs that push readings: who may, with which token, and how it has been going."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import issue_sender, revoke_sender
from anlan.operations.sensing.models import Sender
from anlan.vocabulary.transitions import Refused


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def senders_page(request: HttpRequest) -> HttpResponse:
    """The senders; a POST issues a new one and shows its token this once."""
    if request.method == "GET":
        return _senders(request)
    name = request.POST.get("name", "").strip()[:60]
    chosen = request.POST.getlist("station")
    wrong = "" if name else _("Give the sender a name.")
    if not wrong:
        try:
            _id, token = issue_sender(actor_of(request), name, chosen)
            return _senders(request, given=(name, token))
        except Refused as fault:
            wrong = _(fault.message)
    return _senders(request, wrong=wrong, name=name, chosen=chosen, status=422)


@require_POST
@requires("sensing.configure")
def revoke(request: HttpRequest, sender_id: int) -> HttpResponse:
    try:
        if revoke_sender(actor_of(request), sender_id):
            messages.success(request, _("The token is revoked; the next push is refused."))
        else:
            messages.info(request, _("The token was revoked already."))
    except Sender.DoesNotExist:
        raise Http404 from None
    return redirect("senders")


def _senders(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = queries.senders()
    context = {
        "rows": rows, "stations": queries.stations(),
        "able": sum(row.revoked_at is None for row in rows), **more,
    }  # fmt: skip
    return render(request, "sensing/senders.html", context, status=status)
