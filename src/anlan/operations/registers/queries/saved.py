"""The views of a list that its reader saved, and what a list shows when nothing is asked."""

from django.http import HttpRequest, QueryDict

from anlan.operations.registers.models import SavedView
from anlan.operations.registers.queries.declaration import Register
from anlan.operations.registers.queries.listing import Asked, asked

_KEPT = "saved_views"  # on the request, so that a page asks once


def saved_views(request: HttpRequest) -> list[SavedView]:
    """The reader's own views of the list at this address, by name."""
    kept: list[SavedView] | None = getattr(request, _KEPT, None)
    if kept is None:
        mine = SavedView.objects.filter(account=request.user.pk, address=request.path)
        kept = list(mine.order_by("name"))
        setattr(request, _KEPT, kept)
    return kept


def asked_here(request: HttpRequest, register: Register, first: str = "") -> Asked:
    """What the address asks; when nothing: the reader's own first view, else the tab `first`."""
    if request.GET:
        return asked(register, {key: str(value) for key, value in request.GET.items()})
    own = next((one for one in saved_views(request) if one.first), None)
    if own is None:
        return asked(register, {"view": first})
    given = QueryDict(own.question)
    return asked(register, {key: str(value) for key, value in given.items()})
