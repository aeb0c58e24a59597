"""What JT/T 808 messages say."""

import dataclasses
from collections.abc import Iterable, Iterator

from anlan.portal.decoding.lines import Line, Said, told
from anlan.protocols import jt808
from anlan.protocols.jt808 import Body, Item, Malformed, Message, Position
from anlan.protocols.jt808.codes import (
    BATCHES,
    CONTROLS,
    MESSAGES,
    PLATE_COLOURS,
    REGISTRATION_RESULTS,
    RESULTS,
)
from anlan.protocols.jt808.details import (
    CROSSED,
    PLACES,
    WAYS,
    Analog,
    Crossing,
    Detail,
    Pressures,
    RoadTime,
    Speeding,
)
from anlan.protocols.jt808.details import (
    RESULTS as ROAD_RESULTS,
)
from anlan.protocols.jt808.items import FLAGS


def explained(lines: Iterable[Line]) -> Iterator[Said]:
    return told("jt808", lines, b"\x7e", jt808.Jt808Decoder, _Saying())


class _Saying:
    """The last packet of a divided message says the whole of it too."""

    def __init__(self) -> None:
        self._packets = jt808.Assembler()

    def __call__(self, message: Message) -> Said:
        said = _message(message)
        whole = None if message.packet is None else self._packets.add(message).whole
        if whole is None:
            return said
        together = _message(whole)
        return said | {"ok": said["ok"] and together["ok"], "whole": together}


def _message(message: Message) -> Said:
    said: Said = {
        "ok": True,
        "id": f"{message.id:04X}",
        "name": message.name,
        "phone": message.phone,
        "edition": message.edition,
        "serial": message.serial,
        "checks": {"check_code": "ok", "content": "ok"},
    }
    if message.encryption:
        said["encryption"] = message.encryption
    if message.packet is not None:
        said["packet"] = dataclasses.asdict(message.packet)
    try:
        body = jt808.parse(message)
    except Malformed as error:
        said |= {"ok": False, "reason": "malformed", "detail": str(error)}
        body = None
    if body is not None:
        said["body"] = _body(body, message.edition)
        if faults := list(_faults(said["body"])):
            said |= {"ok": False, "checks": {"check_code": "ok", "content": faults}}
    elif message.body:
        said["rest"] = message.body.hex().upper()
    return said | {"raw": message.raw.hex().upper()}


def _faults(said: Said) -> Iterator[str]:
    """What of a body, and of what stands in it, could not be read."""
    yield from said.get("faults", ())
    if "fault" in said:
        yield said["fault"]
    for inside in (said.get("position"), *said.get("positions", ()), *said.get("items", ())):
        if inside is not None:
            yield from _faults(inside)


def _body(body: Body, edition: int) -> Said:
    match body:
        case Position():
            return _position(body, edition)
        case jt808.Found():
            return {"serial": body.serial, "position": _position(body.position, edition)}
        case jt808.Batch():
            each = [_position(one, edition) for one in body.positions]
            said = {"kind": body.kind, "kind_name": BATCHES.get(body.kind, ""), "positions": each}
            return said | ({"faults": body.faults} if body.faults else {})
        case jt808.Parameters():
            return {"serial": body.serial, "parameters": [_parameter(*one) for one in body.values]}
        case _:
            return _named(body)


def _parameter(number: int, raw: bytes) -> Said:
    row = jt808.PARAMETERS.get(number)
    said: Said = {"id": f"{number:04X}", "name": row.name if row else "", "raw": raw.hex().upper()}
    value = row.value(raw) if row else None
    return said if row is None or value is None else said | {"value": value, "unit": row.unit}


def _named(body: Body) -> Said:
    """The fields as they stand, with the words for their codes."""
    said = dataclasses.asdict(body)
    match body:
        case jt808.Answer():
            said |= {"of": f"{body.of:04X}", "of_name": MESSAGES.get(body.of, "")}
            said["result_name"] = RESULTS.get(body.result, "")
        case jt808.Registered():
            said["result_name"] = REGISTRATION_RESULTS.get(body.result, "")
        case jt808.Registration():
            said["colour_name"] = PLATE_COLOURS.get(body.colour, "")
        case jt808.Control():
            said["command_name"] = CONTROLS.get(body.command, "")
    return said


def _position(one: Position, edition: int) -> Said:
    said: Said = {
        "alarm": f"{one.alarm:08X}",
        "alarms": one.alarms_in(edition),
        "status": f"{one.status:08X}",
        "states": one.states,
        "fixed": one.fixed,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "altitude_m": one.altitude,
        "speed_kmh": one.speed,
        "direction": one.direction,
        "at": one.at,
        "items": [_item(item) for item in one.items],
    }
    return said | ({"faults": one.faults} if one.faults else {})


def _item(item: Item) -> Said:
    said: Said = {"id": f"{item.id:02X}", "name": item.name}
    if item.value is not None:
        said |= {"value": item.value, "unit": item.unit}
        return said if item.set is None else said | {"set": item.set}
    said["raw"] = item.raw.hex().upper()
    try:
        alarm, detail = item.alarm, item.detail
    except Malformed as error:
        return said | {"fault": str(error)}
    if alarm is not None:
        said["alarm"] = dataclasses.asdict(alarm) | {"flag_name": FLAGS.get(alarm.flag, "")}
    return said if detail is None else said | {"detail": _detail(detail)}


def _detail(detail: Detail) -> Said:
    """The fields of an item with the words for their codes; seconds in `seconds`."""
    said = dataclasses.asdict(detail)
    match detail:
        case Speeding():
            return said | {"place_name": PLACES.get(detail.place, "")}
        case Crossing():
            words = {"place_name": CROSSED.get(detail.place, "")}
            return said | words | {"way_name": WAYS.get(detail.way, "")}
        case RoadTime():
            return said | {"result_name": ROAD_RESULTS.get(detail.result, "")}
        case Analog() | Pressures():
            return said
