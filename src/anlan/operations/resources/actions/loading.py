"""Filling the registers of shelters, teams and stock from a district's files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from anlan.operations.people.actions import Actor, act, seal_text
from anlan.operations.resources.actions.shelters import ShelterRefused
from anlan.operations.resources.models import (
    Equipment,
    Headcount,
    KitNorm,
    Shelter,
    StockLot,
    SupplyItem,
    Team,
)
from anlan.operations.resources.rules import ShelterDuration, capacity_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShelter:
    """A shelter of a site that stands in the territory; `area_m2` is its effective area."""

    code: str
    area_code: str
    tier: str
    duration: str
    area_m2: float
    capacity: int | None = None
    keeper: str = ""
    schematic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEquipment:
    kind: str
    name: str
    held: int
    usable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    code: str
    name: str
    kind: str
    area_code: str
    lon: float
    lat: float
    members: int
    skills: tuple[str, ...] = ()
    equipment: tuple[NewEquipment, ...] = ()
    organisation_code: str = ""
    leader: str = ""
    phone: str = ""
    masked_phone: str = ""
    schematic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLot:
    code: str
    item_code: str
    store_code: str
    area_code: str
    quantity: Decimal
    storage: str = "physical"
    made_on: date | None = None
    expires_on: date | None = None
    owner: str = ""
    schematic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A supply item, with the amount a resettled person needs when it belongs to the kit."""

    code: str
    name: str
    unit: str
    per_person: Decimal | None = None
    norm_from: date | None = None
    norm_source: str = ""


def load_shelters(
    actor: Actor, shelters: Iterable[NewShelter], *, instead_of_schematic: bool = False
) -> int:
    """Write shelters; a code that exists is brought up to date, its state stays.

    `instead_of_schematic` removes the schematic ones first; raises `ShelterRefused` while one of
    them is open.
    """
    rows = [
        Shelter(
            code=s.code, area_code=s.area_code, tier=s.tier, duration=s.duration,
            area_m2=s.area_m2, keeper=s.keeper, schematic=s.schematic, source=s.source,
            capacity=capacity_of(s.area_m2, ShelterDuration(s.duration))
            if s.capacity is None else s.capacity,
        )
        for s in shelters
    ]  # fmt: skip
    with act("resources.load_shelters", actor) as this:
        if instead_of_schematic:
            _remove_schematic()
        Shelter.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"],
            update_fields=["area_code", "tier", "duration", "area_m2", "capacity", "keeper",
                           "schematic", "source"],
        )  # fmt: skip
        this.on("shelter", "all", f"{len(rows)} shelters")
    return len(rows)


def _remove_schematic() -> None:
    old = Shelter.objects.filter(schematic=True)
    if still_open := old.filter(open=True).count():
        raise ShelterRefused(
            _("%(count)s schematic shelters are open; close them first.") % {"count": still_open}
        )
    Headcount.objects.filter(shelter__schematic=True).delete()
    old.delete()


def load_teams(actor: Actor, teams: Iterable[NewTeam]) -> int:
    """Write teams with their equipment; a code that exists is replaced."""
    given = list(teams)
    with act("resources.load_teams", actor) as this:
        Team.objects.filter(pk__in=[t.code for t in given]).delete()
        Team.objects.bulk_create(
            Team(
                code=t.code, name=t.name, kind=t.kind, area_code=t.area_code, lon=t.lon, lat=t.lat,
                members=t.members, skills=list(t.skills), organisation_code=t.organisation_code,
                leader_sealed=seal_text(t.leader), phone_sealed=seal_text(t.phone),
                masked_phone=t.masked_phone, schematic=t.schematic, source=t.source,
            )
            for t in given
        )  # fmt: skip
        Equipment.objects.bulk_create(
            Equipment(team_id=t.code, kind=e.kind, name=e.name, held=e.held, usable=e.usable)
            for t in given
            for e in t.equipment
        )
        this.on("team", "all", f"{len(given)} teams")
    return len(given)


def load_stock(actor: Actor, items: Iterable[NewItem], lots: Iterable[NewLot]) -> int:
    """Write items, their norms and the lots; codes that exist are brought up to date."""
    wanted = list(items)
    rows = [
        StockLot(
            code=lot.code, item_id=lot.item_code, store_code=lot.store_code,
            area_code=lot.area_code, quantity=lot.quantity, storage=lot.storage,
            made_on=lot.made_on, expires_on=lot.expires_on, owner=lot.owner,
            schematic=lot.schematic, source=lot.source,
        )
        for lot in lots
    ]  # fmt: skip
    with act("resources.load_stock", actor) as this:
        SupplyItem.objects.bulk_create(
            [SupplyItem(code=i.code, name=i.name, unit=i.unit) for i in wanted],
            update_conflicts=True, unique_fields=["code"], update_fields=["name", "unit"],
        )  # fmt: skip
        KitNorm.objects.bulk_create(
            [
                KitNorm(item_id=i.code, per_person=i.per_person, valid_from=i.norm_from,
                        source=i.norm_source)
                for i in wanted
                if i.per_person is not None and i.norm_from is not None
            ],
            update_conflicts=True, unique_fields=["item", "valid_from"],
            update_fields=["per_person", "source"],
        )  # fmt: skip
        StockLot.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"],
            update_fields=["quantity", "storage", "made_on", "expires_on", "owner", "schematic",
                           "source"],
        )  # fmt: skip
        this.on("stock", "all", f"{len(rows)} lots")
    return len(rows)
