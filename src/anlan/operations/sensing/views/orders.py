"""Orders to a station's device: given from its page, listed with what became of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import order_device
from anlan.operations.sensing.rules.orders import (
    ORDER_PILLS,
    ORDER_WORDS,
    ORDERABLE,
    VERB_WORDS,
)
from anlan.operations.sensing.views.lines import acting, said, seen
from anlan.vocabulary.readings import Verb
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

GIVEN = N_("The order is on its way to the device. A device that sleeps gets it when it wakes.")
ON_THE_PAGE = 4
_A_MINUTE_S = 60


@require_GET
@requires("sensing.view")
def orders_page(request: HttpRequest, code: str) -> HttpResponse:
    """Every order to the device, newest first."""
    scope = scope_of(request.user)
    row = seen(scope, code)
    context = {"station": row, "lines": order_lines(queries.orders(code))}
    return render(request, "sensing/orders.html", context)


@never_cache
@require_POST
@requires("sensing.order")
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Give the device an order; what came of it appears on the page by itself."""
    row = seen(scope_of(request.user), code)
    asked = request.POST.get("verb", "")
    key = request.POST.get("key", "")[:32]
    try:
        if asked not in set(Verb):
            raise Refused(N_("There is no such order."))
        verb = Verb(asked)
        seconds = _seconds(request.POST) if verb is Verb.SET_INTERVAL else None
        order_device(acting(request), row.code, verb, key=key, seconds=seconds)
    except Refused as fault:
        messages.error(request, _(fault.message) % fault.parameters)
    else:
        words = _(
            "The order is on its way to the device. A device that sleeps gets it when it wakes."
        )
        messages.success(request, words)
    return redirect("station", code)


def orders_of(row: queries.StationRow, scope: Scope) -> dict[str, Any]:
    """What the panel on a station's page shows."""
    return {
        "orderable": bool(row.device) and row.protocol in ORDERABLE,
        "may_order": scope.may("sensing.order"),
        "order_key": uuid4().hex,
        "orders": order_lines(queries.orders(row.code, limit=ON_THE_PAGE)),
        "interval_asked": f"{row.interval_s / _A_MINUTE_S:g}",
    }


def order_lines(rows: Sequence[queries.OrderRow]) -> list[dict[str, Any]]:
    return [
        {"row": row, "verb": said(VERB_WORDS[row.verb]) if row.verb in VERB_WORDS else row.verb,
         "state": said(ORDER_WORDS[row.state]), "mark": ORDER_PILLS[row.state],
         "minutes": _minutes(row.arguments)}
        for row in rows
    ]  # fmt: skip


def _minutes(arguments: Mapping[str, str]) -> str:
    seconds = arguments.get("seconds", "")
    return f"{int(seconds) / _A_MINUTE_S:g}" if seconds else ""


def _seconds(post: Mapping[str, str]) -> int | None:
    """Typed in minutes; None where it is no number, which the action refuses."""
    try:
        return round(float(post.get("minutes", "").strip()) * _A_MINUTE_S)
    except (ValueError, OverflowError):
        return None
