from anlan.operations.assessment.models.indicators import Indicator, OutsideFigure
from anlan.operations.assessment.models.scorecards import (
    Edition,
    Entry,
    SchemeVersion,
    Score,
    Scorecard,
    ScorecardPaper,
    ScorecardStep,
)

__all__ = [
    "Edition", "Entry", "Indicator", "OutsideFigure", "SchemeVersion", "Score", "Scorecard",
    "ScorecardPaper", "ScorecardStep",
]  # fmt: skip
