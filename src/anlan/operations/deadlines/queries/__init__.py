from anlan.operations.deadlines.queries.desk import DeskItem, desk, late_items, next_timer_at
from anlan.operations.deadlines.rules.calendar import Unit, after, is_working_day

__all__ = [
    "DeskItem", "Unit", "after", "desk", "is_working_day", "late_items", "next_timer_at",
]  # fmt: skip
