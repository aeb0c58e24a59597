"""What SL 651 messages say."""

import dataclasses
from collections.abc import Iterable, Iterator

from anlan.portal.decoding.lines import Line, Said, told
from anlan.protocols import sl651
from anlan.protocols.bits import names
from anlan.protocols.sl651 import Item, Message, Report
from anlan.protocols.sl651.elements import FUNCTIONS, STATION_CLASSES, STATUS_BITS, Kind


def explained(lines: Iterable[Line]) -> Iterator[Said]:
    return told("sl651", lines, b"\x7e\x7e", sl651.Sl651Decoder, _message)


def _message(message: Message) -> Said:
    said: Said = {
        "ok": not message.faults,
        "direction": message.direction.name.lower(),
        "centre": message.centre,
        "station": message.station,
        "password": f"{message.password:04X}",
        "function": f"{message.function:02X}",
        "function_name": FUNCTIONS.get(message.function, ""),
        "serial": message.serial,
        "sent_at": message.sent_at,
        "end": message.end.name,
        "checks": {"crc": "ok", "elements": list(message.faults) or "ok"},
    }
    if message.packet is not None:
        said["packet"] = dataclasses.asdict(message.packet)
    if message.reports:
        said["reports"] = [_report(report) for report in message.reports]
    if message.text:
        said["text"] = message.text
    elif message.rest:
        said["rest"] = message.rest.hex().upper()
    return said | {"raw": message.raw.hex().upper()}


def _report(report: Report) -> Said:
    return {
        "station": report.station,
        "class": f"{report.station_class:02X}",
        "class_name": STATION_CLASSES.get(report.station_class, ""),
        "elements": [_element(item) for item in report.items],
    }


def _element(item: Item) -> Said:
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
        said["values"] = [{"observed_at": at, "value": value} for at, value in item.timed()]
    if row is not None and row.kind is Kind.STATUS:
        bits = int.from_bytes(item.raw, "big")
        said["set"] = names(bits, dict(enumerate(STATUS_BITS)))
    if item.raw:
        said["raw"] = item.raw.hex().upper()
    if item.fault:
        said["fault"] = item.fault
    return said
