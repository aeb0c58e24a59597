from anlan.operations.registers.actions.dated import keep_version, load_figures
from anlan.operations.registers.actions.numbers import lock_numbers, next_number
from anlan.operations.registers.actions.views import drop_view, save_view

__all__ = [
    "drop_view", "keep_version", "load_figures", "lock_numbers", "next_number", "save_view",
]  # fmt: skip
