"""Who keeps which device, and by which limits their health is judged: the system's own pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, trail
from anlan.operations.registers.queries import Entered
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import (
    describe_device,
    place_station,
    set_health_limit,
    set_password,
)
from anlan.operations.sensing.forms import placing, upkeep
from anlan.operations.sensing.limit_form import limit
from anlan.operations.sensing.rules.health_limits import LIMITS, LimitName, LimitRow
from anlan.operations.sensing.rules.kinds import KIND
from anlan.operations.sensing.rules.passwords import HAVE_ONE, BadPassword
from anlan.operations.sensing.rules.upkeep import WORDS
from anlan.operations.sensing.views.lines import said
from anlan.operations.sensing.views.vehicles import class_choices, class_word
from anlan.operations.territory.queries import area_names, areas
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_, Term

TOWN_DIGITS = 9
RENEWED = "sensing.set_password"
CHANGES = {"sensing.describe_device", "sensing.place_station", RENEWED}
CHANGED: dict[str, Term] = WORDS | {
    "area_code": NP_("station", "Street or town"),
    "lon": NP_("station", "Longitude"),
    "lat": NP_("station", "Latitude"),
}
LACKS: dict[str, Callable[[queries.StationRow], bool]] = {
    "operator": lambda row: not row.operator,
    "network": lambda row: not (row.network or row.cell),
}


@require_GET
@requires("sensing.configure")
def register_page(request: HttpRequest) -> HttpResponse:
    """Every device with its keeper, network and place; those of which nothing is said first."""
    rows = [row for row in queries.stations() if row.device]
    lacks, words = request.GET.get("lacks", ""), request.GET.get("q", "").strip()
    shown = [row for row in rows if lacks not in LACKS or LACKS[lacks](row)]
    if words:
        shown = [row for row in shown if words.lower() in _text(row)]
    context = {
        "rows": sorted(shown, key=lambda row: (bool(row.operator), row.code)),
        "total": len(rows), "without": sum(map(LACKS["operator"], rows)), "lacks": lacks,
        "words": words,
    }  # fmt: skip
    return render(request, "sensing/register.html", context)


def _text(row: queries.StationRow) -> str:
    said_of = (row.name, row.device, row.operator, row.network, row.cell, row.place)
    return " ".join((*said_of, row.device_model)).lower()


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def describe_page(request: HttpRequest, code: str) -> HttpResponse:
    row = _registered(code)
    if request.method == "POST":
        _say(request, describe_device(actor_of(request), code, upkeep(request.POST.dict())))
        return redirect("describe-device", code)
    return _describe(request, row)


@never_cache
@require_POST
@requires("sensing.configure")
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Where the station stands: coordinates and street."""
    row = _registered(code)
    given, entered = placing(request.POST.dict(), areas("township"))
    if given is None:
        return _describe(request, row, entered, status=422)
    _say(request, place_station(actor_of(request), code, given))
    return redirect("describe-device", code)


@never_cache
@require_POST
@requires("sensing.configure")
def password(request: HttpRequest, code: str) -> HttpResponse:
    """The password that was changed in the device."""
    row = _registered(code)
    try:
        set_password(actor_of(request), code, request.POST.get("password", "").strip())
    except BadPassword as fault:
        wrong = Entered({}, {"password": _(str(fault))})
        return _describe(request, row, wrong, status=422)
    messages.success(request, _("The password is changed. The gateways know it within a minute."))
    return redirect("describe-device", code)


def _registered(code: str) -> queries.StationRow:
    row = queries.station(code)
    if row is None or not row.device:
        raise Http404
    return row


def _say(request: HttpRequest, changed: bool) -> None:
    if changed:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was different; nothing was changed."))


def _describe(
    request: HttpRequest, row: queries.StationRow, entered: Entered | None = None, status: int = 200
) -> HttpResponse:
    stands = {"town": row.area_code[:TOWN_DIGITS], "lon": row.lon, "lat": row.lat}
    context = {
        "station": row, "kind": said(KIND[row.kind]) if row.kind in KIND else row.kind,
        "trail": _changes(row.code), "known": known_names(), "classes": class_choices(),
        "stands": stands if entered is None else stands | entered.values,
        "towns": areas("township"),
        "has_password": row.protocol in HAVE_ONE,
        "wrong": {} if entered is None else entered.errors,
    }  # fmt: skip
    return render(request, "sensing/describe.html", context, status=status)


def _changes(code: str) -> list[dict[str, Any]]:
    """Who changed what of it and when, the newest first."""
    rows = [row for row in trail("station", code) if row.verb in CHANGES]
    codes = [one for row in rows for one in _pair(row.detail.get("area_code"))]
    places = area_names(map(str, codes)) if codes else {}
    return [
        {"at": row.at, "actor": row.actor, "password": row.verb == RENEWED,
         "changes": [(said(CHANGED[name]), *(_shown(one, places) for one in _pair(both)))
                     for name, both in row.detail.items() if name in CHANGED and _pair(both)]}
        for row in rows if "repeat" not in row.detail
    ]  # fmt: skip


def _pair(said_of: object) -> list[object]:
    """What it was and what it became; nothing for what is no change."""
    return said_of if isinstance(said_of, list) else []


def _shown(value: object, places: Mapping[str, str]) -> str:
    """A kind of vehicle and a street by their names, everything else as it is."""
    return class_word(str(value)) or places.get(str(value), str(value))


def known_names() -> dict[str, list[str]]:
    """The names that are in use already, to be chosen rather than typed anew. One query."""
    rows = queries.stations()
    return {
        name: sorted({str(getattr(row, name)) for row in rows} - {""})
        for name in ("operator", "network", "cell", "device_model")
    }


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def limits_page(request: HttpRequest) -> HttpResponse:
    """The limits in force and those before; a POST sets one from a day on."""
    if request.method == "GET":
        return _limits(request)
    new, entered = limit(request.POST.dict())
    if new is None:
        return _limits(request, entered=entered, status=422)
    if set_health_limit(actor_of(request), new):
        messages.success(request, _("The limit is set."))
    else:
        messages.info(request, _("The same limit is set already."))
    return redirect("health-limits")


def _limits(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    ruling = queries.health_limits().rows
    context = {
        "rows": limit_lines(ruling),
        "others": limit_lines([row for row in queries.limit_history() if row not in ruling]),
        "names": [(name.value, limit_word(name)) for name in LimitName],
        "kinds": [(kind, said(word)) for kind, word in KIND.items()],
        "known": known_names(), "today": clock.today(), **more,
    }  # fmt: skip
    return render(request, "sensing/limits.html", context, status=status)


def limit_word(name: str) -> str:
    meaning = LIMITS[LimitName(name)]
    return f"{said(meaning.word)} ({meaning.unit})" if meaning.unit else said(meaning.word)


def limit_lines(rows: list[LimitRow]) -> list[dict[str, Any]]:
    """Limits as pages list them: what is limited, for whom, and the row."""
    return [
        {
            "row": row, "word": limit_word(row.name), "value": f"{row.value:g}",
            "source": row.source if row.entered_by else _(row.source),
            "for": " ".join(
                one for one in (said(KIND[row.kind]) if row.kind in KIND else "",
                                row.device_model) if one
            ) or _("all"),
            "ahead": row.valid_from > clock.today(),
        }
        for row in rows
    ]  # fmt: skip
