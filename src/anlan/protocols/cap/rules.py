"""The rules that CAP 1.2 states in prose (section 3.2), which its schema does not check."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.protocols.cap.alert import (
    CapAlert,
    CapArea,
    CapInfo,
    CapResource,
    MsgType,
    Scope,
    Status,
)
from anlan.vocabulary.readings import Position

_RESTRICTED = re.compile(r"[\s,<&]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_REFERRING = {MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK, MsgType.ERROR}
_TELLING = {MsgType.ALERT, MsgType.UPDATE}
SHORTEST_RING = 4


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule: its name, the element that breaks it, and how."""

    rule: str
    where: str
    detail: str


def check(alert: CapAlert) -> list[Breach]:
    """Every rule the message breaks; empty when it may go out."""
    return [
        *_names(alert),
        *_times(alert),
        *_references(alert),
        *_scope(alert),
        *(breach for n, info in enumerate(alert.infos) for breach in _info(info, alert, n)),
    ]


def _names(alert: CapAlert) -> Iterator[Breach]:
    for where, text in (("identifier", alert.identifier), ("sender", alert.sender)):
        if not text or _RESTRICTED.search(text):
            yield Breach("name-form", where, f"{text!r}: no spaces, commas, < or &")
    if alert.status is Status.EXERCISE and not alert.note:
        yield Breach("note-missing", "note", "an exercise says in a note which one it is")
    if alert.msg_type is MsgType.ERROR and not alert.note:
        yield Breach("note-missing", "note", "an error says in a note what was wrong")
    if alert.msg_type in _TELLING and not alert.infos:
        yield Breach("info-missing", "info", f"an {alert.msg_type} says what it is about")


def _times(alert: CapAlert) -> Iterator[Breach]:
    times: list[tuple[str, datetime | None]] = [("sent", alert.sent)]
    for info in alert.infos:
        times += [("effective", info.effective), ("onset", info.onset), ("expires", info.expires)]
    times += [("references", reference.sent) for reference in alert.references]
    for where, instant in times:
        if instant is not None and instant.utcoffset() is None:
            yield Breach("time-offset", where, f"{instant} has no offset")


def _references(alert: CapAlert) -> Iterator[Breach]:
    if alert.msg_type in _REFERRING and not alert.references:
        yield Breach("references-missing", "references", f"{alert.msg_type} of what?")
    for reference in alert.references:
        for text in (reference.sender, reference.identifier):
            if not text or _RESTRICTED.search(text):
                yield Breach("references-form", "references", f"{text!r} in a reference")
        if (reference.sender, reference.identifier) == (alert.sender, alert.identifier):
            yield Breach("references-self", "references", "the message refers to itself")
        ahead = _between(alert.sent, reference.sent)
        if ahead is not None and ahead > timedelta():
            yield Breach("references-order", "references", "refers to a message sent later")


def _scope(alert: CapAlert) -> Iterator[Breach]:
    if alert.scope is Scope.RESTRICTED and not alert.restriction:
        yield Breach("restriction-missing", "restriction", "restricted to whom?")
    if alert.scope is not Scope.RESTRICTED and alert.restriction:
        yield Breach("restriction-unused", "restriction", f"the scope is {alert.scope}")
    if alert.scope is Scope.PRIVATE and not alert.addresses:
        yield Breach("addresses-missing", "addresses", "private to whom?")


def _info(info: CapInfo, alert: CapAlert, n: int) -> Iterator[Breach]:
    where = f"info[{n}]"
    if not info.event:
        yield Breach("text-missing", f"{where}.event", "an event has a name")
    if not info.categories:
        yield Breach("category-missing", where, "at least one category")
    if info.language and not _LANGUAGE.fullmatch(info.language):
        yield Breach("language-form", f"{where}.language", repr(info.language))
    begins = info.effective or alert.sent
    for name, instant in (("effective", begins), ("onset", info.onset), ("sent", alert.sent)):
        lasts = _between(instant, info.expires)
        if lasts is not None and lasts <= timedelta():
            yield Breach("expires-order", f"{where}.expires", f"not after {name}")
    for pairs in (info.event_codes, info.parameters):
        if any(not name for name, _ in pairs):
            yield Breach("text-missing", where, "a value without its valueName")
    for resource in info.resources:
        yield from _resource(resource, where)
    for m, area in enumerate(info.areas):
        yield from _area(area, f"{where}.area[{m}]")


def _resource(resource: CapResource, where: str) -> Iterator[Breach]:
    if not resource.description or "/" not in resource.mime_type:
        yield Breach("resource-form", where, "a resource has a description and a MIME type")
    relative = resource.uri and ":" not in resource.uri
    if relative and not resource.deref_uri:
        yield Breach("resource-form", where, f"{resource.uri} is relative and nothing is enclosed")


def _area(area: CapArea, where: str) -> Iterator[Breach]:
    if not area.description:
        yield Breach("text-missing", where, "an area has a description")
    for ring in area.polygons:
        if len(ring) < SHORTEST_RING:
            yield Breach("polygon-short", where, f"{len(ring)} points")
        elif ring[0] != ring[-1]:
            yield Breach("polygon-open", where, "the last point is not the first")
        yield from _places(ring, where)
    for circle in area.circles:
        yield from _places((circle.centre,), where)
        if not (math.isfinite(circle.radius_km) and circle.radius_km >= 0):
            yield Breach("circle-radius", where, f"{circle.radius_km} km")
    if any(not name for name, _ in area.geocodes):
        yield Breach("text-missing", where, "a geocode without its valueName")
    if area.ceiling is not None and area.altitude is None:
        yield Breach("ceiling-alone", where, "a ceiling needs an altitude")


def _places(places: tuple[Position, ...], where: str) -> Iterator[Breach]:
    for place in places:
        # Written latitude first: a longitude of China in its place is above 90.
        if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
            detail = f"latitude {place.lat}, longitude {place.lon}"
            yield Breach("place-range", where, detail)
            return


def _between(first: datetime | None, second: datetime | None) -> timedelta | None:
    """From the first to the second; None where one is not given or has no offset."""
    if first is None or second is None:
        return None
    if first.utcoffset() is None or second.utcoffset() is None:
        return None
    return second - first
