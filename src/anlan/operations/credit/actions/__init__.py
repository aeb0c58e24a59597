from anlan.operations.credit.actions.demo import load_demo_records
from anlan.operations.credit.actions.district import load_terms
from anlan.operations.credit.actions.events import (
    count_accident,
    count_penalty,
    recount_accident,
)
from anlan.operations.credit.actions.listings import (
    Notice,
    call_enterprise,
    end_listing,
    give_notice,
    put_notice,
    take_step,
)

__all__ = [
    "Notice", "call_enterprise", "count_accident", "count_penalty", "end_listing", "give_notice",
    "load_demo_records", "load_terms", "put_notice", "recount_accident", "take_step",
]  # fmt: skip
