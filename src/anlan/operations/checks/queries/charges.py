"""Who of a unit is in charge of what, and whom it may put in charge."""

from django.db.models import Q, QuerySet

from anlan.operations.checks.models import Charge
from anlan.operations.checks.rules import charges as rules
from anlan.operations.people.queries import Scope, Staff, holding, unit_staff
from anlan.operations.registers.queries import Field, Kind, Register, within
from anlan.vocabulary.words import N_, NP_

CHARGES = Register(
    title=NP_("register", "Who inspects what"),
    order=("account_name", "area_code", "unit"),
    fields=(
        Field(key="account_name", word=NP_("charge", "Inspector"), searched=True, sorted=True),
        Field(key="unit", word=NP_("check", "Enterprise"), searched=True, sorted=True,
              help=N_("Empty: all enterprises of the place.")),
        Field(key="area_code", word=NP_("check", "Street or community"), kind=Kind.AREA,
              filtered=True),
        Field(key="made_at", word=NP_("charge", "Since"), kind=Kind.MOMENT, sorted=True),
        Field(key="by_name", word=NP_("charge", "Assigned by")),
    ),
)  # fmt: skip
# A row of a file: the inspector by login, and an enterprise by its code or a place.
ROWS = Register(
    title=NP_("register", "Who inspects what"),
    order=("pk",),
    fields=(
        Field(key="username", word=NP_("charge", "Login of the inspector"), required=True,
              longest=60),
        Field(key="credit_code", word=NP_("risk", "Credit code"), longest=18),
        Field(key="area_code", word=NP_("charge", "Place (code)"), longest=12),
    ),
)  # fmt: skip


def charges_in(scope: Scope) -> QuerySet[Charge]:
    """What is assigned in one's own unit and, for who sees the whole place, in others'."""
    rows = Charge.objects.filter(ended_at=None)
    if scope.reach == "itself" or not scope.area_prefix or not scope.may("checks.view"):
        return rows.none()
    own = Q(organisation=scope.organisation or "-")
    return rows.filter(own if scope.reach == "sector"
                       else own | within("area_code", scope.area_prefix))  # fmt: skip


def charges_of(organisation: str) -> list[rules.Charge]:
    """The charges of a unit, of accounts that are open. One query."""
    rows = Charge.objects.filter(
        organisation=organisation, ended_at=None, account__is_active=True
    ).order_by("pk")
    return [
        rules.Charge(*one)
        for one in rows.values_list("account_id", "account__role", "enterprise_id", "area_code")
    ]


def inspectors_of(scope: Scope) -> list[Staff]:
    """Whom one's unit may put in charge: its people who check."""
    if not scope.organisation:
        return []
    able = {one.id for one in holding("checks.do", scope.area or "", unit=scope.organisation)}
    return [one for one in unit_staff(scope.organisation) if one.id in able]
