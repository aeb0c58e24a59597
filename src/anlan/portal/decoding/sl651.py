"""What SL 651 messages say."""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import zip_longest

from anlan.portal.decoding.lines import Line, Said, told
from anlan.protocols import sl651
from anlan.protocols.bits import names
from anlan.protocols.sl651 import (
    Assembler,
    Coding,
    Direction,
    Item,
    Malformed,
    Message,
    Report,
)
from anlan.protocols.sl651.content import Parameter
from anlan.protocols.sl651.elements import FUNCTIONS, STATION_CLASSES, STATUS_BITS, Kind
from anlan.protocols.sl651.parameters import EVENTS, Form

_KNOWN = frozenset(FUNCTIONS)


def explained(lines: Iterable[Line]) -> Iterator[Said]:
    """A divided body is told with the packet that makes it whole."""
    packets = sl651.Assembler()

    def say(message: Message) -> Said:
        return _message(message) | _together(packets, message)

    return told("sl651", lines, b"\x7e\x7e", sl651.Sl651Decoder, say, written=b"\x01")


def _message(message: Message) -> Said:
    content, fault = _content(message)
    said: Said = {
        "ok": not message.faults and not fault,
        "coding": message.coding.name.lower(),
        "direction": message.direction.name.lower(),
        "centre": message.centre,
        "station": message.station,
        "password": f"{message.password:04X}",
        "function": f"{message.function:02X}",
        "function_name": FUNCTIONS.get(message.function, ""),
        "serial": message.serial,
        "sent_at": message.sent_at,
        "end": message.end.name,
        "checks": {
            "crc": "ok", "elements": list(message.faults) or "ok", "content": fault or "ok",
        },
    }  # fmt: skip
    if message.packet is not None:
        said["packet"] = dataclasses.asdict(message.packet)
    return said | _body(message, content) | {"raw": message.raw.hex().upper()}


def _body(message: Message, content: Said) -> Said:
    said = dict(content)
    if message.reports:
        said["reports"] = [_report(message, report) for report in message.reports]
    if message.text:
        said["text"] = message.text
    elif message.rest and not content:
        said["rest"] = message.rest.hex().upper()
        if message.coding is Coding.ASCII:
            said["rest_text"] = message.rest.decode("ascii", "replace")
    return said


def _together(packets: Assembler, message: Message) -> Said:
    """What a divided body says, once its last packet has come, or which one it lacks."""
    if message.packet is None or message.direction is not Direction.UP:
        return {}
    added = packets.add(message)
    if added.whole is None:
        return {"lacks_packet": added.again} if added.again else {}
    content, fault = _content(added.whole)
    spoilt = {"ok": False} if fault or added.whole.faults else {}
    return spoilt | {"whole": _body(added.whole, content)}


def _content(message: Message) -> tuple[Said, str]:
    """What is neither a report nor text, and what is wrong with it."""
    plain = message.coding is Coding.HEX and message.packet is None and not message.text
    if not plain or not message.rest:
        return {}, ""
    read = sl651.answered if message.direction is Direction.UP else sl651.ordered
    try:
        content = read(message.function, message.rest)
    except Malformed as fault:
        return {}, str(fault) if message.function in _KNOWN else ""
    said = {
        field.name: getattr(content, field.name)
        for field in dataclasses.fields(content)
        if getattr(content, field.name) not in ("", (), None)
    }
    if content.parameters:
        said["parameters"] = [_parameter(one) for one in content.parameters]
    if content.status is not None:
        said["status"] = names(content.status, dict(enumerate(STATUS_BITS)))
    if content.events:
        said["events"] = {
            f"ERC{n}": {"name": name, "times": times}
            for n, (name, times) in enumerate(zip_longest(EVENTS, content.events), 1)
            if times
        }
    return said, ""


def _parameter(one: Parameter) -> Said:
    said: Said = {"id": one.code}
    row = one.definition
    if row is not None:
        said |= {"name": row.name, "unit": row.unit}
    if one.value is not None:
        said["value"] = one.value
    elif one.raw:
        said["raw"] = one.raw.hex().upper()
        if row is not None and row.form is Form.TEXT:
            said["text"] = one.raw.decode("ascii", "replace")
    return said


def _report(message: Message, report: Report) -> Said:
    said = zip(report.items, sl651.placed(message, report), strict=True)
    return {
        "station": report.station,
        "class": f"{report.station_class:02X}",
        "class_name": STATION_CLASSES.get(report.station_class, ""),
        "elements": [_element(item, stated.observed_at) for stated, item in said],
    }


def _element(item: Item, stated_at: datetime | None) -> Said:
    """An element; where its first value stands at another time than is written before it, both."""
    said: Said = {"id": item.code}
    row = item.definition
    if row is not None:
        said |= {"symbol": row.symbol, "name": row.name, "unit": row.unit}
    if item.step is None:
        said["observed_at"] = item.observed_at
        if item.values:
            said["value"] = item.values[0]
    else:
        said["step_s"] = item.step
        if item.observed_at != stated_at:
            said["stamped_at_end"] = stated_at
        said["values"] = [{"observed_at": at, "value": value} for at, value in item.timed()]
    if row is not None and row.kind is Kind.STATUS:
        bits = int.from_bytes(item.raw, "big")
        said["set"] = names(bits, dict(enumerate(STATUS_BITS)))
    if item.raw:
        said["raw"] = item.raw.hex().upper()
    if item.fault:
        said["fault"] = item.fault
    return said
