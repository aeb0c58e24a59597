"""What enforcement tells the rooms above and the links to other systems."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("enforcement.case_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved(Event):
    """A case took a step; no party is named.

    `fine` and `gains` (confiscated) are in 元 as decided, "" where there is none; `others`: the
    other penalties, with commas between them; `source`, `source_id`: another system that keeps the
    case, and its number there.
    """

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
    gains: str = ""
    others: str = ""
    source: str = ""
    source_id: str = ""
