"""Nothing is forgotten: what waits for enforcement without an item on a desk gets one."""

from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.actions.handed import ask_for_each
from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.waiting import unasked_cases, unasked_dangers
from anlan.operations.people.actions import PLATFORM, act

CASES_A_TURN = 200


def ask_for_forgotten_cases() -> int:
    """Open the items of so many cases and dangers handed over that have none, or none with the
    deadline that runs; how many those are. At rest six queries."""
    handed = unasked_dangers()[:CASES_A_TURN]
    cases = list(unasked_cases().values_list("pk", flat=True)[: CASES_A_TURN - len(handed)])
    if not handed and not cases:
        return 0
    with act("enforcement.ask_for_forgotten", PLATFORM) as this:
        ask_for_each(handed)
        for case in Case.objects.select_for_update().filter(pk__in=cases):
            refresh(case)
        this.on("cases", "forgotten", f"{len(handed) + len(cases)}")
        this.detail = {"dangers": len(handed), "cases": len(cases)}
    return len(handed) + len(cases)
