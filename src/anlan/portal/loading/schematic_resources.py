"""Shelters, teams and stock: those of the district's files, and made-up ones up to its counts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from anlan.operations.resources.actions import NewEquipment, NewItem, NewLot, NewShelter, NewTeam
from anlan.operations.territory.actions import NewSite
from anlan.operations.territory.rules import SiteKind, mask_phone
from anlan.portal.loading.folder import District
from anlan.portal.loading.schematic_people import Register
from anlan.portal.loading.schematic_sites import Stage, spots

HIGH_AND_DRY_M = 205.0
HALLS = ("小学操场", "文化广场", "活动中心", "公园草坪", "停车场")
SIZES = {"township": (1800.0, 5200.0), "community": (700.0, 2200.0)}


def shelters(stage: Stage) -> tuple[list[NewSite], list[NewShelter]]:
    """The district's number of shelters: the files' first, then made-up ones near people, high
    above the river."""
    district = stage.district
    sites, rooms = _typed_shelters(district)
    missing = district.counts[SiteKind.SHELTER.value] - len(sites)
    dry = np.where(stage.z > HIGH_AND_DRY_M, stage.homes, 0.0) * stage.slope_below(0.15)
    several: dict[str, int] = {}
    for number, (code, cell) in enumerate(spots(stage, dry, missing, 300.0), len(sites) + 1):
        home = stage.names[code].removesuffix("社区")
        before = several.get(home, 0)
        several[home] = before + 1
        again = f"（{before // len(HALLS) + 1}）" if before >= len(HALLS) else ""
        hall = HALLS[(before + int(code[9:])) % len(HALLS)] + again
        tier = "township" if number % 3 == 0 else "community"
        low, high = SIZES[tier]
        lon, lat = stage.ground.lonlat(np.array([cell]))
        site = NewSite(
            code=f"shelter-{number:03d}", kind=SiteKind.SHELTER.value, name=f"{home}{hall}",
            area_code=code, lon=float(lon[0]), lat=float(lat[0]),
            attributes={"ground_m": round(float(stage.z.flat[cell]), 1)},
            schematic=True, source=str(district.made_up["note"]),
        )  # fmt: skip
        sites.append(site)
        area = round(float(stage.rng.uniform(low, high)), -1)
        rooms.append(_room(site, tier, "short" if tier == "township" else "emergency", area))
    return sites, rooms


def _typed_shelters(district: District) -> tuple[list[NewSite], list[NewShelter]]:
    sites, rooms = [], []
    for number, row in enumerate(district.table("shelters.csv"), 1):
        site = NewSite(
            code=f"shelter-{number:03d}", kind=SiteKind.SHELTER.value, name=row["name"],
            area_code=row["area_code"], lon=float(row["lon"]), lat=float(row["lat"]),
            schematic=True, source=row["note"],
        )  # fmt: skip
        sites.append(site)
        rooms.append(_room(site, row["tier"], row["duration"], float(row["area_m2"])))
    return sites, rooms


def _room(site: NewSite, tier: str, duration: str, area_m2: float) -> NewShelter:
    return NewShelter(
        code=site.code, area_code=site.area_code, tier=tier, duration=duration, area_m2=area_m2,
        schematic=True, source=site.source,
    )  # fmt: skip


def teams(
    district: District, centres: dict[str, tuple[float, float]], persons: Register
) -> tuple[list[NewSite], list[NewTeam]]:
    """The files' teams with their bases, and mass teams of the first communities by code.

    `centres`: community code to lon/lat.
    """
    rows = district.table("teams.csv")
    wanted = district.facts["teams"]
    named = [_team(district, row) for row in rows]
    communities = sorted(centres)[: wanted["mass"]]
    names = {community.code: community.name for community in district.communities}
    mass = [_mass_team(district, code, names[code], centres[code], persons)
            for code in communities]  # fmt: skip
    filled = _leaders(named + mass, persons)
    bases = [
        NewSite(
            code=f"base-{team.code}", kind=SiteKind.TEAM_BASE.value, name=f"{team.name}驻地",
            area_code=team.area_code, lon=team.lon, lat=team.lat,
            attributes={"team": team.code}, schematic=True, source=team.source,
        )
        for team in filled[: len(named)]
    ]  # fmt: skip
    return bases, filled


def _team(district: District, row: dict[str, str]) -> NewTeam:
    equipment = []
    for number, text in enumerate(row["equipment"].split(), 1):
        name, count = text.rsplit(":", 1)
        equipment.append(
            NewEquipment(kind=f"{number:02d}", name=name, held=int(count), usable=int(count))
        )
    return NewTeam(
        code=row["code"], name=row["name"], kind=row["kind"], area_code=row["area_code"],
        lon=float(row["lon"]), lat=float(row["lat"]), members=int(row["members"]),
        skills=tuple(row["skills"].split()), equipment=tuple(equipment),
        organisation_code=row["organisation_code"], schematic=True,
        source=str(district.made_up["note"]),
    )  # fmt: skip


def _mass_team(
    district: District, code: str, name: str, centre: tuple[float, float], persons: Register
) -> NewTeam:
    return NewTeam(
        code=f"mass-{code}", name=f"{name}应急救援站", kind="mass", area_code=code,
        lon=centre[0], lat=centre[1], members=int(persons.rng.integers(10, 22)),
        skills=("evacuation", "fire"), organisation_code=code[:9],
        equipment=(NewEquipment(kind="01", name="喊话器", held=4, usable=4),),
        schematic=True, source=str(district.made_up["note"]),
    )  # fmt: skip


def _leaders(teams_: Sequence[NewTeam], persons: Register) -> list[NewTeam]:
    names, phones = persons.names(len(teams_)), persons.phones(len(teams_))
    return [
        NewTeam(
            code=t.code, name=t.name, kind=t.kind, area_code=t.area_code, lon=t.lon, lat=t.lat,
            members=t.members, skills=t.skills, equipment=t.equipment,
            organisation_code=t.organisation_code, leader=name, phone=phone,
            masked_phone=mask_phone(phone), schematic=t.schematic, source=t.source,
        )
        for t, name, phone in zip(teams_, names, phones, strict=True)
    ]  # fmt: skip


def stock(district: District) -> tuple[list[NewSite], list[NewItem], list[NewLot]]:
    """Stores, items with the kit's norms, and lots, as `supplies.toml` says."""
    given: dict[str, Any] = district.toml("supplies.toml")
    source, since = str(given["source"]), given["norm_from"]
    stores = [
        NewSite(
            code=store["code"], kind=SiteKind.STORE.value, name=store["name"],
            area_code=store["area_code"], lon=store["lon"], lat=store["lat"],
            schematic=True, source=source,
        )
        for store in given["store"]
    ]  # fmt: skip
    items = [
        NewItem(
            code=item["code"], name=item["name"], unit=item["unit"],
            per_person=Decimal(str(item["per_person"])) if "per_person" in item else None,
            norm_from=since if "per_person" in item else None, norm_source=source,
        )
        for item in given["item"]
    ]  # fmt: skip
    homes = {store.code: store.area_code for store in stores}
    lots = [_lot(row, homes, source) for row in given["lots"]["rows"]]
    return stores, items, lots


def _lot(row: tuple[str, str, int, date, date], homes: dict[str, str], source: str) -> NewLot:
    item, store, quantity, made_on, expires_on = row
    return NewLot(
        code=f"{store}-{item}-{made_on:%y%m%d}", item_code=item, store_code=store,
        area_code=homes[store], quantity=Decimal(quantity), made_on=made_on,
        expires_on=expires_on, owner="区应急管理局", schematic=True, source=source,
    )  # fmt: skip
