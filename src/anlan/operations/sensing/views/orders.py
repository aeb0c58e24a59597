"""Orders to a station's device: given from its page, listed with what became of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.people.queries.days import moment_words
from anlan.operations.people.queries.sayings import spoken
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import order_device
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.rules.kinds import ELEMENTS
from anlan.operations.sensing.rules.order_kinds import (
    ASK,
    ORDER_KINDS,
    QUESTIONS,
    SET,
    SETTINGS,
    SPANS,
    VEHICLE_SETTINGS,
)
from anlan.operations.sensing.rules.orders import ORDER_PILLS, ORDER_WORDS, ORDERABLE
from anlan.operations.sensing.views.lines import said, seen
from anlan.protocols.sl651.orders import ASKABLE
from anlan.protocols.sl651.words import MODE_WORDS
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Verb
from anlan.vocabulary.transitions import Refused

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
    scope = scope_of(request.user)
    row = queries.own_station(scope, code)
    if row is None:
        raise Http404
    verb, key = request.POST.get("verb", ""), request.POST.get("key", "")[:32]
    kind = ORDER_KINDS.get(verb)
    if kind is not None and not scope.may(kind.right):
        raise PermissionDenied(kind.right)
    try:
        order_device(actor_of(request), row.code, verb, key=key, given=_given(request.POST))
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
    may_order = scope.may(ASK) and queries.own_kind(scope, row.kind)
    until = clock.now().astimezone(clock.CHINA).replace(minute=0, second=0, microsecond=0)
    return {
        "orderable": bool(row.device) and row.protocol in ORDERABLE,
        "may_order": may_order,
        "may_set": may_order and scope.may(SET),
        "questions": [(v.value, said(ORDER_KINDS[v].word)) for v in QUESTIONS
                      if row.protocol in ORDER_KINDS[v].protocols],
        "asked_elements": [(e.value, said(ELEMENT_WORDS[e])) for e in ELEMENTS.get(row.kind, ())
                           if e in ASKABLE],
        "vehicle_settings": [(code, spoken(word), *rest) for code, word, *rest in VEHICLE_SETTINGS],
        "settings": [(code, spoken(word), unit) for code, word, unit in SETTINGS]
                    if row.protocol == "sl651" else [],
        "works": _works(row.protocol),
        "modes": [(mode, said(word)) for mode, word in MODE_WORDS.items()],
        "spans": [(span, said(word)) for span, word in SPANS.items()],
        "asked_since": until - timedelta(days=1), "asked_until": until,
        "order_key": uuid4().hex[:30],
        "orders": order_lines(queries.orders(row.code, limit=ON_THE_PAGE)),
        "interval_asked": f"{row.interval_s / _A_MINUTE_S:g}",
    }  # fmt: skip


def _works(protocol: str) -> list[dict[str, Any]]:
    """The orders that ask for a second thought: their words, and what is to be typed for each."""
    return [
        {"verb": verb, "word": said(kind.word), "needs": kind.needs,
         "promptly": kind.promptly}
        for verb, kind in ORDER_KINDS.items() if kind.sure and protocol in kind.protocols
    ]  # fmt: skip


def order_lines(rows: Sequence[queries.OrderRow]) -> list[dict[str, Any]]:
    return [
        {"row": row, "verb": _verb(row.verb), "state": said(ORDER_WORDS[row.state]),
         "mark": ORDER_PILLS[row.state], "asked": _asked(row.arguments)}
        for row in rows
    ]  # fmt: skip


def _verb(verb: str) -> str:
    return said(ORDER_KINDS[verb].word) if verb in ORDER_KINDS else verb


def _asked(carried: Mapping[str, str]) -> str:
    """What an order carries, in words: an interval, a period, an element, a setting."""
    words = []
    if carried.get("seconds"):
        minutes = f"{int(carried['seconds']) / _A_MINUTE_S:g}"
        words.append(_("%(n)s min") % {"n": minutes})
    if carried.get("minutes"):
        words.append(_("%(n)s min") % {"n": carried["minutes"]})
    if carried.get("element") in set(Element):
        words.append(said(ELEMENT_WORDS[Element(carried["element"])]))
    if carried.get("of") in SPANS:
        words.append(said(SPANS[carried["of"]]))
    if carried.get("since"):
        both = (datetime.fromisoformat(carried[name]) for name in ("since", "until"))
        words.append("–".join(moment_words(at) for at in both))
    if carried.get("code"):
        known = [row[:2] for row in (*SETTINGS, *VEHICLE_SETTINGS)]
        name = next((word for code, word in known if code == carried["code"]), carried["code"])
        words.append(f"{spoken(name)} = {carried.get('value', '')}")
    if carried.get("words"):
        words.append(f"“{carried['words']}”")
    return " ".join([*words, *_worked(carried)])


def _worked(carried: Mapping[str, str]) -> Iterator[str]:
    """How a station is to work, and what it is to switch."""
    if carried.get("mode") in MODE_WORDS:
        yield said(MODE_WORDS[carried["mode"]])
    if carried.get("openings"):
        yield f"{carried['openings']} cm"
    if carried.get("count"):
        given = {"on": carried.get("on") or "—", "count": carried["count"]}
        yield _("on: %(on)s, of %(count)s") % given
    elif carried.get("on") in ("0", "1"):
        yield pgettext("switch", "on") if carried["on"] == "1" else pgettext("switch", "off")


def _given(post: QueryDict) -> dict[str, str]:
    """The form's fields; an interval is typed in minutes and carried in seconds."""
    given = {name: str(value) for name, value in post.items()}
    if given.get("verb") == Verb.SET_INTERVAL:
        given["seconds"] = _seconds(given.get("minutes", ""))
    return given


def _seconds(minutes: str) -> str:
    try:
        return str(round(float(minutes.strip()) * _A_MINUTE_S))
    except (ValueError, OverflowError):
        return ""
