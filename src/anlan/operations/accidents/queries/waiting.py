"""What waits after an accident without an item on a desk, as an older version left it."""

from django.db.models import Q, QuerySet

from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.rules.loop import DISTRICT
from anlan.operations.accidents.rules.states import ACCIDENT, State
from anlan.operations.deadlines.queries import on_a_desk

ACCIDENT_ITEM, UP_ITEM, TOLL_ITEM = "accident:", "accident-up:", "accident-toll:"
MEASURE_ITEM, RECOMMENDATION_ITEM = "accident-measure:", "accident-recommendation:"
_OF_THE_DISTRICT = tuple(one for one in State if "hand up" in ACCIDENT.verbs(one))


def unasked_accidents() -> QuerySet[Accident]:
    """Those that lack the item of their next step, of the report upwards or of the toll; closed
    ones that are still asked for a report; those risen above the district's level that still wait
    for the leader of the team, and not to be handed up."""
    lacking = Q(~Q(state=State.CLOSED), ~on_a_desk(ACCIDENT_ITEM))
    lacking |= Q(~on_a_desk(UP_ITEM), follow_ended_at=None, closed_at=None)
    lacking |= Q(~on_a_desk(TOLL_ITEM), toll_confirmed_at=None, closed_at=None)
    lacking |= Q(on_a_desk(UP_ITEM), closed_at__isnull=False)
    risen = Q(level__lt=DISTRICT, state__in=_OF_THE_DISTRICT)
    lacking |= risen & Q(on_a_desk(ACCIDENT_ITEM, owned=True))
    return Accident.objects.filter(lacking)


def unasked_measures() -> QuerySet[Measure]:
    """Those not done that no item points to."""
    rows = Measure.objects.filter(done_at=None, accident__closed_at=None)
    return rows.filter(~on_a_desk(MEASURE_ITEM))


def unasked_recommendations() -> QuerySet[Liability]:
    """Those of which nothing came yet that no item points to, or none with their deadline."""
    rows = Liability.objects.filter(settled_at=None, accident__closed_at=None)
    rows = rows.filter(~on_a_desk(RECOMMENDATION_ITEM, dated=True))
    return rows.filter(Q(due_on__isnull=False) | ~on_a_desk(RECOMMENDATION_ITEM))


def unasked() -> int:
    """How many of all three. Three queries."""
    parts = (unasked_accidents(), unasked_measures(), unasked_recommendations())
    return sum(part.count() for part in parts)
