"""A message of HJ 212-2005 or -2017: what a frame says, and how it is written."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from anlan.protocols.framing import Decoder, Malformed, NotEncodable
from anlan.protocols.hj212 import segment
from anlan.protocols.hj212.frames import (
    LONGEST_FRAME,
    LONGEST_SEGMENT,
    Checksum,
    checksum_of,
    framed,
    segment_of,
    split,
)
from anlan.protocols.hj212.segment import Content, Observation

_ANSWER_WANTED, _DIVIDED = 1, 2
_LARGEST_FLAG, _LARGEST_PACKET = 255, 9999
_SENDER = b"MN="


class Edition(IntEnum):
    """The version bits of Flag (2017: 6.3.2); 2005 had no version and left them 0."""

    HJ212_2005 = 0
    HJ212_2017 = 1
    LATER = 2  # seen from surface water stations


@dataclass(frozen=True, slots=True)
class Packet:
    """One of several frames that make a message (PNUM, PNO)."""

    total: int
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """A segment. Codes are strings as the standard writes them; `qn` names a request.

    `st` is the system, `cn` the command, `pw` the password, `mn` the device's identity. `flag` is
    None where the sender wrote none (2005).
    """

    st: str
    cn: str
    mn: str = ""
    pw: str = ""
    qn: str = ""
    flag: int | None = None
    packet: Packet | None = None
    content: Content = ()
    checksum: Checksum = Checksum.HJ212
    raw: bytes = field(default=b"", compare=False, repr=False)

    @property
    def edition(self) -> Edition:
        return Edition(min((self.flag or 0) >> 2, Edition.LATER))

    @property
    def wants_answer(self) -> bool:
        """The A bit of Flag."""
        return bool((self.flag or 0) & _ANSWER_WANTED)

    @property
    def request(self) -> str:
        """The QN that this message is or answers; 2005 answers carry it in the content."""
        return self.qn or self.text("QN")

    def text(self, key: str) -> str:
        """The first field of that name in the content; empty where there is none."""
        pairs = (pair for group in self.content for pair in group)
        return next((value for name, value in pairs if name == key), "")

    def texts(self, key: str) -> tuple[str, ...]:
        """Every field of that name, e.g. the several PolId of a 3020."""
        return tuple(value for group in self.content for name, value in group if name == key)

    def moment(self, key: str) -> datetime | None:
        """A field that is a time, e.g. DataTime; None without one; raises `Malformed`."""
        text = self.text(key)
        return segment.moment(text) if text else None

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What the content says of each factor."""
        return segment.observations(self.content)


def decode(frame: bytes) -> Message:
    """The message of one whole frame that checks; raises `Malformed`.

    Text is GB 18030, of which ASCII is a part.
    """
    try:
        text = segment_of(frame).decode("gb18030")
    except UnicodeDecodeError:
        raise Malformed("the segment is neither ASCII nor GB 18030") from None
    header, content = segment.split(text)
    for key in ("ST", "CN"):
        if not header.get(key):
            raise Malformed(f"no {key}")
    if header.get("QN"):
        segment.moment(header["QN"])
    flag = _number(header, "Flag", _LARGEST_FLAG)
    total, number = (_number(header, key, _LARGEST_PACKET) for key in ("PNUM", "PNO"))
    return Message(
        st=header["ST"],
        cn=header["CN"],
        mn=header.get("MN", ""),
        pw=header.get("PW", ""),
        qn=header.get("QN", ""),
        flag=flag,
        packet=_packet(total, number),
        content=content,
        checksum=checksum_of(frame) or Checksum.HJ212,
        raw=frame,
    )


def _packet(total: int | None, number: int | None) -> Packet | None:
    """Real instruments set the D bit without numbers, and number a message of one packet."""
    if total is None and number is None:
        return None
    if total is None or number is None or not 1 <= number <= total:
        raise Malformed(f"packet {number} of {total}")
    return Packet(total, number) if total > 1 else None


def _number(header: dict[str, str], key: str, largest: int) -> int | None:
    text = header.get(key, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) > largest:
        raise Malformed(f"{key}={text} is no number from 0 to {largest}")
    return int(text)


def encode(message: Message) -> bytes:
    """The frame of a message; raises `NotEncodable`, also for a segment over 1024 bytes."""
    header = [("QN", message.qn)] if message.qn else []
    header += [("ST", message.st), ("CN", message.cn)]
    header += [(key, value) for key, value in (("PW", message.pw), ("MN", message.mn)) if value]
    if message.packet is not None:
        if not 1 <= message.packet.number <= message.packet.total <= _LARGEST_PACKET:
            raise NotEncodable(f"packet {message.packet.number} of {message.packet.total}")
        if message.packet.total == 1 or not (message.flag or 0) & _DIVIDED:
            raise NotEncodable("a packet of one, or one whose Flag does not say divided")
    if message.flag is not None:
        if not 0 <= message.flag <= _LARGEST_FLAG:
            raise NotEncodable(f"Flag={message.flag}")
        header.append(("Flag", str(message.flag)))
    if message.packet is not None:
        header += [("PNUM", str(message.packet.total)), ("PNO", str(message.packet.number))]
    try:
        body = segment.joined(tuple(header), message.content).encode("gb18030")
    except UnicodeEncodeError as error:
        raise NotEncodable(str(error)) from None
    if len(body) > LONGEST_SEGMENT:
        raise NotEncodable(f"a segment of {len(body)} bytes; divide it")
    return framed(body, message.checksum)


class Hj212Decoder(Decoder[Message]):
    """Bytes of one connection in, messages and rejected bytes out. Never raises."""

    def __init__(self) -> None:
        super().__init__(split, LONGEST_FRAME, decode, _sender)


def _sender(frame: bytes) -> str:
    start = frame.find(_SENDER)
    end = frame.find(b";", start)
    if start < 0 or end < 0:
        return ""
    return frame[start + len(_SENDER) : end].decode("ascii", "replace").strip()
