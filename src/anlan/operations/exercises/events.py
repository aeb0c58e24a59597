"""What exercises tell the rooms above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("exercises.recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRecorded(Event):
    exercise_id: int
    owner_code: str
    kind: str
