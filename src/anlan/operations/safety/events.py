"""What work safety tells the rooms above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("safety.enterprises_corrected")
@dataclass(frozen=True, slots=True, kw_only=True)
class EnterprisesCorrected(Event):
    """The files of some enterprises (by id) say another name, place, sector, regulator or state;
    `of_sector`: of those another sector."""

    enterprises: tuple[int, ...]
    of_sector: tuple[int, ...] = ()


@fact("safety.danger_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class DangerMoved(Event):
    """A danger took a step. `grade` is empty before it was graded."""

    danger_id: int
    number: str
    verb: str
    before: str
    after: str
    grade: str
    area_code: str
    sector: str
