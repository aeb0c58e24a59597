"""What waits without an item on a desk: what an older version left so, and nothing after a step."""

from django.db.models import Q, QuerySet

from anlan.operations.deadlines.queries import on_a_desk
from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.rules.states import State

DANGER_ITEM, PROGRESS_ITEM, END_ITEM = "danger:", "supervision:", "supervision end:"
# Here the work has a deadline as soon as somebody was told one; elsewhere a term runs always.
_AS_ASSIGNED = (State.ASSIGNED, State.RECTIFYING, State.RETURNED, State.EXTENSION_PENDING)


def unasked_dangers() -> QuerySet[Danger]:
    """Those that no item points to, or none with the deadline that runs. One query; asked in no
    order, so that the index of the open ones answers it."""
    rows = Danger.objects.exclude(state=State.CLOSED).exclude(state=State.TO_ENFORCEMENT)
    runs = Q(due_on__isnull=False) | ~Q(state__in=_AS_ASSIGNED)
    return rows.filter(~on_a_desk(DANGER_ITEM, dated=True)).filter(runs | ~on_a_desk(DANGER_ITEM))


def unasked_supervisions() -> QuerySet[Supervision]:
    """Those that run, and lack the item of the next report or that of the end. One query."""
    rows = Supervision.objects.filter(ended_at=None)
    return rows.filter(~on_a_desk(PROGRESS_ITEM) | ~on_a_desk(END_ITEM))


def unasked() -> int:
    """How many of both. Two queries."""
    return unasked_dangers().count() + unasked_supervisions().count()
