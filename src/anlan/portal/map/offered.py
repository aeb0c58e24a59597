"""The layers that the apps offer (`layers.LAYERS`), in the order of the story."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.urls import reverse

from anlan.operations.people.queries import Scope
from anlan.portal.terms import term
from anlan.vocabulary.layers import Layer
from anlan.vocabulary.words import NP_


@cache
def every_layer() -> dict[str, Layer]:
    """All layers by key; raises `ValueError` when two apps offer the same key."""
    found: dict[str, Layer] = {}
    for app in reversed(settings.APPS):
        name = f"anlan.operations.{app}.layers"
        if not find_spec(name):
            continue
        for layer in import_module(name).LAYERS:
            if layer.key in found:
                raise ValueError(f"two map layers are called {layer.key}")
            found[layer.key] = layer
    return found


GROUPS = {
    "event": NP_("map group", "This event"),
    "monitoring": NP_("map group", "Monitoring"),
    "danger": NP_("map group", "Danger"),
    "dangers": NP_("map group", "Danger"),
    "response": NP_("map group", "Response"),
    "resources": NP_("map group", "Forces and resources"),
    "areas": NP_("map group", "Boundaries"),
}
"""The panel's groups, in its order; a layer says its group's key."""


def layers_for(scope: Scope) -> list[dict[str, Any]]:
    """The layers an account may see, as the map's panel lists them."""
    return [
        {
            "key": layer.key,
            "word": term(layer.word),
            "family": layer.family,
            "icon": layer.icon,
            "group": term(GROUPS[layer.group]) if layer.group in GROUPS else "",
            "on": layer.on,
            "url": reverse("map-layer", args=[layer.key]),
        }
        for layer in sorted(every_layer().values(), key=_order)
        if scope.may(layer.right)
    ]


def _order(layer: Layer) -> int:
    groups = list(GROUPS)
    return groups.index(layer.group) if layer.group in GROUPS else len(groups)
