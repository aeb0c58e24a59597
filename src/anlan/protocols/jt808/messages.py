"""Messages of JT/T 808: header and body, divided ones packet by packet (4.4.3).

Header: id 2, properties 2 (length of the body, encryption, divided, edition), for 2019 the protocol
version 1, telephone BCD 6 or 10, serial 2, and for a divided message total 2 and number 2.
"""

from dataclasses import dataclass, field, replace

from anlan.protocols.framing import Decoder, Malformed, NotEncodable
from anlan.protocols.jt808.codes import MESSAGES
from anlan.protocols.jt808.frames import (
    DIVIDED,
    EDITION_2019,
    FLAG,
    LONGEST_BODY,
    LONGEST_FRAME,
    Splitter,
    content_of,
    framed,
)

_LENGTH, _ENCRYPTION = 0x3FF, 0x7
_PHONE = {2013: 6, 2019: 10}


@dataclass(frozen=True, slots=True)
class Packet:
    """Packet `number` of `total`, from 1."""

    total: int
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """One frame. `phone` is the terminal's number, 12 digits (2013) or 20 (2019), zeros before it.

    `edition` is 2013 (and 2011, which has the same header) or 2019 with its protocol `version`.
    `encryption` 1 is RSA. `body` is its bytes; `bodies.parse` says what stands in it.
    """

    id: int
    phone: str
    serial: int
    body: bytes = b""
    edition: int = 2013
    version: int = 1
    encryption: int = 0
    packet: Packet | None = None
    raw: bytes = field(default=b"", compare=False, repr=False)

    @property
    def name(self) -> str:
        """Empty for an id that is not the standard's."""
        return MESSAGES.get(self.id, "")


def decode(frame: bytes) -> Message:
    """The message of one whole frame that checks; raises `Malformed`."""
    content = content_of(frame)
    properties = int.from_bytes(content[2:4], "big")
    edition = 2019 if properties & EDITION_2019 else 2013
    at = 4 + (edition == 2019)
    phone = content[at : at + _PHONE[edition]]
    at += _PHONE[edition]
    serial = int.from_bytes(content[at : at + 2], "big")
    at += 2
    packet = None
    if properties & DIVIDED:
        total, number = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (0, 2))
        at += 4
        if not 1 <= number <= total:
            raise Malformed(f"packet {number} of {total}")
        packet = Packet(total, number)
    body = content[at:]
    if at > len(content) or len(body) != properties & _LENGTH:
        raise Malformed(f"a body of {len(body)} bytes, {properties & _LENGTH} announced")
    return Message(
        id=int.from_bytes(content[:2], "big"),
        phone=phone.hex().upper(),
        serial=serial,
        body=body,
        edition=edition,
        version=content[4] if edition == 2019 else 1,
        encryption=properties >> 10 & _ENCRYPTION,
        packet=packet,
        raw=frame,
    )


def with_its_flag(message: Message) -> Message:
    """The same; its bytes are a frame also where it shared its first flag with the one before."""
    if message.raw.startswith(FLAG):
        return message
    return replace(message, raw=FLAG + message.raw)


def encode(message: Message) -> bytes:
    """The frame of a message; raises `NotEncodable`, also for a body over 1023 bytes."""
    if len(message.body) > LONGEST_BODY:
        raise NotEncodable(f"a body of {len(message.body)} bytes; divide it")
    if message.edition not in _PHONE or not 0 <= message.encryption <= _ENCRYPTION:
        raise NotEncodable(f"edition {message.edition}, encryption {message.encryption}")
    properties = len(message.body) | message.encryption << 10
    properties |= DIVIDED if message.packet else 0
    properties |= EDITION_2019 if message.edition == 2019 else 0
    try:
        header = message.id.to_bytes(2, "big") + properties.to_bytes(2, "big")
        if message.edition == 2019:
            header += bytes([message.version])
        header += bytes.fromhex(message.phone.zfill(2 * _PHONE[message.edition]))
        header += message.serial.to_bytes(2, "big")
        if message.packet is not None:
            if not 1 <= message.packet.number <= message.packet.total:
                raise NotEncodable(f"packet {message.packet.number} of {message.packet.total}")
            header += message.packet.total.to_bytes(2, "big")
            header += message.packet.number.to_bytes(2, "big")
    except (OverflowError, ValueError) as error:
        raise NotEncodable(str(error)) from None
    if len(message.phone) > 2 * _PHONE[message.edition]:
        raise NotEncodable(f"{message.phone} has more than {2 * _PHONE[message.edition]} digits")
    return framed(header + message.body)


class Jt808Decoder(Decoder[Message]):
    """Bytes of one connection in, messages and rejected bytes out. Never raises."""

    def __init__(self) -> None:
        super().__init__(Splitter(), LONGEST_FRAME, decode, _sender)


def _sender(frame: bytes) -> str:
    content = content_of(frame)
    edition = 2019 if int.from_bytes(content[2:4], "big") & EDITION_2019 else 2013
    at = 4 + (edition == 2019)
    return content[at : at + _PHONE[edition]].hex().upper()
