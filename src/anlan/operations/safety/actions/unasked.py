"""Nothing is forgotten: what waits without an item on a desk gets one, by a round of its own."""

from collections.abc import Collection

from django.db.models import QuerySet

from anlan.operations.deadlines.actions import open_items
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.actions.desk import beside, item_of
from anlan.operations.safety.actions.listed import items_of
from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.queries.supervision import each_progress
from anlan.operations.safety.queries.waiting import unasked_dangers, unasked_supervisions

FORGOTTEN_A_TURN = 500


def ask_for_forgotten_dangers() -> int:
    """Open the items of so many dangers and listed supervisions that have none, or none with the
    deadline that runs; how many those are. At rest two queries."""
    waiting = list(unasked_dangers().values_list("pk", flat=True)[:FORGOTTEN_A_TURN])
    left = FORGOTTEN_A_TURN - len(waiting)
    listed = list(unasked_supervisions().values_list("pk", flat=True)[:left])
    if not waiting and not listed:
        return 0
    with act("safety.ask_for_forgotten", PLATFORM) as this:
        # As they stand now: a step taken meanwhile has opened its own.
        dangers = list(Danger.objects.select_for_update().filter(pk__in=waiting))
        known = beside(dangers)
        items = [item for one in dangers if (item := item_of(one, known)) is not None]
        for one in each_progress(_running(listed)):
            items += items_of(one.supervision.danger, one)
        open_items(items)
        this.on("dangers", "forgotten", f"{len(waiting) + len(listed)}")
        this.detail = {"dangers": len(waiting), "supervisions": len(listed)}
    return len(waiting) + len(listed)


def _running(listed: Collection[int]) -> QuerySet[Supervision]:
    """Those of these that run still, their dangers held: ending one begins with its danger."""
    held = Danger.objects.select_for_update(of=("self",)).filter(supervisions__in=listed)
    return Supervision.objects.filter(pk__in=listed, ended_at=None, danger__in=list(held))
