"""Divided messages: their packets are kept until the whole can be read.

A device is answered for each packet, so each is recorded as it comes, by whichever recorder: the
one that finds the last of them in the table reads the message. Recording them again is harmless.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.sensing.models import FramePart
from anlan.protocols import hj212
from anlan.vocabulary import clock, frames

# A device says a packet three times, at most 99 s apart (HJ 212-2017 6.1, table 4).
TOGETHER = timedelta(minutes=10)
NAME_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Whole:
    """Messages that are whole now, as lines to record, and the parts they were made of."""

    lines: tuple[frames.Line, ...] = ()
    parts: tuple[int, ...] = ()

    def recorded(self) -> None:
        """The lines are recorded: the parts have done their work."""
        if self.parts:
            FramePart.objects.filter(pk__in=self.parts).update(whole=True)


def keep_parts(items: Sequence[frames.Line]) -> Whole:
    """Keep the parts among the lines, and say what has become whole by them."""
    parts = [item for item in items if isinstance(item, frames.Part)]
    if not parts:
        return Whole()
    FramePart.objects.bulk_create(map(_row, parts), ignore_conflicts=True)
    lines: list[frames.Line] = []
    used: list[int] = []
    for rows in _of_one_message(parts):
        if len({row.number for row in rows}) == rows[0].total:
            messages, done = _assembled(rows, _raws(rows))
            used += done
            for raws in messages:
                lines += READERS[rows[0].protocol](raws, rows[0].device, rows[-1].received_at)
    return Whole(tuple(lines), tuple(used))


def _assembled(
    rows: Sequence[FramePart], raws: Mapping[int, bytes]
) -> tuple[list[list[bytes]], list[int]]:
    """The messages that are whole by these parts, and the parts that need not wait any more.

    A packet that comes once more takes the place of the one before. An instrument whose QN stands
    still sends one message after the other by one name.
    """
    messages: list[list[bytes]] = []
    used: list[int] = []
    begun: dict[int, bytes] = {}
    passed: list[int] = []
    for row in rows:
        passed.append(row.pk)
        begun[row.number] = raws[row.pk]
        if len(begun) == row.total:
            whole = [begun[number] for number in sorted(begun)]
            messages.append(whole)
            used += [pk for pk in passed if raws[pk] in whole]
            begun, passed = {}, []
    return messages, used


def _row(part: frames.Part) -> FramePart:
    return FramePart(
        digest=hashlib.sha256(frames.to_line(part)).hexdigest()[:32], protocol=part.protocol,
        device=part.device, peer=part.peer[:60], received_at=part.received_at, raw=part.raw,
        message=_name(part), number=part.number, total=part.total, kept_at=clock.now(),
    )  # fmt: skip


def _name(part: frames.Part) -> str:
    """NUL is nothing that PostgreSQL keeps."""
    return part.message.replace("\0", "")[:NAME_LONGEST]


def _of_one_message(parts: Sequence[frames.Part]) -> list[list[FramePart]]:
    """What waits of the messages that these parts belong to, in the order it came."""
    touched = {(part.protocol, part.device, _name(part), part.total) for part in parts}
    rows = FramePart.objects.filter(
        whole=False, device__in={part.device for part in parts},
        message__in={_name(part) for part in parts},
        received_at__gt=min(part.received_at for part in parts) - TOGETHER,
    ).defer("raw").order_by("received_at", "pk")  # fmt: skip
    found: dict[tuple[str, str, str, int], list[FramePart]] = {}
    for row in rows:
        key = (row.protocol, row.device, row.message, row.total)
        if key in touched:
            found.setdefault(key, []).append(row)
    return [
        [row for row in rows if row.received_at > rows[-1].received_at - TOGETHER]
        for rows in found.values()
    ]


def _raws(rows: Sequence[FramePart]) -> dict[int, bytes]:
    wanted = FramePart.objects.filter(pk__in=[row.pk for row in rows])
    return {pk: bytes.fromhex(raw) for pk, raw in wanted.values_list("pk", "raw")}


def _hj212(raws: Sequence[bytes], device: str, came: datetime) -> tuple[frames.Line, ...]:
    message = hj212.joined([hj212.decode(raw) for raw in raws], device)
    raw = message.raw.hex().upper()
    frame = hj212.frame_of(message, device, came, message.raw)
    doubts = hj212.doubts(message, came)
    return (
        frame,
        *(frames.BadFrame("hj212", device, "", came, raw, *doubt) for doubt in doubts),
    )


READERS: dict[str, Callable[[Sequence[bytes], str, datetime], tuple[frames.Line, ...]]] = {
    "hj212": _hj212
}
