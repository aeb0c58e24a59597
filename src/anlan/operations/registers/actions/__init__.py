from anlan.operations.registers.actions.views import drop_view, save_view

__all__ = ["drop_view", "save_view"]
