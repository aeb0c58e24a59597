"""The public's pages: report something, follow it by its code. No account, no trace of the sender.

Against machines: a signed form that is used once and not within three seconds, a field that people
do not see, and a limit a network (`actions.door`) that remembers nobody.
"""

import secrets
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.hotline.actions import (
    NewTip,
    Who,
    door_shut,
    take_form,
    use_door,
    withdraw_name_by_code,
)
from anlan.operations.hotline.queries.files import followed
from anlan.operations.hotline.queries.places import Spot, spot
from anlan.operations.hotline.queries.registers import ASKED_HAZARD, TIPS
from anlan.operations.hotline.rules.hazards import SIGN_WORDS
from anlan.operations.hotline.rules.states import PUBLIC_WORDS, Channel, Kind, State
from anlan.operations.people.queries import worded
from anlan.operations.registers import queries as registers
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

SALT = "hotline.form"
SOONEST_S, LATEST_S = 3, 6 * 3600
ASKED = ("kind", "matter", "accused", "area_code", "place")
TOLD = ("name", "phone", "works_there", "notice")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_page(request: HttpRequest, token: str = "", hazard: bool = False) -> HttpResponse:
    """The form, of work safety or of a natural hazard's signs; a QR code's `token` fills it in."""
    here = spot(token) if token else None
    if token and here is None:
        raise Http404
    hazard = hazard or bool(here and here.hazard)
    asked = ASKED_HAZARD if hazard else ASKED
    named = area_names()
    entered = registers.Entered(_beginning(here))
    if request.method == "POST":
        values, entered = registers.typed(TIPS, request.POST.dict(), _known(named), asked)
        wrong = _machine(request)
        if wrong:
            entered.errors["form"] = wrong
        if not entered.errors:
            try:
                return _taken(request, values, here, hazard=hazard)
            except Refused as fault:
                entered.errors["form"] = worded(fault)
    context = {
        "entered": entered, "here": here, "hazard": hazard,
        "signs": [(key, pgettext(*word)) for key, word in SIGN_WORDS.items()] if hazard else [],
        "places": streets_under("", named), "form_token": _token(),
        "told": {key: request.POST.get(key, "") for key in TOLD},
        "fields": [one for one in TIPS.typed if one.key in asked and one.key != "sign"],
    }  # fmt: skip
    return render(request, "hotline/report.html", context, status=422 if entered.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def follow_page(request: HttpRequest) -> HttpResponse:
    """How a report stands, for who holds its code: the state, and whether a name is kept."""
    context, status = _followed(request) if request.method == "POST" else ({}, 200)
    return render(request, "hotline/follow.html", context, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_POST
def withdraw_page(request: HttpRequest) -> HttpResponse:
    """Who holds the code of a report withdraws the name that is kept with it."""
    context, status = _followed(request)
    if status == 200:
        try:
            withdraw_name_by_code(context["code"])
        except Refused as fault:
            context["wrong"], status = worded(fault), 409
        else:
            context, status = _followed(request)
            context["withdrawn"] = True
    return render(request, "hotline/follow.html", context, status=status)


def _followed(request: HttpRequest) -> tuple[dict[str, Any], int]:
    """What the page says to who sent a code, and with which status; wrong codes are counted."""
    address, code = _sender(request), request.POST.get("code", "")[:40]
    if door_shut("follow", address):
        return {"wrong": _("Too many tries. Again in ten minutes.")}, 429
    found = followed(code)
    if found is None:
        use_door("follow", address)
        return {"wrong": _("There is no report with this code.")}, 404
    return {"found": found, "code": code, "state": _(PUBLIC_WORDS[State(found.state)])}, 200


def _sender(request: HttpRequest) -> str:
    """The network address, as a proxy of the installation says it (`ANLAN_PROXIES`)."""
    return str(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _beginning(here: Spot | None) -> dict[str, str]:
    if here is None:
        return {}
    accused = here.name if here.enterprise_id else ""
    return {"accused": accused, "area_code": here.area_code[:9], "place": here.address}


def _known(named: dict[str, str]) -> set[str]:
    return {code for code, _name in streets_under("", named)}


def _token() -> str:
    """A form's own key and when it was drawn, signed."""
    return signing.dumps([secrets.token_hex(16), clock.now().timestamp()], salt=SALT)


def _opened(request: HttpRequest) -> tuple[str, float]:
    """The key of the form that was sent and its age in seconds; raises `signing.BadSignature`."""
    key, drawn_at = signing.loads(request.POST.get("form", ""), salt=SALT)
    return str(key), clock.now().timestamp() - float(drawn_at)


def _machine(request: HttpRequest) -> str:
    """Why this looks like a machine's sending; empty when it does not."""
    if request.POST.get("website"):
        return _("Leave the field that is not shown empty.")
    try:
        _key, age = _opened(request)
    except signing.BadSignature:
        return _("The form is not ours. Open it again.")
    if age < SOONEST_S:
        return _("That was very quick. Look it over and send it again.")
    if age > LATEST_S:
        return _("The form was open for too long. Send it again.")
    return ""


def _taken(
    request: HttpRequest, values: dict[str, Any], here: Spot | None, *, hazard: bool
) -> HttpResponse:
    key, _age = _opened(request)
    kind = Kind.HAZARD if hazard else Kind(values.pop("kind"))
    if request.POST.get("notice") != "yes" and (
        request.POST.get("name") or request.POST.get("phone")
    ):
        raise Refused(N_("Tick that you have read how your data are used, or report anonymously."))
    meant = here if here and values.get("accused") == here.name else None
    new = NewTip(
        key=key, kind=kind, enterprise_id=meant.enterprise_id if meant else None,
        sector=meant.sector if meant else "", **values,
    )  # fmt: skip
    who = Who(
        name=request.POST.get("name", ""), phone=request.POST.get("phone", ""),
        works_there=request.POST.get("works_there") == "yes",
    )  # fmt: skip
    code = take_form(Channel.QR if here else Channel.WEB, new, who, sender=_sender(request))
    return render(request, "hotline/received.html", {"code": code})
