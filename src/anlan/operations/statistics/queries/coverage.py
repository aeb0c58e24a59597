"""The enterprises of a key sector behind the share that was looked at."""

from typing import Any

from django.db.models import QuerySet

from anlan.operations.checks.queries.figures import inspected
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.figures import looked_at
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.statistics.queries.lines import Seen
from anlan.vocabulary.periods import Period


def enterprises_looked_at(scope: Scope, of: Seen, period: Period, looked: bool) -> QuerySet[Any]:
    """Operating enterprises within sight where an authority has looked in a period, or has not."""
    rows = enterprises_in(scope).filter(state="open", area_code__startswith=of.area)
    if of.sector:
        rows = rows.filter(sector=of.sector)
    asked = looked_at(period.first, period.last, inspected(period.first, period.last))
    return rows.filter(asked) if looked else rows.exclude(asked)
