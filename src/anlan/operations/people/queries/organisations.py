from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anlan.operations.people.models import Organisation
from anlan.vocabulary import clock


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
    day = on or clock.today()
    rows = Organisation.objects.filter(valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gt=day)
    )
    if kind:
        rows = rows.filter(kind=kind)
    return [
        OrganisationRow(o.code, o.name, o.kind, o.parent_code, o.area_code, o.sector, o.admin_by)
        for o in rows.order_by("code")
    ]
