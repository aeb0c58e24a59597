"""What every page of the checks asks first: who, with which sight, over which places."""

from django.http import HttpRequest

from anlan.operations.checks.actions import Checker
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of


def checker(request: HttpRequest) -> Checker:
    organisation = getattr(request.user, "organisation_code", "")
    return Checker(actor_of(request), scope_of(request.user), organisation)
