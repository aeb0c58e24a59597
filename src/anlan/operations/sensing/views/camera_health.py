"""Cameras among the devices of the health page: how many are online, and how much of the time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.sensing import queries
from anlan.operations.sensing.rules.online import mean
from anlan.operations.sensing.views.cameras import camera_lines
from anlan.operations.sensing.views.lines import ON_A_PAGE, places_of

CAMERA = "camera"
_COUNTS = ("registered", "connected", "online", "lost", "never")


def camera_health(scope: Scope, kind: str | None, page: str | None) -> dict[str, Any]:
    """The cameras as one kind of device, by street; nothing without any. Of the list, where it is
    asked for, one page."""
    counts = queries.camera_counts(scope)
    if not counts:
        return {}
    places = places_of(scope, {one.area_code for one in counts})
    word = pgettext("device kind", "Cameras")
    return {
        "groups": [_group(CAMERA, word, counts), *_by_street(counts, places)],
        "page": _page(scope, places, page) if kind == CAMERA else None,
    }  # fmt: skip


def _page(scope: Scope, places: Mapping[str, tuple[str, str]], page: str | None) -> Page[Any]:
    found: Page[Any] = Paginator(queries.cameras_listed(scope), ON_A_PAGE).get_page(page)
    found.object_list = camera_lines(map(queries.camera_row, found.object_list), places)
    return found


def _by_street(
    counts: Sequence[queries.CameraCounts], places: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[queries.CameraCounts]] = {}
    for one in counts:
        grouped.setdefault(places[one.area_code], []).append(one)
    return [_group(*place, mine) for place, mine in sorted(grouped.items())]


def _group(key: str, word: str, of: Sequence[queries.CameraCounts]) -> dict[str, Any]:
    sums = {name: sum(getattr(one, name) for one in of) for name in _COUNTS}
    known = [share for one in of for share in one.shares]
    return {
        "key": key, "word": word, "registered": sums["registered"],
        "unconnected": sums["registered"] - sums["connected"], "asked": sums["connected"] > 0,
        "speaking": sums["online"], "silent": sums["lost"], "never": sums["never"],
        "online": [mean(share for one in known if (share := one[n]) is not None)
                   for n in range(3)],
    }  # fmt: skip
