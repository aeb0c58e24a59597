from anlan.operations.calls.queries.counts import Line, Spell, counted
from anlan.operations.calls.queries.registers import CALLS, calls_register
from anlan.operations.calls.queries.scope import calls_in

__all__ = ["CALLS", "Line", "Spell", "calls_in", "calls_register", "counted"]
