from anlan.operations.assessment.queries.indicators import (
    IndicatorRow,
    counts,
    indicator,
    indicators,
)
from anlan.operations.assessment.queries.measures import Evidence, Measured

__all__ = ["Evidence", "IndicatorRow", "Measured", "counts", "indicator", "indicators"]
