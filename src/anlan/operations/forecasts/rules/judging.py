"""When a stage forecast qualifies: GB/T 22482, channel forecasts, and K-14 of the rule book.

Allowed is 20 % of the observed change over the lead time; where the river hardly moves, 0.10 m.
"""

from dataclasses import dataclass

SHARE_OF_CHANGE = 0.20
LEAST_ALLOWED_M = 0.10


@dataclass(frozen=True, slots=True)
class Judged:
    """What a forecast was allowed to miss, metres, and whether it stayed within."""

    allowed_m: float
    qualified: bool


def judge(forecast_m: float, observed_m: float, observed_at_issue_m: float) -> Judged:
    """Judge one stage forecast; all three in metres above the same datum."""
    allowed = max(SHARE_OF_CHANGE * abs(observed_m - observed_at_issue_m), LEAST_ALLOWED_M)
    return Judged(allowed, abs(forecast_m - observed_m) <= allowed + 1e-9)
