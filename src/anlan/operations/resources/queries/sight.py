"""Only rows whose area lies in the scope; None is the platform itself, which sees all."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from anlan.operations.people.queries import Scope

M = TypeVar("M", bound=Model)


def visible(rows: QuerySet[M], scope: Scope | None) -> QuerySet[M]:
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.filter(area_code__startswith=prefix) if prefix else rows.none()
