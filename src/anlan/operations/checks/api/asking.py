"""Who asks the interface of the checks."""

from django.http import HttpRequest

from anlan.operations.checks.actions import Checker
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of


def asks(request: HttpRequest) -> Checker:
    organisation = getattr(request.user, "organisation_code", "")
    return Checker(actor_of(request), scope_of(request.user), organisation)
