"""When a stage forecast qualifies for K-14: by the channel-stage score of GB/T 22482."""

from dataclasses import dataclass

from anlan.hazards.hydrology.scores import GBT22482, stage_qualified


@dataclass(frozen=True, slots=True)
class Judged:
    """What a forecast was allowed to miss, metres, and whether it stayed within."""

    allowed_m: float
    qualified: bool


def judge(forecast_m: float, observed_m: float, observed_at_issue_m: float) -> Judged:
    """Judge one stage forecast; all three in metres above the same datum."""
    change = abs(observed_m - observed_at_issue_m)
    allowed = max(GBT22482.change * change, GBT22482.least_stage_m)
    return Judged(allowed, bool(stage_qualified(forecast_m, observed_m, observed_at_issue_m)))
