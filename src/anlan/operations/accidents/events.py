"""What the register of accidents tells the rooms above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("accidents.accident_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentMoved(Event):
    """An accident was registered, corrected, marked, or took a step. `level`: 1 worst … 4.

    `kind`: its type (GB 6441); `enterprise_id`: where its unit is in the register of enterprises.
    """

    accident_id: int
    number: str
    verb: str
    before: str
    after: str
    level: int
    area_code: str
    sector: str
    kind: str = ""
    enterprise_id: int | None = None
    in_production: bool = True
