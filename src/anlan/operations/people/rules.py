"""Who may do what: roles, their rights and how far their sight reaches (`domain.md` 6).

Deny by default: a right not listed here is held by nobody. [pv] defaults of the rule book; a
district may override the table in its `roles.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """The row scope of a role."""

    DISTRICT = "district"
    SECTOR = "sector"
    TERRITORY = "territory"
    ITSELF = "itself"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of rights with a reach; `word` is English, translated where it is shown."""

    key: str
    word: str
    reach: Reach
    rights: frozenset[str]


_SEE = {
    "duty.desk", "duty.command", "territory.map", "sensing.view", "forecasts.view",
    "alerts.view", "incidents.view", "response.view", "resources.view", "assessment.view",
}  # fmt: skip
_DUTY = _SEE | {"duty.log", "alerts.draft", "sensing.handle", "forecasts.run", "incidents.draft",
                "response.dispatch", "resources.manage", "messaging.call"}  # fmt: skip

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("duty_officer", "Duty officer", Reach.DISTRICT, frozenset(_DUTY)),
        Role("section_head", "Section head", Reach.DISTRICT, frozenset(_DUTY | {"alerts.review"})),
        Role("duty_leader", "Duty leader", Reach.DISTRICT,
             frozenset(_DUTY | {"alerts.review", "alerts.sign", "response.sign",
                                "incidents.sign"})),
        Role("district_leader", "District leader", Reach.DISTRICT,
             frozenset(_SEE | {"alerts.sign", "alerts.sign_major", "response.sign",
                               "response.sign_major", "incidents.sign"})),
        Role("department", "Sector department", Reach.SECTOR,
             frozenset(_SEE | {"response.report"})),
        Role("township", "Street or town", Reach.TERRITORY,
             frozenset(_SEE - {"duty.command"} | {"response.report", "messaging.call"})),
        Role("grid_worker", "Grid worker", Reach.TERRITORY,
             frozenset({"duty.desk", "territory.map", "alerts.view", "response.view",
                        "response.report"})),
        Role("enterprise", "Enterprise safety manager", Reach.ITSELF, frozenset({"duty.desk"})),
        Role("security_admin", "Security administrator", Reach.NOTHING,
             frozenset({"people.manage"})),
        Role("audit_admin", "Audit administrator", Reach.NOTHING, frozenset({"people.audit"})),
        Role("system_admin", "System administrator", Reach.NOTHING,
             frozenset({"system.admin", "sensing.configure"})),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What one account may see and do. `area` is the area-code prefix of its rows."""

    account_id: int | None
    role: str
    rights: frozenset[str]
    reach: Reach
    area: str | None
    sector: str | None

    def may(self, right: str) -> bool:
        return right in self.rights

    @property
    def area_prefix(self) -> str | None:
        """The prefix every visible row's area code starts with; None when nothing is visible."""
        return self.area if self.reach not in (Reach.NOTHING, Reach.ITSELF) else None


NOBODY = Scope(None, "", frozenset(), Reach.NOTHING, None, None)


def holders(right: str) -> list[Role]:
    """The roles that hold `right`, for the page that refuses."""
    return [role for role in ROLES.values() if right in role.rights]
