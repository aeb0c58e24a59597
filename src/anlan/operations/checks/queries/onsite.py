"""What an account has to check on site today, for its desk to say."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, QuerySet

from anlan.operations.checks.models import CheckTask
from anlan.operations.checks.queries.due import open_tasks
from anlan.operations.checks.queries.scope import my_inspections
from anlan.operations.checks.rules.cycles import PRINCIPAL
from anlan.operations.checks.rules.library import MONTHLY
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class OnSite:
    """How many checks wait, and the end of the soonest last day; `own`: self-checks."""

    count: int
    due_at: datetime
    own: bool


def on_site(scope: Scope, day: date) -> OnSite | None:
    """What the field page offers this account to check until a day; None where nothing. One query.

    The monthly check counts for the principal alone: it is made in person.
    """
    if not scope.may("checks.do"):
        return None
    own = scope.reach == "itself"
    rows = _own(scope, day) if own else my_inspections(scope, day)
    found = rows.order_by().aggregate(n=Count("pk"), due_on=Min("due_on"))
    return OnSite(found["n"], clock.end_of(found["due_on"]), own) if found["n"] else None


def _own(scope: Scope, day: date) -> QuerySet[CheckTask]:
    rows = open_tasks(scope, day)
    return rows if scope.role == PRINCIPAL else rows.exclude(cycle=MONTHLY)
