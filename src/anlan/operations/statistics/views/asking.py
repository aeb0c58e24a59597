"""What an address of the statistics asks for, within what the account may see."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from anlan.operations.people.queries import scope_of
from anlan.operations.statistics import queries
from anlan.operations.statistics.queries import Board, OutOfSight, Seen
from anlan.vocabulary import clock
from anlan.vocabulary.periods import BadPeriod, Period, period, year_of


def asked_board(request: HttpRequest) -> Board:
    """The statistics that an address asks for; this year's where it names no period."""
    return queries.board(asked_sight(request), asked_period(request))


def asked_sight(request: HttpRequest) -> Seen:
    """Whose figures an address asks for; what is not the reader's is not found."""
    given = request.GET
    try:
        of = queries.seen(
            scope_of(request.user), given.get("area_code", ""), given.get("sector", "")
        )
    except OutOfSight:
        raise Http404 from None
    if of is None:
        raise PermissionDenied
    return of


def asked_period(request: HttpRequest) -> Period:
    try:
        return period(request.GET.get("period", ""))
    except BadPeriod:
        return year_of(clock.today())
