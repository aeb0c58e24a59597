"""A missed cycle becomes a finding against the enterprise, as far as the district has it so."""

from datetime import date, timedelta

from django.db.models import Count, Max
from django.db.models.functions import TruncMonth

from anlan.operations.checks.models import CheckTask, TaskNight
from anlan.operations.checks.queries.due import missed_by
from anlan.operations.checks.rules.library import CYCLE_WORDS
from anlan.operations.safety.actions import Missed, find_missed_cycle
from anlan.operations.safety.queries.dangers import missed_since
from anlan.operations.safety.queries.terms import missed_cycles_on
from anlan.vocabulary import clock

FINDINGS_A_TURN = 100


def find_missed() -> int:
    """Open the findings of what was missed until yesterday, one an enterprise, cycle and month;
    how many are new. Once a day, after the night's tasks are made.
    """
    today = clock.today()
    night = TaskNight.objects.filter(day=today, findings_made=False).first()
    if night is None:
        return 0
    made, since = 0, _since()
    known = missed_since(since)
    for missed in _missed(since):
        kept = known.get(missed.key)
        if missed.key in known and (kept is None or kept > missed.last):
            continue
        made += find_missed_cycle(missed)
        if made == FINDINGS_A_TURN:
            return made
    TaskNight.objects.filter(pk=night.pk).update(findings_made=True)
    return made


def _since() -> date:
    """The begin of the month before yesterday's; if later, the day since when the district has it
    so, or since when the platform makes tasks: nobody owed any before."""
    today = clock.today()
    before = (today - timedelta(days=1)).replace(day=1) - timedelta(days=1)
    nights = TaskNight.objects.order_by("day").values_list("day", flat=True)
    return max(missed_cycles_on(today).valid_from, before.replace(day=1), nights.first() or today)


def _missed(since: date) -> list[Missed]:
    """What was missed since a day, where it is as often as the district says. Enterprises that
    operate alone."""
    today = clock.today()
    terms = missed_cycles_on(today)
    rows = CheckTask.objects.filter(
        missed_by(today), due_on__gte=since, cycle__in=list(terms.counts), enterprise__state="open"
    ).annotate(month=TruncMonth("due_on"))  # fmt: skip
    grouped = rows.values_list("enterprise_id", "cycle", "month").annotate(
        n=Count("pk"), last=Max("due_on")
    )
    return [
        Missed(
            enterprise_id=firm, cycle=cycle, word=CYCLE_WORDS[cycle], month=month, count=n,
            last=last,
        )
        for firm, cycle, month, n, last in grouped.order_by("enterprise_id", "cycle", "month")
        if n >= terms.counts[cycle]
    ]  # fmt: skip
