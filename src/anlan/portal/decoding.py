"""What a captured message says, in the standard's own names and units; behind `anlan decode`.

Loads no framework: only the codecs.
"""

import dataclasses
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TextIO

from anlan.protocols import cap, sl651
from anlan.protocols.framing import Rejected
from anlan.protocols.sl651 import Item, Message, Report
from anlan.protocols.sl651.elements import FUNCTIONS, STATION_CLASSES, STATUS_BITS, Kind

Line = str | bytes
Said = dict[str, Any]

_END_OF_CAP = re.compile(rb"</(?:\w+:)?alert\s*>")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_HEX = re.compile(rb"[0-9A-Fa-f]*")


def decode(protocol: str, lines: Iterable[Line]) -> Iterator[Said]:
    """One JSON-like object a message, rejected ones with ``ok`` false and the reason.

    sl651: a line is one frame or more in hexadecimal (spaces do not matter), or raw bytes.
    cap: the lines together are one XML document or more. Raises `KeyError` for other protocols.
    """
    return PROTOCOLS[protocol](lines)


def explain(protocol: str, lines: Iterable[Line], out: TextIO | None = None) -> int:
    """Print what `decode` says, one object a line; 1 when anything was rejected, else 0."""
    wrong = 0
    for said in decode(protocol, lines):
        wrong += not said["ok"]
        print(json.dumps(said, ensure_ascii=False, default=_plain), file=out or sys.stdout)
    return 1 if wrong else 0


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"{type(value).__name__} has no JSON form")


# SL 651.


def _sl651(lines: Iterable[Line]) -> Iterator[Said]:
    for number, line in enumerate(lines, 1):
        raw = _bytes(line)
        place = {"protocol": "sl651", "line": number}
        if raw is None:
            text = line if isinstance(line, str) else line.decode("utf-8", "replace")
            yield place | {"ok": False, "reason": "not_hexadecimal", "raw": text.strip()}
            continue
        decoder = sl651.Sl651Decoder()
        for part in [*decoder.feed(raw), *decoder.flush()]:
            yield place | (_rejected(part) if isinstance(part, Rejected) else _message(part))


def _bytes(line: Line) -> bytes | None:
    """The bytes of a line of hexadecimal, or of a raw one; None when it is neither."""
    if isinstance(line, bytes) and b"\x7e\x7e" in line:
        return line
    text = line if isinstance(line, bytes) else line.encode()
    digits = b"".join(text.split()).removeprefix(b"0x")
    if len(digits) % 2 or not _HEX.fullmatch(digits):
        return None
    return bytes.fromhex(digits.decode())


def _rejected(part: Rejected) -> Said:
    return {
        "ok": False,
        "reason": part.reason.value,
        "detail": part.detail,
        "station": part.sender,
        "raw": part.raw.hex().upper(),
    }


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
        said["set"] = [name for n, name in enumerate(STATUS_BITS) if bits >> n & 1]
    if item.raw:
        said["raw"] = item.raw.hex().upper()
    if item.fault:
        said["fault"] = item.fault
    return said


# CAP.


def _cap(lines: Iterable[Line]) -> Iterator[Said]:
    text = b"".join(_cap_bytes(line) for line in lines)
    start = 0
    ends = [found.end() for found in _END_OF_CAP.finditer(text)]
    for end in ends if ends and not text[ends[-1] :].strip() else [*ends, len(text)]:
        yield {"protocol": "cap"} | _cap_message(text[start:end].lstrip())
        start = end


def _cap_bytes(line: Line) -> bytes:
    """Text is no longer in the coding that its declaration names."""
    line = line if isinstance(line, bytes) else _DECLARATION.sub("", line).encode()
    return line if line.endswith(b"\n") else line + b"\n"


def _cap_message(document: bytes) -> Said:
    try:
        alert = cap.parse(document)
    except cap.BadCap as error:
        return {"ok": False, "reason": error.reason.value, "detail": str(error)}
    breaches = [dataclasses.asdict(breach) for breach in cap.check(alert)]
    return {"ok": not breaches, "checks": breaches or "ok"} | dataclasses.asdict(alert)


PROTOCOLS: dict[str, Callable[[Iterable[Line]], Iterator[Said]]] = {"sl651": _sl651, "cap": _cap}
