"""Whose lists an account sees: the bureau all, a department its own, a street its territory's."""

from django.db.models import Q, QuerySet

from anlan.operations.people.queries import Scope, acts_for_district
from anlan.operations.registers.queries import within
from anlan.operations.responsibilities.models import Bearer, Work
from anlan.operations.responsibilities.rules.loop import Person
from anlan.operations.responsibilities.rules.loop import Work as Facts
from anlan.operations.responsibilities.rules.states import VIEW


def bearers_in(scope: Scope) -> QuerySet[Bearer]:
    """Leaders and units within sight, and oneself."""
    if not scope.may(VIEW) or not scope.area_prefix:
        return Bearer.objects.none()
    return Bearer.objects.filter(_near(scope) | Q(account=scope.account_id))


def works_in(scope: Scope) -> QuerySet[Work]:
    """Works that a unit within sight does, or somebody within sight leads."""
    if not scope.may(VIEW) or not scope.area_prefix:
        return Work.objects.none()
    if scope.reach == "district":
        return Work.objects.filter(_near(scope))
    own = Q(bearer__account=scope.account_id) | Q(bearer__unit_code=scope.organisation or "-")
    return Work.objects.filter(_near(scope) | own)


def _near(scope: Scope) -> Q:
    """By `unit_code` and `area_code`, which a bearer and a work both have."""
    mine = Q(unit_code=scope.organisation or "-")
    if scope.reach == "sector":
        return mine
    lies = within("area_code", scope.area_prefix or "")
    return lies if scope.reach == "district" else lies | mine


def person_of(scope: Scope) -> Person:
    return Person(
        id=scope.account_id, rights=scope.rights, organisation=scope.organisation,
        whole=acts_for_district(scope),
    )  # fmt: skip


def facts(work: Work) -> Facts:
    """A work as the rules see it; its bearer is read with it."""
    return Facts(
        state=work.state, unit=work.unit_code, leader=work.bearer.account_id, set_in=work.set_in,
        submitted_by=work.submitted_by_id,
    )  # fmt: skip
