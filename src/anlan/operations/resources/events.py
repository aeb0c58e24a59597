"""What happens to resources, told to the contexts above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("resources.shelter_opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterOpened(Event):
    shelter_code: str
    capacity: int


@fact("resources.shelter_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterClosed(Event):
    shelter_code: str


@fact("resources.headcount_recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountRecorded(Event):
    shelter_code: str
    people: int
