"""What every page of the patrols asks first."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import pgettext

from anlan.operations.patrols.queries.registers import beats_register
from anlan.operations.patrols.queries.scope import person_of
from anlan.operations.patrols.queries.units import persons, units
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.registers.queries import Register
from anlan.vocabulary.layers import Features
from anlan.vocabulary.words import NP_

LAYERS = (
    ("lines", NP_("layer", "Patrol routes"), "line", "route"),
    ("points", NP_("layer", "Patrol points"), "square", "map-pin"),
)


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def register(scope: Scope) -> Register:
    """The register with who and what may be chosen."""
    return beats_register(units(), *persons(scope))


def map_props(address: str, fit: Any) -> dict[str, Any]:
    """A map of the two layers at an address, on at once."""
    layers = [
        {"key": f"patrol-{key}", "word": pgettext(*word), "family": family, "icon": icon,
         "url": f"{address}/{key}", "on": True}
        for key, word, family, icon in LAYERS
    ]  # fmt: skip
    return {"layers": layers, "fit": fit}


def features(patrol_part: str, found: dict[str, Features]) -> HttpResponse:
    """One layer of such a map."""
    if patrol_part not in found:
        raise Http404
    return JsonResponse(found[patrol_part], content_type="application/geo+json")
