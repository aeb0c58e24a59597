"""What forecasts tell the rooms above."""

from dataclasses import dataclass
from datetime import datetime

from anlan.backbone.events import Event, fact


@fact("forecasts.forecast_issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastIssued(Event):
    """A run came back: the highest stage from its issue on, in `datum`. Published once a run."""

    run_id: int
    issued_at: datetime
    crest_at: datetime
    crest_stage_m: float
    datum: str


@fact("forecasts.forecast_failed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFailed(Event):
    """A run was given up after its last attempt, or could not be made at all; `reason` says why."""

    run_id: int
    issued_at: datetime
    reason: str


@fact("forecasts.run_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class RunDue(Event):
    """A run that had to wait for the one before it; set as a timer."""

    key: str
    trigger: str
    reach: str
