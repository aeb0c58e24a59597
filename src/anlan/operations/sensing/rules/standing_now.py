"""Where a station stands now: over a threshold, below, silent, or not yet in service."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from anlan.operations.sensing.rules.crossings import Limit
from anlan.vocabulary.words import NP_, Term


class Now(StrEnum):
    """OVER a threshold; NORMAL; STALE: the last value is old; SILENT; NEVER: nothing yet."""

    OVER = "over"
    NORMAL = "normal"
    STALE = "stale"
    SILENT = "silent"
    NEVER = "never"


NOW_WORDS: dict[str, Term] = {
    Now.OVER: NP_("station state", "Over its threshold"),
    Now.NORMAL: NP_("station state", "Normal"),
    Now.STALE: NP_("station state", "Old data"),
    Now.SILENT: NP_("station state", "Silent"),
    Now.NEVER: NP_("station state", "Not yet reporting"),
}
NOW_MARKS: dict[str, str] = {
    Now.OVER: "doing",
    Now.NORMAL: "done",
    Now.STALE: "wait",
    Now.SILENT: "stop",
    Now.NEVER: "wait",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A threshold in the series' datum; `allowed`: the level itself does not reach it."""

    kind: str
    level_m: float
    alert_level: int | None
    allowed: bool = False


def highest_reached(value: float, marks: Sequence[Mark]) -> Mark | None:
    """The highest threshold that the value has reached; None below all."""
    reached = [mark for mark in marks if value >= Limit(mark.level_m, allowed=mark.allowed).begins]
    return max(reached, key=lambda mark: mark.level_m, default=None)
