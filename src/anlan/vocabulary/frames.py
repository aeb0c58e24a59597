"""What a gateway spools, each as one JSON line: frames, bad frames, answers to orders."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anlan.vocabulary.datum import Datum
from anlan.vocabulary.notices import Notice, NoticeState
from anlan.vocabulary.readings import Element, Fix, Outcome, Position, Reading


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that passed its checks, with what it carries. `raw` is upper-case hex."""

    protocol: str
    device: str
    received_at: datetime
    raw: str
    readings: tuple[Reading, ...]
    fixes: tuple[Fix, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class BadFrame:
    """Bytes that did not become a frame, and why: kept, counted, shown."""

    protocol: str
    device: str
    peer: str
    received_at: datetime
    raw: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """What became of a command, by its id: `detail` is the device's own words for it."""

    device: str
    command: str
    at: datetime
    outcome: Outcome
    detail: str = ""


Line = Frame | BadFrame | CommandAnswer


def to_line(item: Line) -> bytes:
    """One JSON object, UTF-8, without a line end."""
    if isinstance(item, CommandAnswer):
        return _joined(
            {"command": item.command, "device": item.device, "at": item.at.isoformat(),
             "outcome": item.outcome, "detail": item.detail}
        )  # fmt: skip
    body: dict[str, Any] = {
        "protocol": item.protocol,
        "device": item.device,
        "received_at": item.received_at.isoformat(),
        "raw": item.raw,
    }
    if isinstance(item, BadFrame):
        body |= {"peer": item.peer, "reason": item.reason, "detail": item.detail}
    else:
        body["readings"] = [
            [r.device, r.element, r.at.isoformat(), r.value, r.sent_at.isoformat(), r.datum]
            for r in item.readings
        ]
        if item.fixes:
            body["fixes"] = [_fix_row(fix) for fix in item.fixes]
        if item.notices:
            body["notices"] = [
                [n.device, n.at.isoformat(), n.code, n.state, n.part, n.words, n.level, n.value]
                for n in item.notices
            ]
    return _joined(body)


def _fix_row(fix: Fix) -> list[Any]:
    return [
        fix.device, fix.at.isoformat(), fix.position.lon, fix.position.lat, fix.located,
        fix.sent_at.isoformat(), fix.altitude_m, fix.speed_kmh, fix.heading_deg, fix.mileage_km,
        fix.fuel_l,
    ]  # fmt: skip


def _fix(row: list[Any]) -> Fix:
    device, at, lon, lat, located, sent_at, *figures = row
    return Fix(
        device, datetime.fromisoformat(at), Position(lon, lat), located,
        datetime.fromisoformat(sent_at), *figures,
    )  # fmt: skip


def _joined(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def from_line(line: bytes) -> Line:
    """What `to_line` wrote."""
    body = json.loads(line)
    if "command" in body:
        return CommandAnswer(
            body["device"], body["command"], datetime.fromisoformat(body["at"]),
            Outcome(body["outcome"]), body["detail"],
        )  # fmt: skip
    received_at = datetime.fromisoformat(body["received_at"])
    if "reason" in body:
        return BadFrame(
            body["protocol"], body["device"], body["peer"], received_at, body["raw"],
            body["reason"], body["detail"],
        )  # fmt: skip
    readings = tuple(
        Reading(
            device, Element(element), datetime.fromisoformat(at), value,
            datetime.fromisoformat(sent_at), Datum(datum) if datum else None,
        )
        for device, element, at, value, sent_at, datum in body["readings"]
    )  # fmt: skip
    fixes = tuple(map(_fix, body.get("fixes", ())))
    notices = tuple(
        Notice(device, datetime.fromisoformat(at), code, NoticeState(state), *rest)
        for device, at, code, state, *rest in body.get("notices", ())
    )
    return Frame(
        body["protocol"], body["device"], received_at, body["raw"], readings, fixes, notices
    )
