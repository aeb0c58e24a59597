from anlan.operations.links.actions.listeners import add_listener, end_listener, try_now
from anlan.operations.links.actions.tell import keep_for_listeners, tell_listeners

__all__ = ["add_listener", "end_listener", "keep_for_listeners", "tell_listeners", "try_now"]
