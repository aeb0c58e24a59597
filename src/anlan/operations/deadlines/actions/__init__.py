from anlan.operations.deadlines.actions.absence import Leave, be_away, be_back
from anlan.operations.deadlines.actions.items import (
    NewItem,
    close_each,
    close_item,
    close_items,
    escalate_item,
    forget_items,
    open_item,
    open_items,
    release_of_enterprise,
    release_of_unit,
    remark_item,
    renew_items,
)
from anlan.operations.deadlines.actions.reminders import remind
from anlan.operations.deadlines.actions.timers import cancel_timer, run_due_timers, set_timer

__all__ = [
    "Leave", "NewItem",
    "be_away", "be_back", "cancel_timer", "close_each", "close_item", "close_items",
    "escalate_item", "forget_items", "open_item", "open_items", "release_of_enterprise",
    "release_of_unit", "remark_item", "remind", "renew_items", "run_due_timers", "set_timer",
]  # fmt: skip
