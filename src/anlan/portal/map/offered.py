"""The layers that the apps offer (`layers.LAYERS`), in the order of the story."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from anlan.operations.people.queries import Scope
from anlan.portal.terms import term
from anlan.vocabulary.layers import Layer


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


def layers_for(scope: Scope) -> list[dict[str, Any]]:
    """The layers an account may see, as the map's panel lists them."""
    return [
        {
            "key": layer.key,
            "word": term(layer.word),
            "family": layer.family,
            "icon": layer.icon,
            "group": _(layer.group) if layer.group else "",
            "on": layer.on,
            "url": reverse("map-layer", args=[layer.key]),
        }
        for layer in every_layer().values()
        if scope.may(layer.right)
    ]
