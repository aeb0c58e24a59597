"""What a drill leaves for its report beside the platform's own records."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.drills.rules.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Taken:
    """One decision as it was taken. `by_person`: somebody at the pages was first."""

    at: datetime
    verb: str
    by: str
    label: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """Real seconds: they differ from run to run and stand apart in the report."""

    total_s: float
    frame_to_alarm_s: tuple[float, ...]
    alarm_to_draft_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """A drill that has ended. `fault` says why it failed; empty when it did not.

    `stood_down` are decisions that the played crest never called for.
    """

    scenario: Scenario
    shift_hours: float
    raise_m: float
    frames_sent: int
    frames_acked: int
    taken: tuple[Taken, ...]
    stood_down: tuple[str, ...]
    finished: bool
    fault: str
    wall: Wall
