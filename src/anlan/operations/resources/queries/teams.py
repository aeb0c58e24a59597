from dataclasses import dataclass

from anlan.operations.people.actions import unseal_text
from anlan.operations.people.queries import Scope
from anlan.operations.resources.models import Equipment, Team
from anlan.operations.resources.queries.sight import visible


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    kind: str
    name: str
    held: int
    usable: int


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team at its base (CGCS2000 degrees). The leader's name is public, the phone masked."""

    code: str
    name: str
    kind: str
    area_code: str
    organisation_code: str
    lon: float
    lat: float
    members: int
    skills: tuple[str, ...]
    leader: str
    masked_phone: str
    phone_sealed: bytes
    equipment: tuple[EquipmentRow, ...]
    schematic: bool


def teams(scope: Scope | None = None, *, kind: str | None = None) -> list[TeamRow]:
    """Teams that `scope` may see (None: the platform itself sees all), by code."""
    rows = visible(Team.objects.all(), scope).prefetch_related("equipment")
    if kind:
        rows = rows.filter(kind=kind)
    return [_row(team) for team in rows.order_by("code")]


def team(code: str, scope: Scope | None = None) -> TeamRow | None:
    rows = visible(Team.objects.filter(pk=code), scope).prefetch_related("equipment")
    found = rows.first()
    return _row(found) if found else None


def _row(t: Team) -> TeamRow:
    return TeamRow(
        t.code, t.name, t.kind, t.area_code, t.organisation_code, t.lon, t.lat, t.members,
        tuple(t.skills), unseal_text(t.leader_sealed), t.masked_phone, bytes(t.phone_sealed),
        tuple(_equipment(e) for e in sorted(t.equipment.all(), key=lambda e: e.kind)),
        t.schematic,
    )  # fmt: skip


def _equipment(e: Equipment) -> EquipmentRow:
    return EquipmentRow(e.kind, e.name, e.held, e.usable)
