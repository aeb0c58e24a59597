"""What oversight tells the rooms above and the links to other systems; no party is named."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("oversight.sampled_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class SampledMoved(Event):
    """A reviewed case took a step; `mean` is its points, "" before both reviewers scored."""

    review: str
    case_id: int
    number: str
    unit: str
    verb: str
    before: str
    after: str
    mean: str
    grade: str


@fact("oversight.appraisal_stands")
@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalStands(Event):
    """The time to object to an appraisal is over."""

    appraisal_id: int


@fact("oversight.evaluation_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationMoved(Event):
    """An evaluation of enforcement's effect took a step."""

    evaluation_id: int
    number: str
    unit: str
    verb: str
    before: str
    after: str
