"""What the checks tell the rooms above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("checks.check_kept")
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckKept(Event):
    """A check came in, or a corrected version of one. `dangers` counts what it found not normal."""

    check_id: int
    enterprise_id: int
    area_code: str
    sector: str
    use: str
    version: int
    dangers: int
