"""Cameras among the devices of the health page: how many are online, and how much of the time."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.sensing import queries
from anlan.operations.sensing.rules.online import mean
from anlan.operations.sensing.views.cameras import camera_lines
from anlan.operations.sensing.views.lines import ON_A_PAGE, places_of

CAMERA = "camera"
Shares = dict[str, tuple[float | None, ...]]


def camera_health(scope: Scope, page: str | None) -> dict[str, Any]:
    """The cameras as one kind of device, by street, and a page of them; nothing without any."""
    rows, shares = queries.cameras(scope), queries.camera_shares(scope)
    if not rows:
        return {}
    places = places_of(scope, {row.area_code for row in rows})
    word = pgettext("device kind", "Cameras")
    return {
        "groups": [_group(CAMERA, word, rows, shares), *_by_street(rows, shares, places)],
        "page": Paginator(camera_lines(rows, places), ON_A_PAGE).get_page(page),
    }  # fmt: skip


def _by_street(
    rows: list[queries.CameraRow], shares: Shares, places: dict[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[queries.CameraRow]] = {}
    for row in rows:
        grouped.setdefault(places[row.area_code], []).append(row)
    return [_group(*place, mine, shares) for place, mine in sorted(grouped.items())]


def _group(
    key: str, word: str, rows: list[queries.CameraRow], shares: Shares
) -> dict[str, Any]:  # fmt: skip
    known = [shares[row.code] for row in rows if row.connected and row.code in shares]
    return {
        "key": key, "word": word, "registered": len(rows),
        "unconnected": sum(not row.connected for row in rows),
        "asked": any(row.connected for row in rows),
        "speaking": sum(row.online for row in rows),
        "silent": sum(row.lost for row in rows),
        "never": sum(row.never_seen for row in rows),
        "online": [mean(share for one in known if (share := one[n]) is not None)
                   for n in range(3)],
    }  # fmt: skip
