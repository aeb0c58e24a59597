"""What the spool keeps of a message."""

from datetime import datetime

from anlan.protocols.hj212.measuring import periods, readings
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.particulars import particulars
from anlan.vocabulary.frames import Frame


def frame_of(message: Message, device: str, received_at: datetime, raw: bytes) -> Frame:
    """Everything of a message that the house has a place for, as its device's frame."""
    return Frame(
        "hj212", device, received_at, raw.hex().upper(), readings(message, received_at),
        periods=periods(message, received_at), particulars=particulars(message, received_at),
    )  # fmt: skip
