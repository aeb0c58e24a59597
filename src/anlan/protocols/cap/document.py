"""CAP 1.2 as XML: written for others, and read from others with every entity switched off."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from lxml import etree

from anlan.protocols.cap.alert import (
    CapAlert,
    CapArea,
    CapInfo,
    CapResource,
    Category,
    Certainty,
    Circle,
    MsgType,
    Named,
    Reference,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from anlan.protocols.framing import Reason
from anlan.vocabulary.readings import Position

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
LARGEST_DOCUMENT = 1 << 20
_CAP = f"{{{NAMESPACE}}}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_DECIMALS = 6  # about 0.1 m

Enum = TypeVar("Enum", bound=StrEnum)
Value = TypeVar("Value")


class BadCap(ValueError):
    """A text that is not a CAP 1.2 message, and why: malformed, unsupported or out of range."""

    def __init__(self, detail: str, reason: Reason = Reason.MALFORMED) -> None:
        super().__init__(detail)
        self.reason = reason


def time_text(instant: datetime) -> str:
    """``2020-08-20T08:15:00+08:00``; UTC is ``-00:00``, never Z. Refuses a naive time."""
    offset = instant.utcoffset()
    if offset is None:
        raise BadCap(f"{instant} has no offset")
    text = instant.isoformat(timespec="seconds")
    return text if offset else f"{text[:19]}-00:00"


# Writing.


def encode(alert: CapAlert) -> bytes:
    """The document, UTF-8. Raises `BadCap` for characters that XML has no place for.

    The prose rules are not checked here: ask `check` first.
    """
    root = etree.Element(f"{_CAP}alert", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    try:
        _fill_alert(root, alert)
    except ValueError as error:
        raise error if isinstance(error, BadCap) else BadCap(str(error)) from error
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _fill_alert(root: etree._Element, alert: CapAlert) -> None:
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", time_text(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.msg_type)
    _may(root, "source", alert.source)
    _add(root, "scope", alert.scope)
    _may(root, "restriction", alert.restriction)
    _may(root, "addresses", _words(alert.addresses))
    for code in alert.codes:
        _add(root, "code", code)
    _may(root, "note", alert.note)
    references = (f"{r.sender},{r.identifier},{time_text(r.sent)}" for r in alert.references)
    _may(root, "references", " ".join(references))
    _may(root, "incidents", _words(alert.incidents))
    for info in alert.infos:
        _fill_info(etree.SubElement(root, f"{_CAP}info"), info)


def _fill_info(node: etree._Element, info: CapInfo) -> None:
    _may(node, "language", info.language)
    for category in info.categories:
        _add(node, "category", category)
    _add(node, "event", info.event)
    for response in info.response_types:
        _add(node, "responseType", response)
    _add(node, "urgency", info.urgency)
    _add(node, "severity", info.severity)
    _add(node, "certainty", info.certainty)
    _may(node, "audience", info.audience)
    _pairs(node, "eventCode", info.event_codes)
    for name, instant in (
        ("effective", info.effective), ("onset", info.onset), ("expires", info.expires),
    ):  # fmt: skip
        if instant is not None:
            _add(node, name, time_text(instant))
    for name, text in (
        ("senderName", info.sender_name), ("headline", info.headline),
        ("description", info.description), ("instruction", info.instruction),
        ("web", info.web), ("contact", info.contact),
    ):  # fmt: skip
        _may(node, name, text)
    _pairs(node, "parameter", info.parameters)
    for resource in info.resources:
        _fill_resource(etree.SubElement(node, f"{_CAP}resource"), resource)
    for area in info.areas:
        _fill_area(etree.SubElement(node, f"{_CAP}area"), area)


def _fill_resource(node: etree._Element, resource: CapResource) -> None:
    _add(node, "resourceDesc", resource.description)
    _add(node, "mimeType", resource.mime_type)
    _may(node, "size", "" if resource.size is None else str(resource.size))
    _may(node, "uri", resource.uri)
    _may(node, "derefUri", resource.deref_uri)
    _may(node, "digest", resource.digest)


def _fill_area(node: etree._Element, area: CapArea) -> None:
    _add(node, "areaDesc", area.description)
    for ring in area.polygons:
        _add(node, "polygon", " ".join(_place(place) for place in ring))
    for circle in area.circles:
        _add(node, "circle", f"{_place(circle.centre)} {_number(circle.radius_km)}")
    _pairs(node, "geocode", area.geocodes)
    _may(node, "altitude", "" if area.altitude is None else f"{area.altitude:f}")
    _may(node, "ceiling", "" if area.ceiling is None else f"{area.ceiling:f}")


def _add(node: etree._Element, name: str, text: str) -> None:
    etree.SubElement(node, f"{_CAP}{name}").text = str(text)


def _may(node: etree._Element, name: str, text: str) -> None:
    if text:
        _add(node, name, text)


def _pairs(node: etree._Element, name: str, pairs: Iterable[Named]) -> None:
    for key, value in pairs:
        pair = etree.SubElement(node, f"{_CAP}{name}")
        _add(pair, "valueName", key)
        _add(pair, "value", value)


def _words(words: Iterable[str]) -> str:
    return " ".join(f'"{word}"' if re.search(r"\s", word) else word for word in words)


def _number(value: float) -> str:
    text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _place(place: Position) -> str:
    return f"{_number(place.lat)},{_number(place.lon)}"


# Reading.


def parse(data: bytes) -> CapAlert:
    """The message of a document. Raises `BadCap`; a document type or an entity is refused."""
    if len(data) > LARGEST_DOCUMENT:
        raise BadCap(f"more than {LARGEST_DOCUMENT} bytes", Reason.RANGE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadCap(f"not XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadCap("a document type has no place in CAP")
    name = etree.QName(root)
    if name.localname != "alert" or name.namespace != NAMESPACE:
        raise BadCap(f"{root.tag} is not a CAP 1.2 alert", Reason.UNSUPPORTED)
    return _alert(_Node(root))


class _Node:
    """The children of an element, asked for by CAP's names."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self.name = etree.QName(element).localname

    def all(self, name: str) -> "list[_Node]":
        return [_Node(child) for child in self._element.findall(f"{_CAP}{name}")]

    def has(self, tag: str) -> bool:
        return self._element.find(tag) is not None

    def text(self) -> str:
        if len(self._element):
            raise BadCap(f"{self.name} holds elements where text belongs")
        return (self._element.text or "").strip()

    def may(self, name: str) -> str:
        found = self.all(name)
        if len(found) > 1:
            raise BadCap(f"{name} stands more than once in {self.name}")
        return found[0].text() if found else ""

    def must(self, name: str) -> str:
        text = self.may(name)
        if not text:
            raise BadCap(f"{self.name} has no {name}")
        return text

    def one_of(self, kind: type[Enum], name: str) -> Enum:
        return _one_of(kind, name, self.must(name))

    def many_of(self, kind: type[Enum], name: str) -> tuple[Enum, ...]:
        return tuple(_one_of(kind, name, node.text()) for node in self.all(name))

    def when(self, name: str) -> datetime | None:
        text = self.may(name)
        return _time(name, text) if text else None

    def pairs(self, name: str) -> tuple[Named, ...]:
        return tuple((pair.must("valueName"), pair.may("value")) for pair in self.all(name))

    def number(self, name: str, kind: Callable[[str], Value]) -> Value | None:
        text = self.may(name)
        try:
            return kind(text) if text else None
        except (ValueError, InvalidOperation):
            raise BadCap(f"{name} {text!r} is not a number") from None


def _one_of(kind: type[Enum], name: str, text: str) -> Enum:
    try:
        return kind(text)
    except ValueError:
        raise BadCap(f"{name} is {text!r}") from None


def _time(name: str, text: str) -> datetime:
    if _TIME.fullmatch(text):
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return instant if instant.utcoffset() != timedelta() else instant.astimezone(UTC)
    raise BadCap(f"{name} {text!r} is not a time with an offset such as +08:00 (never Z)")


def _alert(node: _Node) -> CapAlert:
    return CapAlert(
        identifier=node.must("identifier"),
        sender=node.must("sender"),
        sent=_time("sent", node.must("sent")),
        status=node.one_of(Status, "status"),
        msg_type=node.one_of(MsgType, "msgType"),
        scope=node.one_of(Scope, "scope"),
        source=node.may("source"),
        restriction=node.may("restriction"),
        addresses=_split(node.may("addresses")),
        codes=tuple(code.text() for code in node.all("code")),
        note=node.may("note"),
        references=tuple(_reference(text) for text in node.may("references").split()),
        incidents=_split(node.may("incidents")),
        infos=tuple(_info(info) for info in node.all("info")),
        signed=node.has(SIGNATURE),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(quoted or plain for quoted, plain in _WORD.findall(text))


def _reference(text: str) -> Reference:
    parts = text.split(",")
    if len(parts) != 3 or not all(parts):
        raise BadCap(f"reference {text!r} is not sender,identifier,sent")
    return Reference(parts[0], parts[1], _time("reference", parts[2]))


def _info(node: _Node) -> CapInfo:
    return CapInfo(
        event=node.must("event"),
        categories=node.many_of(Category, "category"),
        urgency=node.one_of(Urgency, "urgency"),
        severity=node.one_of(Severity, "severity"),
        certainty=node.one_of(Certainty, "certainty"),
        language=node.may("language"),
        response_types=node.many_of(ResponseType, "responseType"),
        audience=node.may("audience"),
        event_codes=node.pairs("eventCode"),
        effective=node.when("effective"),
        onset=node.when("onset"),
        expires=node.when("expires"),
        sender_name=node.may("senderName"),
        headline=node.may("headline"),
        description=node.may("description"),
        instruction=node.may("instruction"),
        web=node.may("web"),
        contact=node.may("contact"),
        parameters=node.pairs("parameter"),
        resources=tuple(_resource(resource) for resource in node.all("resource")),
        areas=tuple(_area(area) for area in node.all("area")),
    )


def _resource(node: _Node) -> CapResource:
    return CapResource(
        description=node.must("resourceDesc"),
        mime_type=node.must("mimeType"),
        size=node.number("size", int),
        uri=node.may("uri"),
        deref_uri=node.may("derefUri"),
        digest=node.may("digest"),
    )


def _area(node: _Node) -> CapArea:
    return CapArea(
        description=node.must("areaDesc"),
        polygons=tuple(_ring(ring.text()) for ring in node.all("polygon") if ring.text()),
        circles=tuple(_circle(circle.text()) for circle in node.all("circle") if circle.text()),
        geocodes=node.pairs("geocode"),
        altitude=node.number("altitude", Decimal),
        ceiling=node.number("ceiling", Decimal),
    )


def _ring(text: str) -> tuple[Position, ...]:
    return tuple(_position(pair) for pair in text.split())


def _circle(text: str) -> Circle:
    centre, _, radius = text.partition(" ")
    try:
        return Circle(_position(centre), float(radius))
    except ValueError as error:
        raise error if isinstance(error, BadCap) else BadCap(f"circle {text!r}") from None


def _position(pair: str) -> Position:
    lat, _, lon = pair.partition(",")
    try:
        return Position(lon=float(lon), lat=float(lat))
    except ValueError:
        raise BadCap(f"{pair!r} is not latitude,longitude") from None
