"""Divided messages that never got whole: their packets stand among the bad frames."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from anlan.operations.sensing.actions.parts import TOGETHER
from anlan.operations.sensing.actions.record import record_frames
from anlan.operations.sensing.models import FramePart
from anlan.protocols.framing import Reason
from anlan.vocabulary import clock, frames

KEPT = timedelta(days=1)  # a recorder that is behind still makes a message of them
PARTS_A_TURN = 200


def give_up_parts() -> int:
    """Show the packets whose message is not whole in ten minutes; forget all of them after a day.

    Returns how many were given up, at most 200 a turn.
    """
    if not FramePart.objects.exists():
        return 0
    now = clock.now()
    with transaction.atomic():
        waiting = FramePart.objects.select_for_update().filter(
            whole=False, given_up=False, kept_at__lte=now - TOGETHER
        )
        rows = list(waiting.order_by("pk")[:PARTS_A_TURN])
        if rows:
            _give_up(rows)
        FramePart.objects.exclude(whole=False, given_up=False).filter(
            kept_at__lte=now - KEPT
        ).delete()
    return len(rows)


def _give_up(rows: Sequence[FramePart]) -> None:
    read = _read(rows)
    record_frames([_bad(row) for row in rows if (row.device, row.message, row.raw) not in read])
    FramePart.objects.filter(pk__in=[row.pk for row in rows]).update(given_up=True)


def _read(rows: Sequence[FramePart]) -> set[tuple[str, str, str]]:
    """Packets of messages that were read: their device, whose answer was lost, said them again."""
    names = {row.message for row in rows}
    known = FramePart.objects.filter(
        whole=True, device__in={row.device for row in rows}, message__in=names
    )
    return set(known.values_list("device", "message", "raw"))


def _bad(row: FramePart) -> frames.BadFrame:
    return frames.BadFrame(
        row.protocol, row.device, row.peer, row.received_at, row.raw, Reason.INCOMPLETE,
        f"packet {row.number} of {row.total} of {row.message}",
    )  # fmt: skip
