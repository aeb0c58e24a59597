"""What the room of chemicals tells other rooms and systems, and what its timers say."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("chemicals.record_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDue(Event):
    """A term of a record comes near: a licence ends, an inspection is due, stock grows old."""

    kind: str
    record_id: int


@fact("chemicals.record_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMoved(Event):
    """An entry of a register (`kind`: holding, pipeline, section, waste, movement) was entered,
    corrected or withdrawn (`verb`)."""

    kind: str
    record_id: int
    enterprise_id: int
    verb: str


@fact("chemicals.activity_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMoved(Event):
    """A danger was marked as an illegal activity (`activity`: production, storage, transport,
    sale), or its mark corrected or withdrawn (`verb`: mark, correct, withdraw)."""

    danger_id: int
    activity: str
    verb: str
