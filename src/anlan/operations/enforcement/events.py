"""What enforcement tells the rooms above and the links to other systems."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("enforcement.case_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved(Event):
    """A case took a step. `fine` is in 元 as decided, "" before; no party is named."""

    case_id: int
    number: str
    verb: str
    before: str
    after: str
    unit: str
    area_code: str
    enterprise_id: int | None
    danger_id: int | None
    fine: str
    summary: bool
