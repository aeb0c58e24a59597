from anlan.operations.statistics.actions.alarms import tell_bureau
from anlan.operations.statistics.actions.count import (
    MONTHS_A_TURN,
    count_months,
    recount,
    stale,
    stale_case,
    stale_check,
)
from anlan.operations.statistics.actions.demo import load_demo_records
from anlan.operations.statistics.actions.district import load_terms
from anlan.operations.statistics.actions.reports import (
    advance_reports,
    ask_report,
    take_report,
)
from anlan.operations.statistics.actions.returns import ask_no_more, ask_returns, sign_return

__all__ = [
    "MONTHS_A_TURN", "advance_reports", "ask_no_more", "ask_report", "ask_returns", "count_months",
    "load_demo_records", "load_terms", "recount", "sign_return", "stale", "stale_case",
    "stale_check", "take_report", "tell_bureau",
]  # fmt: skip
