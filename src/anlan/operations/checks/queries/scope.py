"""Who sees which tasks and checks: territory, sector, or one's own enterprise, in the query."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.checks.models import CheckRecord, CheckTask, InspectionPlan, InspectionTask
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import within
from anlan.operations.safety.queries.scope import own_enterprises


def tasks_in(scope: Scope) -> QuerySet[CheckTask]:
    return _within(CheckTask.objects.all(), scope)


def records_in(scope: Scope) -> QuerySet[CheckRecord]:
    """Every version of the checks within sight."""
    return _within(CheckRecord.objects.all(), scope)


def inspections_in(scope: Scope) -> QuerySet[InspectionTask]:
    """Planned inspections within sight; an enterprise is not told when somebody comes."""
    if scope.reach == "itself":
        return InspectionTask.objects.none()
    return _within(InspectionTask.objects.all(), scope)


def plans_in(scope: Scope) -> QuerySet[InspectionPlan]:
    """Plans of units within sight."""
    if scope.reach == "itself" or not scope.area_prefix or not scope.may("checks.view"):
        return InspectionPlan.objects.none()
    seen = within("area_code", scope.area_prefix)
    if scope.reach == "sector":
        seen &= Q(sector=scope.sector or "-")
    return InspectionPlan.objects.filter(seen | Q(organisation=scope.organisation or "-"))


def my_inspections(scope: Scope, day: date) -> QuerySet[InspectionTask]:
    """What one is asked to inspect until a day: what one is in charge of, and what nobody is.

    Of one's own unit, by plans that one's role may do.
    """
    owed = unit_inspections(scope).filter(done_at=None, planned_on__lte=day, asked_until__gte=day)
    return owed.filter(mine(scope))


def unit_inspections(scope: Scope) -> QuerySet[InspectionTask]:
    """What one's own unit has planned, within sight."""
    return inspections_in(scope).filter(organisation=scope.organisation or "-")


def mine(scope: Scope) -> Q:
    """What one goes to oneself: one's own charges, and what nobody has in a plan of one's role."""
    return Q(inspector=scope.account_id) | Q(inspector=None, role__in=["", scope.role])


def _within(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    if not scope.may("checks.view"):
        return rows.none()
    if scope.reach == "itself":
        return rows.filter(enterprise__in=own_enterprises(scope.account_id))
    if not scope.area_prefix:
        return rows.none()
    seen = within("area_code", scope.area_prefix)
    if scope.reach == "sector":
        seen &= Q(sector=scope.sector or "-")
    return rows.filter(seen)
