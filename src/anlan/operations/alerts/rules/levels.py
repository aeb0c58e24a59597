"""Which level a forecast crest means, and whether it changes the alert in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anlan.operations.alerts.rules.book import Change, LevelRow
from anlan.vocabulary.datum import Stage


@dataclass(frozen=True, slots=True)
class Judged:
    """The level a crest means, the threshold it was judged by, and metres above that."""

    level: int
    row: LevelRow
    above_m: float

    def as_record(self) -> dict[str, Any]:
        """What the alert keeps of the rule it was judged by."""
        return {"level": self.level, "from_m": self.row.stage.metres,
                "datum": self.row.stage.datum, "means": self.row.means,
                "source": self.row.source, "above_m": round(self.above_m, 2)}  # fmt: skip


def level_of(
    crest: Stage, rows: Iterable[LevelRow], day: date, offset_m: float | None
) -> Judged | None:
    """The most severe level whose threshold the crest reaches (以上 includes it); None below all.

    A crest in another datum is converted by the station's own offset (Wusong − Yellow Sea,
    metres); without one the comparison is refused with `DatumMismatch`.
    """
    best: Judged | None = None
    for row in rows:
        if not row.holds_on(day):
            continue
        if crest.datum is not row.stage.datum and offset_m is not None:
            stated = crest.to(row.stage.datum, offset_m)
        else:
            stated = crest
        above = round(stated - row.stage, 4)
        if above >= 0 and (best is None or row.level < best.level):
            best = Judged(row.level, row, above)
    return best


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an alert says: comparable between one message and the next. `crest_m` in one datum."""

    level: int
    crest_m: float | None
    crest_at: datetime | None
    communities: frozenset[str]
    households: int


def differs(new: Outlook, old: Outlook, change: Change) -> list[str]:
    """Why `new` is worth an update of `old`: level, communities, crest, time, households; or []."""
    why = []
    if new.level != old.level:
        why.append("level")
    if new.communities != old.communities:
        why.append("communities")
    if new.crest_m is not None and old.crest_m is not None:
        if round(abs(new.crest_m - old.crest_m), 4) >= change.crest_m:
            why.append("crest")
    elif new.crest_m != old.crest_m:
        why.append("crest")
    if new.crest_at is not None and old.crest_at is not None:
        hours = abs((new.crest_at - old.crest_at).total_seconds()) / 3600
        if hours >= change.crest_h:
            why.append("time")
    if old.households and abs(new.households - old.households) / old.households > (
        change.households_share
    ):
        why.append("households")
    return why
