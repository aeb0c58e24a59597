"""Who sees which reports: the bureau's hotline the district, a unit what it verifies, finance
what it pays."""

from django.db.models import Exists, Q, QuerySet

from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.rules.states import HOTLINE, PAY, VIEW
from anlan.operations.people.queries import Scope, part


def tips_in(scope: Scope, organisation: str) -> QuerySet[Tip]:
    """The reports within an account's sight; what nobody accepted yet is the bureau's alone."""
    rows = Tip.objects.all()
    if not scope.may(VIEW) or not scope.area_prefix:
        return rows.none()
    if scope.rights & HOTLINE == {VIEW, PAY}:
        return rows.filter(reward__approved_at__isnull=False)
    mine = Q(unit=organisation or "-")
    if scope.reach == "district":  # but of a unit that regulates a part of it, what that verifies
        mine = mine | Q(~Exists(part(organisation)))
    return rows.filter(mine)
