"""Who sees which reports: the bureau's hotline the district, a unit what it verifies, finance
what it pays."""

from django.db.models import QuerySet

from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.rules.states import HOTLINE, PAY, VIEW
from anlan.operations.people.queries import Scope


def tips_in(scope: Scope, organisation: str) -> QuerySet[Tip]:
    """The reports within an account's sight; what nobody accepted yet is the bureau's alone."""
    rows = Tip.objects.all()
    if not scope.may(VIEW) or not scope.area_prefix:
        return rows.none()
    if scope.rights & HOTLINE == {VIEW, PAY}:
        return rows.filter(reward__approved_at__isnull=False)
    if scope.reach == "district":
        return rows
    return rows.filter(unit=organisation or "-")
