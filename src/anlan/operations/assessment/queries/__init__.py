from anlan.operations.assessment.queries.cards import (
    SCORECARDS,
    CardFile,
    card_file,
    cards_in,
    paper_of,
    person_of,
)
from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.assessment.queries.indicators import (
    IndicatorRow,
    counts,
    indicator,
    indicators,
)

__all__ = [
    "SCORECARDS", "CardFile", "Evidence", "IndicatorRow", "Measured", "card_file", "cards_in",
    "counts", "indicator", "indicators", "paper_of", "person_of",
]  # fmt: skip
