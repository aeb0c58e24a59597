from anlan.operations.statistics.actions.alarms import tell_bureau
from anlan.operations.statistics.actions.count import (
    MONTHS_A_TURN,
    count_months,
    recount,
    stale,
    stale_check,
)
from anlan.operations.statistics.actions.district import load_district_files

__all__ = [
    "MONTHS_A_TURN", "count_months", "load_district_files", "recount", "stale", "stale_check",
    "tell_bureau",
]  # fmt: skip
