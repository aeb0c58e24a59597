"""The recorder: what gateways acknowledged, from an intake into the database.

While the database is away, or not laid out as we know it, a delivery is tried again and again; the
spool (or the bus) holds what follows. A frame that the recorder itself cannot take is kept as a bad
frame and holds nobody up.
"""

import logging
from collections.abc import Sequence

from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError

from anlan.backbone.intake import Delivery, Intake
from anlan.operations.sensing.actions import record_frames
from anlan.vocabulary import clock
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Line, from_line

logger = logging.getLogger(__name__)

# The database's own state, never a frame's fault: gone, read only, or of another release's layout.
AWAY = (OperationalError, InterfaceError, InternalError, ProgrammingError)


class Recording:
    """A part of the rounds: one delivery a turn. A delivery that failed is tried again first."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._held: Delivery | None = None

    def __call__(self) -> int:
        delivery = self._held or self._intake.take()
        if delivery is None:
            return 0
        self._held = delivery
        _record(delivery.lines)
        delivery.done()
        self._held = None
        return len(delivery.lines)


def _record(lines: Sequence[bytes]) -> None:
    """Record them together; where that fails, each half by itself, down to the line that fails."""
    items = [_item(line) for line in lines]
    try:
        record_frames(items)
    except AWAY:
        raise
    except Exception as fault:
        if len(items) == 1:
            _set_it_aside(items[0], lines[0], fault)
            return
        logger.exception("a batch of %d lines could not be recorded: in halves now", len(items))
        middle = len(lines) // 2
        _record(lines[:middle])
        _record(lines[middle:])


def _set_it_aside(item: Line, line: bytes, fault: Exception) -> None:
    logger.error("a frame of %s is set aside", item.device, exc_info=fault)
    protocol = "" if isinstance(item, CommandAnswer) else item.protocol
    record_frames([_set_aside(line, protocol, item.device, "unrecordable", fault)])


def _item(line: bytes) -> Line:
    """What stands in the spool; a line that cannot be read is kept as a bad frame, not dropped."""
    try:
        return from_line(line)
    except ValueError as fault:
        logger.exception("a line of the spool is unreadable")
        return _set_aside(line, "", "", "unreadable_record", fault)


def _set_aside(line: bytes, protocol: str, device: str, reason: str, fault: Exception) -> BadFrame:
    return BadFrame(protocol, device, "", clock.now(), line.hex().upper(), reason, str(fault)[:200])
