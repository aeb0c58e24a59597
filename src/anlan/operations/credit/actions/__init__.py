from anlan.operations.credit.actions.listings import (
    count_accident,
    end_listing,
    give_notice,
    take_step,
)

__all__ = ["count_accident", "end_listing", "give_notice", "take_step"]
