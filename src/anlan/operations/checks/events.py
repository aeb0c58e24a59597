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


@fact("checks.plan_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoved(Event):
    """A unit made or ended a plan of inspections; `verb`: make or end. With an `enterprise_id` it
    is one check of that one alone."""

    plan_id: int
    organisation: str
    area_code: str
    sector: str
    use: str
    enterprise_id: int | None
    verb: str


@fact("checks.charge_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeMoved(Event):
    """Somebody of a unit is in charge of an enterprise or a place, or no longer; `verb`: put or
    end."""

    charge_id: int
    organisation: str
    area_code: str
    enterprise_id: int | None
    verb: str


@fact("checks.item_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(Event):
    """An item of the library has a version in force, or was taken off; `verb`: put or retire."""

    code: str
    version: int
    sector: str
    verb: str
