"""What every response view does the same way: who acts, how a refusal is said."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from anlan.operations.people.queries import Scope, scope_of, worded
from anlan.operations.response import queries
from anlan.operations.response.models import Task
from anlan.vocabulary.transitions import Refused


def sight(request: HttpRequest) -> tuple[Scope, str]:
    """The scope and organisation of who looks."""
    return scope_of(request.user), getattr(request.user, "organisation_code", "")


def seen(activation_id: int, scope: Scope) -> queries.ActivationRow:
    row = queries.activation(activation_id, scope)
    if row is None:
        raise Http404
    return row


def answer(request: HttpRequest, act: Callable[[], str], address: str) -> HttpResponse:
    """Do it, say what happened, go back to the page; a second submit is answered the same way."""
    try:
        messages.success(request, act())
    except Refused as fault:
        messages.error(request, worded(fault))
    except Task.DoesNotExist as missing:
        raise Http404 from missing
    return HttpResponseRedirect(address, status=303)
