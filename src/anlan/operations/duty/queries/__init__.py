from anlan.operations.duty.queries.room import LogRow, ShiftRow, log, shift_now

__all__ = ["LogRow", "ShiftRow", "log", "shift_now"]
