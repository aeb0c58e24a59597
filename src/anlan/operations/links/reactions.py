"""Every fact that may be told is put on its way."""

from anlan.backbone.events import Event, reacts_to
from anlan.operations.links.actions import keep_for_listeners
from anlan.operations.links.rules import KINDS


@reacts_to(*KINDS)
def tell(event: Event) -> None:
    keep_for_listeners(event)
