"""What a gateway spools, each as one JSON line: frames, bad ones, parts, answers to orders."""

from datetime import datetime
from typing import Any

from msgspec import DecodeError, Struct, json

from anlan.vocabulary.notices import Notice, Particular
from anlan.vocabulary.readings import Fix, Outcome, PeriodValue, Picture, Reading


class Frame(Struct, frozen=True, tag="frame", tag_field="line", omit_defaults=True):
    """A frame that passed its checks, with what it carries. `raw` is upper-case hex.

    It is left empty where the frame says nothing beside its pictures: they are nearly all of it.
    `clock` is what the device's clock showed when it sent the frame, where no reading says so.
    `beat`: it says no more than that it is on line, which is no report.
    """

    protocol: str
    device: str
    received_at: datetime
    raw: str
    readings: tuple[Reading, ...]
    fixes: tuple[Fix, ...] = ()
    notices: tuple[Notice, ...] = ()
    periods: tuple[PeriodValue, ...] = ()
    pictures: tuple[Picture, ...] = ()
    particulars: tuple[Particular, ...] = ()
    clock: datetime | None = None
    beat: bool = False


class BadFrame(Struct, frozen=True, tag="bad", tag_field="line"):
    """Bytes that did not become a frame, and why: kept, counted, shown."""

    protocol: str
    device: str
    peer: str
    received_at: datetime
    raw: str
    reason: str
    detail: str = ""


class CommandAnswer(Struct, frozen=True, tag="answer", tag_field="line"):
    """What became of a command, by its id, and what the device said (`vocabulary.words.Words`)."""

    device: str
    command: str
    at: datetime
    outcome: Outcome
    said: tuple[Any, ...] = ()


class Part(Struct, frozen=True, tag="part", tag_field="line"):
    """One packet of a message that its device divided, answered before the others have come.

    `message` names, among the device's, the message it belongs to; it is the `number`-th of
    `total`.
    """

    protocol: str
    device: str
    peer: str
    received_at: datetime
    raw: str
    message: str
    number: int
    total: int


Line = Frame | BadFrame | CommandAnswer | Part

to_line = json.Encoder().encode
_reader: json.Decoder[Line] = json.Decoder(Line)


def from_line(line: bytes) -> Line:
    """What `to_line` wrote: one JSON object, UTF-8, without a line end. Raises `ValueError`."""
    try:
        return _reader.decode(line)
    except DecodeError as fault:
        raise ValueError(str(fault)) from fault
