"""Who sees what of enforcement: the cases of one's own unit, in the query."""

from collections.abc import Callable, Collection

from django.db.models import QuerySet

from anlan.operations.enforcement.models import Case, Certificate, Paper
from anlan.operations.enforcement.rules.states import VIEW
from anlan.operations.people.queries import Scope

Reader = Callable[[int], Collection[int]]
_READERS: list[Reader] = []


def offer_readers(query: Reader) -> None:
    """A room above says which cases an account may read beside its unit's (ids of cases)."""
    _READERS.append(query)


def readable_in(scope: Scope, organisation: str) -> QuerySet[Case]:
    """The cases of one's own unit, and those of others that one was given to read."""
    rows = cases_in(scope, organisation)
    if not scope.may(VIEW) or scope.account_id is None:
        return rows
    given = {pk for query in _READERS for pk in query(scope.account_id)}
    return rows | Case.objects.filter(pk__in=given) if given else rows


def cases_in(scope: Scope, organisation: str) -> QuerySet[Case]:
    """The cases within an account's sight; `organisation` is the account's own."""
    if not scope.may(VIEW) or not organisation:
        return Case.objects.none()
    return Case.objects.filter(unit=organisation)


def own_cases(scope: Scope) -> QuerySet[Case]:
    """The cases of an account's own unit."""
    return cases_in(scope, scope.organisation)


def own_papers(scope: Scope) -> QuerySet[Paper]:
    """The papers of these cases."""
    return Paper.objects.filter(case__in=own_cases(scope).values("pk"))


def certificates_in(scope: Scope, organisation: str) -> QuerySet[Certificate]:
    """The certificates of one's own unit."""
    if not scope.may(VIEW) or not organisation:
        return Certificate.objects.none()
    return Certificate.objects.filter(unit=organisation)


def own_certificates(scope: Scope) -> QuerySet[Certificate]:
    """The certificates of an account's own unit, each with whose it is."""
    return certificates_in(scope, scope.organisation).select_related("account")
