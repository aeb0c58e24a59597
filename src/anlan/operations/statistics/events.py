"""What the statistics tell the rooms above and other systems."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("statistics.return_signed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSigned(Event):
    """An enterprise's principal signed its statistics of dangers; `late`: after the last day."""

    return_id: int
    enterprise_id: int
    period: str
    version: int
    late: bool
