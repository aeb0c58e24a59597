"""Where a station stands now: beyond a threshold, with another alarm, normal, silent, or new."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from anlan.operations.sensing.rules.crossings import Limit
from anlan.vocabulary.words import NP_, Term


class Now(StrEnum):
    """OVER a threshold; UNDER a lower one; ALARM: another one is open; NORMAL; STALE: the last
    value is old; SILENT; NEVER: nothing yet."""

    OVER = "over"
    UNDER = "under"
    ALARM = "alarm"
    NORMAL = "normal"
    STALE = "stale"
    SILENT = "silent"
    NEVER = "never"


NOW_WORDS: dict[str, Term] = {
    Now.OVER: NP_("station state", "Over its threshold"),
    Now.UNDER: NP_("station state", "Under its lower limit"),
    Now.ALARM: NP_("station state", "Alarm open"),
    Now.NORMAL: NP_("station state", "Normal"),
    Now.STALE: NP_("station state", "Old data"),
    Now.SILENT: NP_("station state", "Silent"),
    Now.NEVER: NP_("station state", "Not yet reporting"),
}
NOW_MARKS: dict[str, str] = {
    Now.OVER: "doing",
    Now.UNDER: "doing",
    Now.ALARM: "doing",
    Now.NORMAL: "done",
    Now.STALE: "wait",
    Now.SILENT: "stop",
    Now.NEVER: "wait",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A threshold in the series' datum; `allowed`: the level itself does not reach it; `lower`: it
    must not be undercut."""

    kind: str
    level_m: float
    alert_level: int | None
    allowed: bool = False
    lower: bool = False

    def crossed_by(self, value: float) -> bool:
        side = -1 if self.lower else 1
        return side * value >= Limit(side * self.level_m, allowed=self.allowed).begins


def crossed(value: float, marks: Sequence[Mark]) -> Mark | None:
    """The highest threshold that the value has reached, else the lowest that it has undercut."""
    reached = [mark for mark in marks if mark.crossed_by(value)]
    upper = [mark for mark in reached if not mark.lower]
    if upper:
        return max(upper, key=lambda mark: mark.level_m)
    return min(reached, key=lambda mark: mark.level_m, default=None)
