"""A danger took a step: its months are counted anew by the next round."""

from anlan.backbone.events import reacts_to
from anlan.operations.safety.events import DangerMoved
from anlan.operations.statistics.actions import stale


@reacts_to(DangerMoved)
def count_anew(moved: DangerMoved) -> None:
    stale(moved.danger_id)
