"""Who sees what of enforcement: the cases of one's own unit, in the query."""

from django.db.models import QuerySet

from anlan.operations.enforcement.models import Case, Certificate
from anlan.operations.enforcement.rules.states import VIEW
from anlan.operations.people.queries import Scope


def cases_in(scope: Scope, organisation: str) -> QuerySet[Case]:
    """The cases within an account's sight; `organisation` is the account's own."""
    if not scope.may(VIEW) or not organisation:
        return Case.objects.none()
    return Case.objects.filter(unit=organisation)


def certificates_in(scope: Scope, organisation: str) -> QuerySet[Certificate]:
    """The certificates of one's own unit."""
    if not scope.may(VIEW) or not organisation:
        return Certificate.objects.none()
    return Certificate.objects.filter(unit=organisation)
