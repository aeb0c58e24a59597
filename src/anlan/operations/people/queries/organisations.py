from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anlan.operations.people.models import Organisation
from anlan.operations.people.rules import Reach, Scope
from anlan.vocabulary import clock

# Units that regulate a part of the district: its people act on what is their unit's, however far
# their role sees (an enforcement officer or leader of a department's own enforcement unit).
PARTS = ("department", "township", "zone")


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    code: str
    name: str
    kind: str
    parent_code: str
    area_code: str
    sector: str
    admin_by: str


def organisations(*, kind: str | None = None, on: date | None = None) -> list[OrganisationRow]:
    """The organisations as they stood on a day (today by default), by code."""
    rows = _standing(on or clock.today())
    if kind:
        rows = rows.filter(kind=kind)
    return [
        OrganisationRow(o.code, o.name, o.kind, o.parent_code, o.area_code, o.sector, o.admin_by)
        for o in rows.order_by("code")
    ]


def acts_for_district(scope: Scope) -> bool:
    """Whether an account acts for the whole district, as the bureau does: it sees all of it, and
    its unit is not one that regulates a part. One query at most."""
    if scope.reach != Reach.DISTRICT or not scope.organisation:
        return scope.reach == Reach.DISTRICT
    return not part(scope.organisation).exists()


def part(code: str) -> QuerySet[Organisation]:
    """The unit of this code, if it regulates a part of the district: also for another query to ask
    within it."""
    return _standing(clock.today()).filter(code=code, kind__in=PARTS)


def _standing(day: date) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(valid_from__lte=day)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day))
