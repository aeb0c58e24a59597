"""Who sees which accidents: territory or sector, in the query; and who is found liable."""

from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.rules.states import DECIDE, INVESTIGATE, TRACK, VIEW
from anlan.operations.people.queries import Scope


def accidents_in(scope: Scope) -> QuerySet[Accident]:
    """The accidents within an account's sight."""
    rows = Accident.objects.all()
    if not scope.may(VIEW) or not scope.area_prefix:
        return rows.none()
    within = Q(area_code__startswith=scope.area_prefix)
    if scope.reach == "sector":
        within &= Q(sector=scope.sector or "-")
    return rows.filter(within)


def entered_late() -> Q:
    """Later than within the hours that held then."""
    return Q(entered_at__gt=F("enter_by"))


def has_late(scope: Scope, day: date) -> Q:
    """Whose measures, or recommendations that one sees, are late; of what is closed nothing is."""
    open_ = {"accident": OuterRef("pk"), "due_on__lt": day}
    measures = Measure.objects.filter(done_at=None, **open_)
    found = _seen(scope, Liability.objects.filter(settled_at=None, **open_))
    return Q(closed_at=None) & (Q(Exists(measures)) | Q(Exists(found)))


def sees_liability(scope: Scope, accident: Accident) -> bool:
    """Who is found liable is for those who investigate, until the report is published."""
    return accident.published_at is not None or _inside(scope)


def listed_in(scope: Scope) -> QuerySet[Accident]:
    """The accidents within sight as the list has them: whether each was entered in time, how many
    recommendations are open, and of the one that is due first (one without a deadline comes last)
    whose it is and until when."""
    found = _seen(scope, Liability.objects.filter(accident=OuterRef("pk"), settled_at=None))
    first = found.order_by(F("due_on").asc(nulls_last=True), "pk")
    count = found.order_by().values("accident").annotate(n=Count("pk")).values("n")
    return accidents_in(scope).annotate(
        recommendations=Subquery(count), recommended_to=Subquery(first.values("owner")[:1]),
        recommended_until=Subquery(first.values("due_on")[:1]),
        entry=Case(When(entered_late(), then=Value("late")), default=Value("")),
    )  # fmt: skip


def _seen(scope: Scope, rows: QuerySet[Liability]) -> QuerySet[Liability]:
    return rows if _inside(scope) else rows.filter(accident__published_at__isnull=False)


def _inside(scope: Scope) -> bool:
    return bool(scope.rights & {DECIDE, INVESTIGATE, TRACK})
