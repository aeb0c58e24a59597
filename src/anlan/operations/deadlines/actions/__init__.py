from anlan.operations.deadlines.actions.items import (
    NewItem,
    close_each,
    close_item,
    close_items,
    escalate_item,
    open_item,
    open_items,
    remark_item,
)
from anlan.operations.deadlines.actions.timers import cancel_timer, run_due_timers, set_timer

__all__ = [
    "NewItem",
    "cancel_timer", "close_each", "close_item", "close_items", "escalate_item", "open_item",
    "open_items", "remark_item", "run_due_timers", "set_timer",
]  # fmt: skip
