"""Who takes a step, as the rules of the loop ask."""

from collections.abc import Collection, Mapping

from anlan.operations.deadlines.queries import desks_of
from anlan.operations.people.queries import (
    PARTS,
    OrganisationRow,
    Scope,
    able,
    acts_for_district,
    names_of,
    organisations,
    part,
    staff_over,
)
from anlan.operations.safety.models import Danger, Membership
from anlan.operations.safety.queries.scope import own_enterprises
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import REGULATE

# Roles whose people rectify what belongs to no enterprise.
ON_BEHALF = ("department", "township", "grid_worker")
REGULATING = ("department", "township", "zone", "bureau")


def person_of(scope: Scope, organisation: str) -> Person:
    """An account as the rules see it; whoever acts for the whole district is of the bureau."""
    mine = own_enterprises(scope.account_id) if scope.reach == "itself" else frozenset()
    return Person(
        id=scope.account_id, rights=scope.rights, enterprises=mine, organisation=organisation,
        bureau=scope.reach == "district" and not part(organisation).exists(),
        firm=scope.reach == "itself",
        stands_in_for=desks_of(scope.account_id),
    )  # fmt: skip


def units() -> dict[str, OrganisationRow]:
    """The units that regulate, by code: departments, streets, zones, the bureau."""
    return {one.code: one for one in organisations() if one.kind in REGULATING}


def regulators() -> dict[str, str]:
    """What the units that regulate are called, by code."""
    return {code: one.name for code, one in units().items()}


def departments() -> dict[str, str]:
    """The department that regulates a sector, by sector; left out where two would."""
    rows = [one for one in organisations(kind="department") if one.sector]
    sectors = [one.sector for one in rows]
    return {one.sector: one.code for one in rows if sectors.count(one.sector) == 1}


def bureau() -> str:
    """The unit that supervises work safety in general, by code; "" where it is not one alone."""
    codes = [one.code for one in organisations(kind="bureau")]
    return codes[0] if len(codes) == 1 else ""


def rectifiers(danger_id: int) -> dict[int, str]:
    """Accounts that may be told to rectify: the enterprise's people, else the area's staff.

    Names by id; empty when nobody has claimed the enterprise's file: then a name is typed.
    """
    danger = Danger.objects.filter(pk=danger_id).first()
    if danger is None:
        return {}
    if danger.enterprise_id is not None:
        members = Membership.objects.filter(enterprise=danger.enterprise_id, until=None)
        return names_of(members.values_list("account_id", flat=True))
    near = staff_over(danger.area_code, ON_BEHALF)
    return {one.id: f"{one.display_name} {one.post}".strip() for one in near}


def supervisors(unit: str) -> dict[int, str]:
    """Who of a unit may supervise a rectification: names by id."""
    return {one.id: f"{one.display_name} {one.post}".strip() for one in able(REGULATE, unit)}


def may_recheck(
    scope: Scope, regulator: str, known: Mapping[str, OrganisationRow] | None = None
) -> bool:
    """Whether an account re-checks what a unit regulates: of the unit, or of the bureau. `known`:
    `units()`, where it was asked once for many."""
    mine = regulator in ("", scope.organisation)
    return scope.may(REGULATE) and (mine or _of_the_bureau(scope, known))


def _of_the_bureau(scope: Scope, known: Mapping[str, OrganisationRow] | None) -> bool:
    if known is None or scope.reach != "district":
        return acts_for_district(scope)
    unit = known.get(scope.organisation)
    return unit is None or unit.kind not in PARTS


def people_of(enterprise_id: int, role: str = "") -> dict[int, str]:
    """The accounts that work for an enterprise, of one role where it is given: names by id."""
    members = Membership.objects.filter(enterprise=enterprise_id, until=None)
    if role:
        members = members.filter(account__role=role)
    return names_of(members.values_list("account_id", flat=True))


def principals(enterprises: Collection[int]) -> dict[int, list[int]]:
    """The accounts of the principals of these enterprises, by enterprise. One query."""
    return _by_enterprise(enterprises, account__role="principal")


def members(enterprises: Collection[int]) -> dict[int, list[int]]:
    """The accounts that work for these enterprises, by enterprise. One query."""
    return _by_enterprise(enterprises)


def _by_enterprise(enterprises: Collection[int], **only: str) -> dict[int, list[int]]:
    rows = Membership.objects.filter(enterprise__in=enterprises, until=None, **only)
    found: dict[int, list[int]] = {}
    for firm, account in rows.order_by("pk").values_list("enterprise_id", "account_id"):
        found.setdefault(firm, []).append(account)
    return found


def addressee(enterprise_id: int) -> int | None:
    """Who a notice to an enterprise is for: its principal, else its safety manager, else none."""
    for role in ("principal", "enterprise"):
        for pk in people_of(enterprise_id, role):
            return pk
    return None


def answerable(danger_id: int) -> tuple[int | None, str]:
    """Who answers for safety in the danger's enterprise: account and name, "" where nobody does.

    Its safety manager here, else whoever works for it; of a file nobody claimed, the name in it.
    """
    danger = Danger.objects.select_related("enterprise").filter(pk=danger_id).first()
    if danger is None or danger.enterprise is None:
        return None, ""
    firm = danger.enterprise
    who = people_of(firm.pk, "enterprise") or people_of(firm.pk)
    for pk, name in who.items():
        return pk, name
    return None, firm.manager or firm.principal
