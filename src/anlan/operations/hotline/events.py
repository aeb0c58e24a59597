"""What the hotline tells the rooms above, and what its timers say. Never who reported."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("hotline.tip_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class TipMoved(Event):
    """A report took a step. `verdict` is empty before it was verified.

    `hazard`: of a report of a natural hazard's sign, as the event files call it; else empty.
    `source`, `source_id`: of the platform that handed the report on.
    """

    tip_id: int
    number: str
    verb: str
    before: str
    after: str
    kind: str
    verdict: str
    area_code: str
    sector: str
    hazard: str = ""
    source: str = ""
    source_id: str = ""


@fact("hotline.reward_lapses")
@dataclass(frozen=True, slots=True, kw_only=True)
class RewardLapses(Event):
    """The time to claim a reward is over."""

    tip_id: int
