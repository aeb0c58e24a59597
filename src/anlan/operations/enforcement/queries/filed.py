"""Which units have the power to enforce, and how many cases each of them filed in a period."""

from datetime import date

from django.db.models import Count

from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.rules.states import HANDLE
from anlan.operations.people.queries import able


def cases_filed(first: date, last: date) -> dict[str, int]:
    """By organisation code, of every unit that has officers, 0 where it filed none; both days in.

    Two queries.
    """
    officers = {one.organisation_code for one in able(HANDLE) if one.organisation_code}
    rows = Case.objects.filter(filed_on__gte=first, filed_on__lte=last).order_by()
    filed = dict(rows.values_list("unit").annotate(Count("pk")))
    return {unit: filed.get(unit, 0) for unit in sorted(officers)}
