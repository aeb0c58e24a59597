"""Messages of GB/T 26875.3: what a frame says, and the frame that says it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from anlan.protocols.framing import Decoder, NotEncodable
from anlan.protocols.gb26875.codes import COMMANDS, TYPES, Command, Type
from anlan.protocols.gb26875.frames import (
    END,
    HEAD,
    LONGEST_FRAME,
    LONGEST_UNIT,
    START,
    TAIL,
    framed,
    split,
)
from anlan.protocols.gb26875.units import Unit, moment, parse, stamped, written

NOWHERE = "0" * 12


@dataclass(frozen=True, slots=True)
class Message:
    """One frame. Addresses are twelve hexadecimal digits, the highest byte first.

    `unit` is None where there is no application unit or one of a type that is not the standard's;
    `rest` then holds its bytes. `version` is (main, user's); makers also write (16, 0).
    `sent_at` is None for a frame without a time.
    """

    command: int
    serial: int
    source: str = NOWHERE
    target: str = NOWHERE
    sent_at: datetime | None = None
    version: tuple[int, int] = (1, 0)
    unit: Unit | None = None
    rest: bytes = b""
    raw: bytes = field(default=b"", compare=False, repr=False)

    @property
    def command_name(self) -> str:
        """Empty for the user's commands, from 128."""
        return COMMANDS[Command(self.command)] if self.command in set(Command) else ""

    @property
    def type(self) -> Type | None:
        """The row of the unit's type."""
        return None if self.unit is None else TYPES[self.unit.type]


def decode(frame: bytes) -> Message:
    """The message of one whole frame that checks; raises `Malformed`."""
    unit_bytes = frame[HEAD:-TAIL]
    unit = parse(unit_bytes)
    return replace(_headed(frame), unit=unit, rest=unit_bytes if unit is None else b"")


def header_of(frame: bytes) -> Message | None:
    """Who says what to whom under which serial, of a frame that cannot be taken; None of no frame.

    The sum may be wrong: believe it for an answer only.
    """
    if len(frame) < HEAD + TAIL or not (frame.startswith(START) and frame.endswith(END)):
        return None
    return _headed(frame)


def _headed(frame: bytes) -> Message:
    return Message(
        command=frame[26],
        serial=int.from_bytes(frame[2:4], "little"),
        source=_address(frame[12:18]),
        target=_address(frame[18:24]),
        sent_at=moment(frame[6:12]),
        version=(frame[4], frame[5]),
        raw=frame,
    )


def _address(raw: bytes) -> str:
    return raw[::-1].hex().upper()


def encode(message: Message) -> bytes:
    """The frame of a message; raises `NotEncodable`, also for a unit over 1024 bytes."""
    unit = message.rest if message.unit is None else written(message.unit)
    if message.unit is not None and message.rest:
        raise NotEncodable("a unit and the bytes of another")
    if len(unit) > LONGEST_UNIT:
        raise NotEncodable(f"an application unit of {len(unit)} bytes, at most {LONGEST_UNIT}")
    try:
        control = b"".join(
            (
                message.serial.to_bytes(2, "little"),
                bytes(message.version),
                stamped(message.sent_at),
                _bytes(message.source),
                _bytes(message.target),
                len(unit).to_bytes(2, "little"),
                bytes([message.command]),
            )
        )
    except (OverflowError, ValueError) as error:
        raise NotEncodable(str(error)) from None
    return framed(control, unit)


def _bytes(address: str) -> bytes:
    raw = bytes.fromhex(address)
    if len(raw) != 6:
        raise NotEncodable(f"{address!r} is no address of twelve hexadecimal digits")
    return raw[::-1]


class Gb26875Decoder(Decoder[Message]):
    """Bytes of one connection in, messages and rejected bytes out. Never raises."""

    def __init__(self) -> None:
        super().__init__(split, LONGEST_FRAME, decode, _source)


def _source(frame: bytes) -> str:
    return _address(frame[12:18])
