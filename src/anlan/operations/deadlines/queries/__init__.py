from anlan.operations.deadlines.queries.desk import DeskItem, desk, late_items, next_timer_at

__all__ = ["DeskItem", "desk", "late_items", "next_timer_at"]
