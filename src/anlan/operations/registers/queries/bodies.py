"""What a phone or another program sends as JSON, read once at the border."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _

from anlan.operations.people.queries import worded
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

KEY = re.compile(r"[0-9a-f]{32}")
MOST_ID = 2**53
MOST_BYTES = 200_000
AHEAD = timedelta(minutes=10)  # how far a phone's clock may be ahead
BEHIND = timedelta(minutes=10)  # what a phone's clock may lose between list and record
OLDEST_LIST = timedelta(days=31)  # how long a list may have lain in a phone


class Malformed(ValueError):
    """Not what a form of ours sends: a fault of the program, never of the person."""


def body_of(raw: bytes) -> dict[str, Any]:
    """A record as a phone sends it, JSON with a key of its own; raises `Malformed`."""
    try:
        given = json.loads(raw[: MOST_BYTES + 1])
    except ValueError:
        raise Malformed("no JSON") from None
    if not isinstance(given, dict) or not KEY.fullmatch(str(given.get("key", ""))):
        raise Malformed("no key")
    return given


def moments(given: dict[str, Any]) -> tuple[datetime, datetime]:
    """When a record was made, and when the list that it answers was taken along.

    Raises `Malformed`, or `Refused` when it says to be made before its list was taken: backdated.
    """
    performed_at, list_at = moment(given.get("performed_at")), moment(given.get("list_at"))
    if performed_at < list_at - BEHIND:
        raise Refused(N_("The phone's clock is behind: set it right and send again."))
    return performed_at, list_at


def timely(performed_at: datetime, list_at: datetime, now: datetime) -> None:
    """Raises `Refused` for a record of the future, and for one whose list is too old."""
    if performed_at > now + AHEAD:
        raise Refused(N_("The phone's clock is ahead: set it right and send again."))
    if not now - OLDEST_LIST <= list_at <= now + AHEAD:
        raise Refused(N_("The list in the phone is too old: open it again with a signal."))


def moment(said: Any) -> datetime:
    """An aware moment, ISO 8601 with offset; raises `Malformed`."""
    try:
        found = datetime.fromisoformat(str(said))
        if found.tzinfo is None:
            raise Malformed("a time without offset")
        return found.astimezone(clock.CHINA)
    except (ValueError, OverflowError):
        raise Malformed("no time") from None


def whole_id(said: Any) -> int:
    """The number of a record; raises `Malformed`."""
    if isinstance(said, int) and not isinstance(said, bool) and 0 < said < MOST_ID:
        return said
    raise Malformed("no number")


def printable(said: Any) -> str:
    """What somebody wrote, without what no keyboard writes."""
    return "".join(one for one in str(said) if one.isprintable() or one == "\n")


def answered(keep: Callable[[], Mapping[str, Any]]) -> JsonResponse:
    """What a phone is told: what was kept, 409 why it cannot be, 422 when it was no record."""
    try:
        return JsonResponse(dict(keep()))
    except Malformed:
        return JsonResponse({"detail": _("The request was not understood.")}, status=422)
    except Refused as fault:
        return JsonResponse({"detail": worded(fault)}, status=409)


def sent_place(given: Mapping[str, Any]) -> dict[str, float | None]:
    """`lon` and `lat` (CGCS2000) when both are there and on the earth, else None and None."""
    lon, lat = given.get("lon"), given.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return {"lon": None, "lat": None}
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return {"lon": None, "lat": None}
    return {"lon": float(lon), "lat": float(lat)}
