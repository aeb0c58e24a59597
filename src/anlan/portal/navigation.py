"""The frame around every page: rail, standing, situation strip; at most three small queries."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from anlan.operations.deadlines.queries import places_waiting
from anlan.operations.people.queries import NOBODY, Scope, scope_of
from anlan.portal.terms import role_word, term
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_, Term

THEMES = ("light", "dark")
DISASTERS = NP_("rail part", "Disasters and response")
SAFETY = NP_("rail part", "Daily work safety")
MORE = NP_("rail part", "Assessment and system")


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the rail. `key` is what G + letter goes to (`ui.md` 8).

    `part`: the heading under which it stands, where an account has places of more than one.
    """

    word: Term
    address: str
    icon: str
    right: str
    key: str
    inside: tuple[str, ...] = ()
    part: Term = DISASTERS


PLACES = (
    Place(NP_("rail", "Duty desk"), "/", "layout-dashboard", "duty.desk", "d"),
    Place(NP_("rail", "One map"), "/map", "map-2", "territory.map", "m"),
    Place(NP_("rail", "Monitoring"), "/stations", "gauge", "sensing.view", "s",
          ("/hotspots", "/vehicles", "/cameras")),
    Place(NP_("rail", "Forecasts"), "/forecasts", "wave-sine", "forecasts.view", "f"),
    Place(NP_("rail", "Alerts"), "/alerts", "broadcast", "alerts.view", "a"),
    Place(NP_("rail", "Incidents and response"), "/incidents", "flag", "incidents.view", "i",
          ("/response",)),
    Place(NP_("rail", "Tasks"), "/tasks", "list-check", "response.report", "t"),
    Place(NP_("rail", "Resources"), "/shelters", "truck", "resources.view", "r", ("/teams",)),
    Place(NP_("rail", "Work safety"), "/dangers", "clipboard-check", "safety.view", "w",
          ("/enterprises", "/campaigns", "/returns"), SAFETY),
    Place(NP_("rail", "Checks"), "/checks/tasks", "checks", "checks.view", "v",
          ("/checks", "/patrols", "/fieldwork"), SAFETY),
    Place(NP_("rail", "Township calls"), "/calls", "phone-call", "calls.view", "e", (), SAFETY),
    Place(NP_("rail", "Risk control"), "/risks", "target", "safety.view", "q",
          ("/major-hazards", "/chemicals"), SAFETY),
    Place(NP_("rail", "Safety at posts"), "/posts", "users", "safety.view", "p",
          ("/meetings", "/certificates"), SAFETY),
    Place(NP_("rail", "Enforcement"), "/cases", "building-bank", "enforcement.view", "l", (),
          SAFETY),
    Place(NP_("rail", "From enforcement"), "/notices", "building-bank", "enforcement.answer", "l",
          (), SAFETY),
    Place(NP_("rail", "Interference"), "/cases/interference", "lock", "oversight.discipline", "j",
          (), SAFETY),
    Place(NP_("rail", "Hotline 12350"), "/hotline", "phone", "hotline.view", "o", (), SAFETY),
    Place(NP_("rail", "Accidents"), "/accidents", "alert-triangle", "accidents.view", "x", (),
          SAFETY),
    Place(NP_("rail", "Credit"), "/credit", "gavel", "credit.view", "z",
          ("/insurance", "/providers", "/engagements"), SAFETY),
    Place(NP_("rail", "Assessment"), "/indicators", "chart-line", "assessment.view", "k",
          ("/exercises", "/statistics", "/responsibilities", "/scorecards"), MORE),
    Place(NP_("rail", "Command screen"), "/command", "device-desktop-analytics", "duty.command",
          "c", (), MORE),
    Place(NP_("rail", "Accounts"), "/accounts", "users", "people.manage", "u", (), MORE),
    Place(NP_("rail", "Audit trail"), "/audit", "history", "people.audit", "h", (), MORE),
    Place(NP_("rail", "System"), "/system", "adjustments-horizontal", "system.admin", "y", (),
          MORE),
    Place(NP_("rail", "Unknown devices"), "/stations/unknown", "plug-connected-x",
          "sensing.configure", "n", (), MORE),
    Place(NP_("rail", "Data in"), "/devices/senders", "upload", "sensing.configure", "b",
          ("/devices/import-readings", "/devices/import-cameras", "/devices/feeds"), MORE),
)  # fmt: skip


# On a phone the rail is a bar of four and "more": what a role does all day stands in the bar, by
# address. Roles that are not named have the first four of the rail.
_REGULATES = ("/", "/fieldwork", "/dangers", "/checks/tasks")
_ENFORCES = ("/", "/cases", "/dangers", "/accidents")
_ANSWERS = ("/", "/hotline", "/dangers", "/map")
_KEEPS = ("/", "/fieldwork", "/dangers", "/posts")
BAR: dict[str, tuple[str, ...]] = {
    "safety_officer": _REGULATES, "department": _REGULATES,
    "department_leader": ("/", "/dangers", "/checks/tasks", "/risks"),
    "township": ("/", "/fieldwork", "/dangers", "/tasks"),
    "grid_worker": ("/", "/fieldwork", "/dangers", "/tasks"),
    "enterprise": _KEEPS, "principal": ("/", "/fieldwork", "/dangers", "/risks"),
    "post_staff": _KEEPS,
    "enforcement_officer": _ENFORCES, "bureau_leader": _ENFORCES,
    "legal_reviewer": ("/", "/cases", "/dangers", "/map"), "review_expert": ("/", "/cases"),
    "hotline_clerk": _ANSWERS, "hotline_handler": _ANSWERS, "finance": ("/", "/hotline"),
}  # fmt: skip
IN_BAR = 4
ON_SITE = Place(NP_("rail", "On site"), "/fieldwork", "walk", "checks.do", "", (), SAFETY)


@dataclass(frozen=True, slots=True)
class RailItem:
    """A place as this account sees it now."""

    word: str
    address: str
    icon: str
    key: str
    here: bool
    count: int
    late: bool
    heading: str = ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the base templates need; computed only where a page draws it."""
    scope = scope_of(request.user) if hasattr(request, "user") else NOBODY
    theme = request.COOKIES.get("theme", "light")
    return {
        "house_standing": settings.ANLAN_STANDING,
        "exercise_name": settings.ANLAN_EXERCISE_NAME,
        "scope": scope,
        "theme": theme if theme in THEMES else "light",
        "now": SimpleLazyObject(clock.now),
        "begin": first_place(scope),
        "rail": SimpleLazyObject(partial(rail, scope, request.path)),
        "role_name": role_word(scope.role) if scope.role else "",
        "alert_in_force": SimpleLazyObject(partial(_in_force, scope)),
    }


def first_place(scope: Scope) -> str:
    """Where this account's work begins."""
    return next((p.address for p in PLACES if scope.may(p.right)), "/")


def rail(scope: Scope, path: str) -> list[RailItem]:
    """The places this account may go to, with what waits there."""
    places = [p for p in PLACES if scope.may(p.right)]
    counts = _counts(scope)
    headings = _headings(places)
    return [
        RailItem(
            term(place.word), place.address, place.icon, place.key, _is_here(place, path),
            *counts.get(place.address, (0, False)), headings.get(place.address, ""),
        )
        for place in places
    ]  # fmt: skip


def phone_bar(scope: Scope, items: list[RailItem]) -> tuple[list[RailItem], list[RailItem]]:
    """What of the rail stands in a phone's bar for this role, and what stands under "more"."""
    found = {item.address: item for item in items}
    if scope.may(ON_SITE.right):
        found[ON_SITE.address] = RailItem(
            term(ON_SITE.word), ON_SITE.address, ON_SITE.icon, "", here=False, count=0, late=False
        )
    wanted = BAR.get(scope.role, tuple(item.address for item in items[:IN_BAR]))
    bar = [found[address] for address in wanted if address in found]
    shown = {item.address for item in bar}
    rest = [item for item in items if item.address not in shown]
    headings = _headings([one for one in PLACES if one.address in {i.address for i in rest}])
    more = [replace(item, heading=headings.get(item.address, "")) for item in rest]
    return bar, more


def _headings(places: list[Place]) -> dict[str, str]:
    """What stands above the first place of each part, by its address."""
    firsts: dict[Term, str] = {}
    for place in places:
        firsts.setdefault(place.part, place.address)
    if len(firsts) == 1:
        return {}
    return {address: term(part) for part, address in firsts.items()}


def _is_here(place: Place, path: str) -> bool:
    path, _question, _asked = path.partition("?")
    if place.address == "/":
        return path == "/"
    return any(
        path == address or path.startswith(f"{address}/")
        for address in (place.address, *place.inside)
    )


def _counts(scope: Scope) -> dict[str, tuple[int, bool]]:
    """Open items by the place they lead to: all of them on the desk, each also at its own."""
    items = places_waiting(scope)
    found = {"/": (len(items), any(late for _link, late in items))}
    for place in PLACES[1:]:
        here = [late for link, late in items if _is_here(place, link)]
        found[place.address] = (len(here), any(here))
    return found


def _in_force(scope: Scope) -> Any:
    if not scope.may("alerts.view"):
        return None
    ask = optional("anlan.operations.alerts.queries", "headline_in_force")
    return ask() if ask else None


def optional(module: str, name: str) -> Callable[..., Any] | None:
    """A door of another context, where that context is installed."""
    if find_spec(module) is None:
        return None
    door: Callable[..., Any] | None = getattr(import_module(module), name, None)
    return door
