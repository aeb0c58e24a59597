"""What waits for enforcement without an item on a desk, as an older version left it."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from anlan.operations.deadlines.queries import keys_open, on_a_desk, on_desk_of_another
from anlan.operations.enforcement.models import (
    Appeal,
    Case,
    CaseDanger,
    CaseOfficer,
    CaseStep,
    LegalTerm,
)
from anlan.operations.enforcement.queries.officers import standing_on
from anlan.operations.enforcement.rules.loop import LEAST_OFFICERS
from anlan.operations.enforcement.rules.penalties import Other
from anlan.operations.enforcement.rules.states import ENDED, HANDLE, OPEN, RUNNING, State
from anlan.operations.safety.queries.handed import handed_ids
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

HANDED_ITEM, CASE_ITEM = "handed:", "case:"
REPLACE = N_("Replace an officer of %(title)s")


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
    its execution to put on record: none with the deadline that runs; those that do not wait for
    another officer though fewer than two stand, or do though they stand; and those that wait for
    one whose certificate does not stand any more. Two queries."""
    rows = Case.objects.filter(state__in=OPEN)
    waiting = handed_ids()
    with_check = CaseDanger.objects.filter(danger__in=waiting).values("case")
    runs = Q(state=State.PLANNED) & (Q(danger__in=waiting) | Q(pk__in=with_check))
    runs |= Q(state=State.SERVED, dues__has_key="execution")
    lacking = Q(~on_a_desk(CASE_ITEM, dated=True)) & (runs | ~on_a_desk(CASE_ITEM))
    manned, replacing = Q(pk__in=_manned()), Q(on_a_desk(CASE_ITEM, title=REPLACE))
    lapsed = Q(on_desk_of_another(CASE_ITEM, HANDLE, _standing(OuterRef(OuterRef("pk")))))
    return rows.filter(lacking | (manned & replacing) | (~manned & ~replacing) | lapsed)


def _standing(case: OuterRef) -> QuerySet[Any, Any]:
    """The accounts of a case's officers whose certificates stand today."""
    hands = CaseOfficer.objects.filter(standing_on(clock.today(), "certificate__"), until=None)
    return hands.filter(case=case).values("certificate__account")


def waiting_in_vain() -> QuerySet[Case]:
    """Those of a warning alone that wait for money or the court, as an older version left what an
    appeal reduced: neither comes. Not where the district had no term for its record then."""
    alone = Q(fine=0, gains=0, others__in=("", Other.WARNING))
    of_it = OuterRef("pk")
    changed = Appeal.objects.filter(case=of_it, outcome="changed").order_by("-ended_on")
    served = CaseStep.objects.filter(case=of_it, verb="serve").order_by("-id")
    first = LegalTerm.objects.filter(key="execution").order_by("valid_from")
    rows = Case.objects.filter(alone, ~Q(dues__has_key="execution"), state__in=RUNNING)
    since = Coalesce(
        Subquery(changed.values("ended_on")[:1]),
        TruncDate(Subquery(served.values("at")[:1]), tzinfo=clock.CHINA), Value(clock.today()),
    )  # fmt: skip
    return rows.alias(since=since).filter(since__gte=Subquery(first.values("valid_from")[:1]))


def _manned() -> QuerySet[Any, Any]:
    """The cases with as many officers as the law asks for, whose certificates stand today."""
    standing = CaseOfficer.objects.filter(standing_on(clock.today(), "certificate__"), until=None)
    holders = standing.order_by().values("case").annotate(
        holders=Count("certificate__account", distinct=True)
    )  # fmt: skip
    return holders.filter(holders__gte=LEAST_OFFICERS).values("case")


def unasked() -> int:
    """How many of all of them. Seven queries."""
    return len(unasked_dangers()) + waiting_in_vain().count() + unasked_cases().count()
