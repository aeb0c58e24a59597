"""What a unit's enforcement of a period came to, counted from its cases; no party is named."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, F, Max, Min, Q, QuerySet, Sum

from anlan.operations.checks.queries.figures import inspections_by_list_of
from anlan.operations.enforcement.models import Appeal, Case, DiscretionRow
from anlan.operations.enforcement.queries.inspections import FOUND, OF_ITS_OWN
from anlan.operations.enforcement.queries.work import LOST
from anlan.operations.enforcement.rules.states import State

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Inspections of the period, by a checklist and in cases, and decisions. `rechecked` of
    `ordered`, both of those in cases; `changed`: made lighter or revoked, of `decided`. Of the
    decisions in force, as an appeal left them: `fines` in 元, `outside`: fines outside their row of
    the discretion table, of `in_rows`, and `enterprises`: those with a decision, by the day of the
    first."""

    inspections: int
    found: int
    ordered: int
    rechecked: int
    decided: int
    fines: Decimal
    hearing_right: int
    hearings: int
    in_rows: int
    outside: int
    appealed: int
    changed: int
    enterprises: dict[int, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How evenly one item is enforced: fines in 元, None where none was fined; `again`: enterprises
    that the item met again within a year after their first decision of the period."""

    least: Decimal | None
    most: Decimal | None
    mean: Decimal | None
    again: int


def items() -> list[str]:
    """The items of enforcement: the violations that the discretion table names, whenever."""
    rows = DiscretionRow.objects.order_by("violation")
    return list(rows.values_list("violation", flat=True).distinct())


def effect_of(unit: str, sector: str, since: date, until: date, item: str = "") -> Effect:
    """Days from `since` until `until`, both in; of cases whose row is of `item`. An inspection by
    a checklist has no item: without one, a case of such a visit is counted there alone. Six
    queries."""
    rows = _cases(unit, sector, item)
    made = Q() if item else OF_ITS_OWN
    rechecked = Q(ordered=True, state__in=(State.RECHECKED, State.ARCHIVED))
    looked = rows.filter(inspected_on__gte=since, inspected_on__lte=until).aggregate(
        n=Count("pk", filter=made), hits=Count("pk", filter=made & FOUND),
        orders=Count("pk", filter=Q(ordered=True)), rechecked=Count("pk", filter=rechecked),
    )  # fmt: skip
    listed, hits = (0, 0) if item else inspections_by_list_of(unit, sector, since, until)
    decided = rows.filter(decided_on__gte=since, decided_on__lte=until)
    standing = Q(revoked_on=None)
    in_row = standing & Q(row__isnull=False)
    outside = in_row & (Q(fine__lt=F("row__least")) | Q(fine__gt=F("row__most")))
    said = decided.aggregate(
        n=Count("pk"), fines=Sum("fine", filter=standing),
        right=Count("pk", filter=Q(hearing_right=True)),
        held=Count("pk", filter=Q(hearing_held=True)),
        rows=Count("pk", filter=in_row), outside=Count("pk", filter=outside),
    )  # fmt: skip
    appeals = Appeal.objects.filter(case__in=decided.values("pk"))
    firsts: dict[int, date] = {}
    for firm, day in (
        decided.filter(standing)
        .exclude(enterprise=None)
        .order_by("decided_on")
        .values_list("enterprise", "decided_on")
    ):
        if firm is not None and day is not None:
            firsts.setdefault(firm, day)
    changed = decided.filter(Q(pk__in=appeals.filter(outcome__in=LOST).values("case"))
                             | ~standing)  # fmt: skip
    return Effect(
        inspections=looked["n"] + listed, found=looked["hits"] + hits,
        ordered=looked["orders"], rechecked=looked["rechecked"],
        decided=said["n"], fines=said["fines"] or Decimal(0), hearing_right=said["right"],
        hearings=said["held"], in_rows=said["rows"], outside=said["outside"],
        appealed=appeals.values("case").distinct().count(), changed=changed.count(),
        enterprises=firsts,
    )  # fmt: skip


def measured_of(unit: str, sector: str, item: str, since: date, until: date) -> Measured:
    """The decisions of one item between two days, both in. Two queries."""
    rows = _cases(unit, sector, item).filter(decided_on__gte=since)
    decided = rows.filter(decided_on__lte=until)
    fines = decided.filter(fine__gt=0).aggregate(
        least=Min("fine"), most=Max("fine"), mean=Avg("fine")
    )  # fmt: skip
    firms = rows.exclude(enterprise=None).filter(decided_on__lte=until + YEAR)
    days: dict[int | None, list[date]] = {}
    for firm, day in firms.order_by("decided_on").values_list("enterprise", "decided_on"):
        if day is not None:
            days.setdefault(firm, []).append(day)
    again = sum(first <= until and any(day <= first + YEAR for day in later)
                for first, *later in days.values())  # fmt: skip
    return Measured(again=again, **fines)


def _cases(unit: str, sector: str, item: str) -> "QuerySet[Case]":
    rows = Case.objects.filter(unit=unit)
    if sector:
        rows = rows.filter(sector=sector)
    return rows.filter(row__violation=item) if item else rows
