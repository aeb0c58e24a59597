"""What waits for enforcement without an item on a desk, as an older version left it."""

from django.db.models import Q, QuerySet

from anlan.operations.deadlines.queries import keys_open, on_a_desk
from anlan.operations.enforcement.models import Case, CaseDanger
from anlan.operations.enforcement.rules.states import ENDED, OPEN, State
from anlan.operations.safety.queries.handed import handed_ids

HANDED_ITEM, CASE_ITEM = "handed:", "case:"


def unasked_dangers() -> list[int]:
    """The dangers handed to enforcement that no case takes up and no item points to, by id. Four
    queries."""
    waiting = handed_ids()
    taken = Case.objects.filter(danger__isnull=False).exclude(state__in=ENDED)
    known = set(taken.values_list("danger", flat=True)) if waiting else set()
    with_check = CaseDanger.objects.exclude(case__state__in=ENDED)
    known |= set(with_check.values_list("danger", flat=True)) if waiting else set()
    keys = keys_open(HANDED_ITEM) if waiting else set()
    return [pk for pk in waiting if pk not in known and f"{HANDED_ITEM}{pk}" not in keys]


def unasked_cases() -> QuerySet[Case]:
    """Those that no item points to; planned for a danger that waits, or served with nothing but
    its execution to put on record: none with the deadline that runs. Two queries."""
    rows = Case.objects.filter(state__in=OPEN)
    waiting = handed_ids()
    with_check = CaseDanger.objects.filter(danger__in=waiting).values("case")
    runs = Q(state=State.PLANNED) & (Q(danger__in=waiting) | Q(pk__in=with_check))
    runs |= Q(state=State.SERVED, dues__has_key="execution")
    return rows.filter(~on_a_desk(CASE_ITEM, dated=True)).filter(runs | ~on_a_desk(CASE_ITEM))


def unasked() -> int:
    """How many of both. Six queries."""
    return len(unasked_dangers()) + unasked_cases().count()
