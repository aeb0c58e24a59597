"""What a unit's enforcement of a period came to, counted from its cases; no party is named."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from anlan.operations.enforcement.models import Appeal, Case, CaseStep
from anlan.operations.enforcement.queries.work import FOUND, LOST
from anlan.operations.enforcement.rules.states import State
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Inspections and decisions of the period. `rechecked` of `ordered`; `changed`: made lighter or
    revoked, of `decided`. Of the decisions in force, as an appeal left them: `fines` in 元,
    `outside`: fines outside their row of the discretion table, of `in_rows`, and `enterprises`:
    those with a decision, by the day of the first."""

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


def effect_of(unit: str, sector: str, since: date, until: date) -> Effect:
    """Days from `since` until `until`, both in. Six queries."""
    rows = Case.objects.filter(unit=unit)
    if sector:
        rows = rows.filter(enterprise__sector=sector)
    begin = datetime.combine(since, time(0), clock.CHINA)
    end = datetime.combine(until + timedelta(1), time(0), clock.CHINA)
    looked = CaseStep.objects.filter(
        verb="inspect", at__gte=begin, at__lt=end, case__in=rows.values("pk")
    ).values("case")
    inspected = rows.filter(pk__in=looked)
    found = CaseStep.objects.filter(case__in=inspected.values("pk"), verb__in=FOUND)
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
    orders = inspected.filter(ordered=True)
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
        inspections=inspected.count(), found=found.values("case").distinct().count(),
        ordered=orders.count(),
        rechecked=orders.filter(state__in=(State.RECHECKED, State.ARCHIVED)).count(),
        decided=said["n"], fines=said["fines"] or Decimal(0), hearing_right=said["right"],
        hearings=said["held"], in_rows=said["rows"], outside=said["outside"],
        appealed=appeals.values("case").distinct().count(), changed=changed.count(),
        enterprises=firsts,
    )  # fmt: skip
