"""What changes about the territory, told to the contexts above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("territory.changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryChanged(Event):
    """A load or an import made a new edition of areas, sites, households or terrain."""

    edition: str
    reason: str
