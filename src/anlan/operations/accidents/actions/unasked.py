"""Nothing is forgotten: what waits after an accident without an item on a desk gets one."""

from anlan.operations.accidents.actions.desk import ask_for_measure, ask_for_result, refresh
from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.queries.waiting import (
    unasked_accidents,
    unasked_measures,
    unasked_recommendations,
)
from anlan.operations.people.actions import PLATFORM, act

ACCIDENTS_A_TURN = 100


def ask_for_forgotten_accidents() -> int:
    """Open the items of so many accidents, and of their measures and recommendations, that have
    none; how many accidents those are of. At rest three queries."""
    found = set(unasked_accidents().values_list("pk", flat=True)[:ACCIDENTS_A_TURN])
    for part in (unasked_measures(), unasked_recommendations()):
        of = part.order_by("accident").values_list("accident", flat=True).distinct()
        found.update(of[:ACCIDENTS_A_TURN])
    lacking = sorted(found)[:ACCIDENTS_A_TURN]
    if not lacking:
        return 0
    with act("accidents.ask_for_forgotten", PLATFORM) as this:
        for accident in Accident.objects.select_for_update().filter(pk__in=lacking):
            refresh(accident)
            for measure in unasked_measures().filter(accident=accident):
                ask_for_measure(accident, measure)
            for one in unasked_recommendations().filter(accident=accident):
                ask_for_result(accident, one)
        this.on("accidents", "forgotten", f"{len(lacking)}")
        this.detail = {"accidents": lacking}
    return len(lacking)
