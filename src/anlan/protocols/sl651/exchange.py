"""Who says what after whom (6.3.1.2, 6.6.4): the centre's questions and orders, and its answers.

A question goes down with serial 0 (6.6.2.4) and ends with ENQ. The station answers under the same
function; the centre closes with a frame that repeats the answer's serial (mode M4).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from anlan.protocols.framing import NotEncodable
from anlan.protocols.sl651 import content_text
from anlan.protocols.sl651.content import (
    CARD_BIT,
    GATES,
    NEW_PASSWORD,
    PUMPS,
    QUOTA,
    SET_BASIC,
    SET_CARD,
    SET_RUNNING,
    VALVES,
    parameter,
    set_parameters,
)
from anlan.protocols.sl651.frames import Coding, Control, Direction
from anlan.protocols.sl651.messages import Message, Packet

ASK_LIVE = 0x37
_TIMED_REPORT, _EXTRA_REPORT = 0x20, 0x21  # table D.4
_HOUR_S, _MINUTE_S = 3600, 60
_TIMED_HOURS = {1, 2, 3, 4, 6, 8, 12, 24}
_LONGEST_MIN = 59
_ASKED_BY_CENTRE = 0
_STATION, _FIGURES = b"\xf1\xf1", 10
_A_PASSWORD = 4  # bytes of a new password with its identifier


def _gates_on(rest: bytes) -> bytes:
    """The number of gates and which are open, without how far."""
    return rest[: 1 + (rest[0] + 7) // 8]


_REPEATED: dict[int, Callable[[bytes], bytes]] = {
    **dict.fromkeys((SET_BASIC, SET_RUNNING, SET_CARD, PUMPS, VALVES, QUOTA), bytes),
    NEW_PASSWORD: lambda rest: rest[-_A_PASSWORD:],
    GATES: _gates_on,
}


def question(to: Message, function: int, at: datetime, rest: bytes = b"") -> Message:
    """A question or order to the station that sent `to`; `rest` is what follows serial and time.

    The time `at` is the order's own for 4A: the station sets its clock to it.
    """
    return Message(
        direction=Direction.DOWN,
        centre=to.centre,
        station=to.station,
        password=to.password,
        function=function,
        serial=_ASKED_BY_CENTRE,
        sent_at=at,
        end=Control.ENQ,
        rest=rest,
        coding=to.coding,
    )


def reporting_interval(seconds: int) -> bytes:
    """The content of 42 that makes the station report so often; raises `NotEncodable`.

    Hours that divide the day are the interval of timed reports (20), minutes under an hour that
    of extra reports (21): the standard has no other.
    """
    hours, minutes = seconds / _HOUR_S, seconds / _MINUTE_S
    if hours in _TIMED_HOURS:
        code, figure = _TIMED_REPORT, int(hours)
    elif minutes.is_integer() and 1 <= minutes <= _LONGEST_MIN:
        code, figure = _EXTRA_REPORT, int(minutes)
    else:
        raise NotEncodable(f"no station reports every {seconds} s")
    return set_parameters([parameter(code, Decimal(figure))])


def ask_again(packet: Message, serial: int | None, number: int, sent_at: datetime) -> Message:
    """NAK for the packet `number` of the body that `packet` belongs to (table 23, note)."""
    total = packet.packet.total if packet.packet else number
    again = answer(packet, sent_at, Control.NAK)
    return replace(again, serial=serial or _ASKED_BY_CENTRE, packet=Packet(total, number))


def agrees(message: Message, asked: Message) -> bool:
    """Whether a station's answer says that it did what was asked.

    It repeats what it was told as it stands now (tables 51, 66, 70, 73, 76, 79, 81); one that
    repeats nothing agrees. Gates take their time: of them only which are to be open is held
    against it. Who was only asked has done so by answering.
    """
    if asked.function not in _REPEATED:
        return True
    if message.coding is Coding.ASCII:
        return content_text.repeats(asked.function, asked.rest, message.rest, message.station)
    said = message.rest.removeprefix(bytes.fromhex(f"F1F1{message.station}"))
    if not asked.rest or not said:
        return True
    if asked.function == SET_CARD:
        return not (int.from_bytes(said[2:6], "big") ^ int.from_bytes(asked.rest[2:], "big")) & (
            1 << CARD_BIT
        )
    return _REPEATED[asked.function](asked.rest) in said


def about(message: Message) -> str:
    """The station that an answer without reports is of: the one it names in front, else the sender.

    A relay may answer for a station behind it.
    """
    if message.reports:
        return message.station
    if message.coding is Coding.ASCII:
        words = message.rest.split(maxsplit=2)
        named = words[1].decode("ascii", "replace") if words[:1] == [b"ST"] and words[1:] else ""
    else:
        marked = message.rest[:2] == _STATION
        named = message.rest[2:7].hex().upper() if marked else ""
    return named if len(named) == _FIGURES else message.station


def answer(message: Message, sent_at: datetime, end: Control) -> Message:
    """The centre's answer to a message: same function and serial, only serial and time inside.

    EOT lets the station go, ESC keeps it on line, ACK awaits more, NAK asks for it again. To a
    divided body the answer carries the number of its last packet.
    """
    packet = message.packet and Packet(message.packet.total, message.packet.total)
    return Message(
        direction=Direction.DOWN,
        centre=message.centre,
        station=message.station,
        password=message.password,
        function=message.function,
        serial=message.serial,
        sent_at=sent_at,
        end=end,
        packet=packet,
        coding=message.coding,
    )
