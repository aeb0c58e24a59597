"""The page of links to other systems, for who runs the installation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.links import queries
from anlan.operations.links.actions import add_listener, end_listener, try_now
from anlan.operations.links.models import Listener
from anlan.operations.links.rules import FACTS
from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import requires
from anlan.vocabulary.transitions import Refused


@never_cache
@require_http_methods(["GET", "POST"])
@requires("system.admin")
def links_page(request: HttpRequest) -> HttpResponse:
    """All of them; a POST adds one and shows its key this once."""
    if request.method == "GET":
        return _links(request)
    name, url = request.POST.get("name", "").strip(), request.POST.get("url", "").strip()
    chosen = request.POST.getlist("fact")
    try:
        _id, key = add_listener(actor_of(request), name, url, chosen)
    except Refused as fault:
        return _links(
            request, wrong=_(fault.message), status=422, name=name, url=url, chosen=chosen
        )
    return _links(request, given=(name, key))


@never_cache
@require_GET
@requires("system.admin")
def link_page(request: HttpRequest, listener_id: int) -> HttpResponse:
    """What it was told, and how it answered."""
    row = next((one for one in queries.listeners() if one.id == listener_id), None)
    if row is None:
        raise Http404
    lines = [(one, pgettext(*FACTS[one.fact])) for one in queries.tellings(listener_id)]
    return render(request, "links/link.html", {"row": row, "lines": lines})


@require_POST
@requires("system.admin")
def end(request: HttpRequest, listener_id: int) -> HttpResponse:
    return _done(request, listener_id, end_listener, _("It is told nothing more."))


@require_POST
@requires("system.admin")
def try_again(request: HttpRequest, listener_id: int) -> HttpResponse:
    return _done(request, listener_id, try_now, _("It is tried at once."))


def _done(
    request: HttpRequest, listener_id: int, action: Callable[[Actor, int], object], words: str
) -> HttpResponse:
    try:
        action(actor_of(request), listener_id)
    except Listener.DoesNotExist:
        raise Http404 from None
    messages.success(request, words)
    return redirect("links")


def _links(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = queries.listeners()
    context = {
        "lines": [(row, [pgettext(*FACTS[one]) for one in row.facts if one in FACTS])
                  for row in rows],
        "listening": sum(row.ended_at is None for row in rows),
        "facts": [(name, pgettext(*word)) for name, word in FACTS.items()], **more,
    }  # fmt: skip
    return render(request, "links/links.html", context, status=status)
