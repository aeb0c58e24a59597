"""Where a case comes from: a hidden danger or an enterprise, within one's sight of work safety."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.rules.states import ENDED
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in

LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file or the danger says for the new case's form."""

    enterprise_id: int | None = None
    danger_id: int | None = None
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)


def number(text: str) -> int | None:
    """The id that a form sent; None for whatever is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def origin_of(scope: Scope, danger: str, enterprise: str) -> Origin:
    """The danger (and its enterprise), or the enterprise; nothing when neither is in sight."""
    danger_id, firm_id = number(danger), number(enterprise)
    found = dangers_in(scope).filter(pk=danger_id).first() if danger_id is not None else None
    firm_id = found.enterprise_id if found else firm_id
    firm = enterprises_in(scope).filter(pk=firm_id).first() if firm_id is not None else None
    if found is None and firm is None:
        return Origin()
    values = {"party_kind": "unit"}
    if found is not None:
        values |= {"title": found.title, "party": found.unit, "area_code": found.area_code[:9]}
    if firm is not None:
        values |= {
            "party": firm.name, "id_number": firm.credit_code, "principal": firm.principal,
            "address": firm.address, "area_code": firm.area_code[:9],
        }  # fmt: skip
    return Origin(
        firm.pk if firm else None, found.pk if found else None,
        str(found) if found else str(firm), values,
    )  # fmt: skip


def others_run(danger_id: int, case_id: int) -> bool:
    """Whether another case of the same danger has not ended."""
    return running(danger_id).exclude(pk=case_id).exists()


def running(danger_id: int) -> QuerySet[Case]:
    """The cases of a danger that have not ended."""
    return Case.objects.filter(danger=danger_id).exclude(state__in=ENDED)


def firm_of(scope: Scope, credit_code: str) -> int | None:
    """The enterprise within sight whose credit code a form names."""
    rows = enterprises_in(scope).filter(credit_code=credit_code) if credit_code else None
    return rows.values_list("pk", flat=True).first() if rows is not None else None
