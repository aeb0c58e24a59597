from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.assessment.queries.indicators import (
    IndicatorRow,
    counts,
    indicator,
    indicators,
)

__all__ = ["Evidence", "IndicatorRow", "Measured", "counts", "indicator", "indicators"]
