"""Who sees which calls: a street those of its territory, a department those addressed to it, the
bureau all. A draft is its street's alone."""

from django.db.models import Q, QuerySet

from anlan.operations.calls.models import Call
from anlan.operations.calls.rules.loop import Person
from anlan.operations.calls.rules.states import VIEW, State
from anlan.operations.people.queries import Scope, acts_for_district
from anlan.operations.registers.queries import within


def calls_in(scope: Scope) -> QuerySet[Call]:
    """The calls within an account's sight; of a call that it refused a department still reads."""
    rows = Call.objects.all()
    if not scope.may(VIEW) or not scope.area_prefix:
        return rows.none()
    if scope.reach == "territory":
        return rows.filter(within("area_code", scope.area_prefix))
    sent = rows.exclude(state=State.DRAFT)
    if scope.reach == "district":
        return sent
    own = scope.organisation or "-"
    return sent.filter(Q(unit=own) | Q(first_unit=own))


def person_of(scope: Scope) -> Person:
    """An account as the rules see it."""
    return Person(
        id=scope.account_id, rights=scope.rights, organisation=scope.organisation,
        bureau=acts_for_district(scope),
    )  # fmt: skip
