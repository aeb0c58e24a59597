"""Who sees which tasks and checks: territory, sector, or one's own enterprise, in the query."""

from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import within
from anlan.operations.safety.queries.scope import own_enterprises


def tasks_in(scope: Scope) -> QuerySet[CheckTask]:
    return _within(CheckTask.objects.all(), scope)


def records_in(scope: Scope) -> QuerySet[CheckRecord]:
    """Every version of the checks within sight."""
    return _within(CheckRecord.objects.all(), scope)


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
