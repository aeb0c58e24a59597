"""Nothing is forgotten: what waits for enforcement without an item on a desk gets one, and what
waits for what cannot come any more waits for it no longer."""

from anlan.operations.enforcement.actions.appeals import await_the_record
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.actions.handed import ask_for_each
from anlan.operations.enforcement.actions.steps import next_due
from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.terms import NoSuchTerm
from anlan.operations.enforcement.queries.waiting import (
    unasked_cases,
    unasked_dangers,
    waiting_in_vain,
)
from anlan.operations.people.actions import PLATFORM, act
from anlan.vocabulary import clock

CASES_A_TURN = 200


def ask_for_forgotten_cases() -> int:
    """Open the items of so many cases and dangers handed over that have none, or none with the
    deadline that runs, and end the vain wait of others; how many those are. At rest seven
    queries."""
    handed = unasked_dangers()[:CASES_A_TURN]
    left = CASES_A_TURN - len(handed)
    vain = list(waiting_in_vain().values_list("pk", flat=True)[:left])
    cases = list(unasked_cases().exclude(pk__in=vain).values_list("pk", flat=True)
                 [: left - len(vain)])  # fmt: skip
    if not handed and not vain and not cases:
        return 0
    with act("enforcement.ask_for_forgotten", PLATFORM) as this:
        ask_for_each(handed)
        ended = sum(map(_end_the_wait, Case.objects.select_for_update().filter(pk__in=vain)))
        for case in Case.objects.select_for_update().filter(pk__in=cases):
            refresh(case)
        done = len(handed) + ended + len(cases)
        this.on("cases", "forgotten", f"{done}")
        this.detail = {"dangers": len(handed), "cases": len(cases), "warnings": ended}
    return done


def _end_the_wait(case: Case) -> bool:
    """From the end of the appeal that left a warning alone, or from its service; not where the
    district had no term for it then."""
    appeal = case.appeals.filter(outcome="changed").order_by("-ended_on").first()
    served = case.steps.filter(verb="serve").order_by("-id").first()
    since = appeal.ended_on if appeal else None
    if since is None:
        since = served.at.astimezone(clock.CHINA).date() if served else clock.today()
    try:
        await_the_record(case, since)
    except NoSuchTerm:
        return False
    case.due_on = next_due(case)
    case.save()
    refresh(case)
    return True
