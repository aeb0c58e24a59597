"""The enterprises of a key sector behind the share that was looked at."""

from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.checks.queries.figures import inspected
from anlan.operations.enforcement.queries.inspections import inspected_in_a_case
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.figures import looked_at
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.statistics.queries.lines import Seen
from anlan.vocabulary.periods import Period


def authority_looked(period: Period) -> Q:
    """Enterprises where an authority inspected, by a checklist or in a case, or found something."""
    span = period.first, period.last
    return looked_at(*span, inspected(*span) | inspected_in_a_case(*span))


def enterprises_looked_at(scope: Scope, of: Seen, period: Period, looked: bool) -> QuerySet[Any]:
    """Operating enterprises within sight where an authority has looked in a period, or has not."""
    rows = enterprises_in(scope).filter(state="open", area_code__startswith=of.area)
    if of.sector:
        rows = rows.filter(sector=of.sector)
    asked = authority_looked(period)
    return rows.filter(asked) if looked else rows.exclude(asked)
