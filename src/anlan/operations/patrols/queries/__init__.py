from anlan.operations.patrols.queries.counts import Line, Spell, counted
from anlan.operations.patrols.queries.phone import phone_patrols
from anlan.operations.patrols.queries.registers import TASKS, beats_register
from anlan.operations.patrols.queries.scope import beats_in, tasks_in

__all__ = [
    "TASKS", "Line", "Spell", "beats_in", "beats_register", "counted", "phone_patrols", "tasks_in",
]  # fmt: skip
