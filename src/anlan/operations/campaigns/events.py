"""What the room tells the rooms above and other systems."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("campaigns.entry_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMoved(Event):
    """An enterprise was listed in a campaign, or what it is listed for took a step."""

    entry_id: int
    campaign_id: int
    enterprise_id: int
    measure: str
    verb: str
    before: str
    after: str
