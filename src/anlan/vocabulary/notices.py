"""What a device itself states as an alarm, a state or an operation, and what it says it is."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from anlan.vocabulary.readings import Position


class NoticeState(StrEnum):
    """BEGUN: this holds now. ENDED: nothing of the kind holds any more. EVENT: it happened once."""

    BEGUN = "begun"
    ENDED = "ended"
    EVENT = "event"


class Notice(Struct, frozen=True, array_like=True, gc=False):
    """One statement of a device, at an aware time.

    `code` is the protocol and its word: ``gb26875:fire``. `part` is what it is about within the
    device, empty for the whole: ``1-0/40-5`` is detector 5 of kind 40 of system 1-0; `words` is
    what the device calls it. Every BEGUN or ENDED of a part at one time replaces what was stated
    of that part before. `value` is in the unit that the code has. `position` is where a thing that
    moves was then, `speed_kmh` how fast.
    """

    device: str
    at: datetime
    code: str
    state: NoticeState
    part: str = ""
    words: str = ""
    level: int | None = None
    value: float | None = None
    position: Position | None = None
    speed_kmh: float | None = None


class Particular(Struct, frozen=True, array_like=True, gc=False):
    """What a device says that it or a part of it is, at an aware time; what it says last holds.

    `code` and `part` as of a notice: ``gb26875:version``. `text` is in the device's own words;
    `clock` is what a clock showed when the device said so, and then there is no text.
    """

    at: datetime
    code: str
    part: str
    text: str = ""
    clock: datetime | None = None
