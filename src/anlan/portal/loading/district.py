"""Filling an empty database from a district's folder, all of it or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import PLATFORM, Actor
from anlan.operations.resources import actions as resources
from anlan.operations.sensing.actions import camera_sites, station_sites
from anlan.operations.territory import actions as territory
from anlan.operations.territory.queries import areas
from anlan.portal.loading.folder import BadDistrict, District, NoSuchDistrict, open_district
from anlan.portal.loading.offices import Login, open_logins, open_offices
from anlan.portal.loading.schematic_areas import Partition, geographic, partition
from anlan.portal.loading.schematic_ground import Ground, lay
from anlan.portal.loading.schematic_homes import Livable, households, livable
from anlan.portal.loading.schematic_people import Register, register
from anlan.portal.loading.schematic_posts import responsible_persons
from anlan.portal.loading.schematic_resources import shelters, stock, teams
from anlan.portal.loading.schematic_roads import made_up_roads
from anlan.portal.loading.schematic_sites import Stage, loudspeakers, made_up_sites, set_stage
from anlan.terrain.crs import to_geographic
from anlan.vocabulary import clock

DEMO_HOUSEHOLDS = 20_000
FULL_HOUSEHOLDS = 500_000
RIVERSIDE_M = 196.0
"""A community whose lowest homes stand below this (Yellow Sea m) has loudspeaker posts."""

Say = Callable[[str], None]
OWN = {"people", "territory", "resources"}


@dataclass(frozen=True, slots=True)
class MadeUp:
    """What the seeded generator works with, each kind of thing from its own stream."""

    district: District
    pieces: Partition
    ground: Ground
    homes: Livable
    stage: Stage
    seed: int

    def persons(self, purpose: int) -> Register:
        return register(self.district.made_up, np.random.default_rng([self.seed, purpose]))


def load_district(
    name: str, *, households: int | None = None, seed: int = 2020, demo: bool = False,
    say: Say = print,
) -> int:  # fmt: skip
    """Fill an empty database; 0 when the district stands there now, 1 when it cannot.

    `households` is how many schematic households to make (20,000 with `demo`, else 500,000).
    A database that already holds a district is left as it is, and that is said.
    """
    try:
        district = open_district(name)
    except (NoSuchDistrict, BadDistrict) as fault:
        say(str(fault))
        return 1
    standing = areas("district")
    if standing:
        say(_("%(name)s is already loaded; nothing was changed.") % {"name": standing[0].name})
        return 0 if standing[0].code == district.code else 1
    count = households if households is not None else (
        DEMO_HOUSEHOLDS if demo else FULL_HOUSEHOLDS
    )  # fmt: skip
    with transaction.atomic():
        logins = _load(district, count, seed, demo, say)
    _tell_logins(logins, demo, say)
    return 0


def load_terms(name: str, *, say: Say = print) -> int:
    """Take the dated figures of all rooms out of a district's files into its running platform.

    A new version stands beside the earlier ones; one that is there already is as the file has it.
    0 when all of them are in, 1 when one is wrong: then nothing was changed, and it is named.
    """
    try:
        district = open_district(name)
    except (NoSuchDistrict, BadDistrict) as fault:
        say(str(fault))
        return 1
    if district.code not in {one.code for one in areas("district")}:
        say(_("%(name)s is not loaded here; nothing was changed.") % {"name": district.name})
        return 1
    app, said = "", []
    try:
        with transaction.atomic():
            for app, read in _doors("load_terms"):
                said.append(f"{app}: {read(PLATFORM, district.folder)}")
    except (KeyError, TypeError, ValueError) as fault:
        say(_("%(room)s: wrong figures, nothing was changed: %(why)s") % {
            "room": app, "why": f"{fault!r}"})  # fmt: skip
        return 1
    say("\n".join(said))
    return 0


def _load(district: District, count: int, seed: int, demo: bool, say: Say) -> list[Login]:
    began = clock.stopwatch()

    def step(number: int, what: str) -> None:
        seconds = clock.stopwatch() - began
        say(_("%(number)s/7 %(what)s (%(seconds)s s)") % {
            "number": number, "what": what, "seconds": f"{seconds:.1f}"})  # fmt: skip

    step(1, _("organisations and logins"))
    open_offices(district)
    logins = open_logins(district, demo=demo)
    step(2, _("terrain from stated facts"))
    made_up = _terrain(district, seed)
    step(3, _("townships, communities, waters and roads"))
    _areas(made_up)
    step(4, _("sites, responsible persons, shelters, teams and stock"))
    _things(made_up)
    step(5, _("%(count)s households") % {"count": f"{count:,}"})
    homes = households(
        district, made_up.ground, made_up.homes, made_up.persons(5), count
    )  # fmt: skip
    territory.load_households(PLATFORM, homes)
    territory.count_people(PLATFORM)
    step(6, _("stations, plans and rosters of the other rooms"))
    for door in ("load_terms", "load_district_files", *(["load_demo_records"] if demo else [])):
        for _app, read in _doors(door):
            read(PLATFORM, district.folder)
    step(7, _("arrays for the models"))
    territory.publish_edition(
        PLATFORM, f"{district.name}: schematic load, {count} households, seed {seed}"
    )
    say(_("%(name)s is loaded (%(seconds)s s).") % {
        "name": district.name, "seconds": f"{clock.stopwatch() - began:.1f}"})  # fmt: skip
    return logins


def _terrain(district: District, seed: int) -> MadeUp:
    from anlan.terrain.schematic import SchematicFacts, build

    grid = build(SchematicFacts.from_mapping(district.toml("terrain.toml")))
    source = str(district.made_up["note"])
    territory.set_terrain(PLATFORM, territory.NewTerrain(grid=grid, schematic=True, source=source))
    pieces = partition(district, np.random.default_rng([seed, 1]))
    ground = lay(grid, pieces)
    homes = livable(district, ground, np.random.default_rng([seed, 2]))
    stage = set_stage(district, ground, homes, np.random.default_rng([seed, 3]))
    return MadeUp(district, pieces, ground, homes, stage, seed)


def _areas(made_up: MadeUp) -> None:
    district, pieces = made_up.district, made_up.pieces
    territory.load_areas(PLATFORM, list(_new_areas(district, pieces)))
    territory.load_waters(
        PLATFORM,
        [
            territory.NewWater(
                code=w.code, name=w.name, kind=w.kind, geometry=w.line, width_m=w.width_m,
                schematic=w.schematic, source=w.source,
            )
            for w in district.waters
        ],
    )  # fmt: skip
    territory.load_roads(PLATFORM, made_up_roads(district, made_up.ground, pieces))


def _new_areas(district: District, pieces: Partition) -> Iterator[territory.NewArea]:
    note = str(district.made_up["note"])
    yield territory.NewArea(
        code=district.code, name=district.name, kind="district", geometry=district.outline,
        lon=district.facts["lon"], lat=district.facts["lat"], source=district.outline_source,
    )  # fmt: skip
    for township in district.townships:
        yield territory.NewArea(
            code=township.code, name=township.name, kind="township", parent_code=district.code,
            geometry=geographic(pieces.townships[township.code]), lon=township.lon,
            lat=township.lat, admin_by=township.admin_by, admin_since=township.admin_since,
            schematic=True, source=note,
        )  # fmt: skip
    run_by = {township.code: township for township in district.townships}
    for community in district.communities:
        x, y = pieces.centres[community.code]
        lon, lat = to_geographic(x, y)
        home = run_by[community.code[:9]]
        yield territory.NewArea(
            code=community.code, name=community.name, kind="community", parent_code=home.code,
            geometry=geographic(pieces.communities[community.code]), lon=round(float(lon), 6),
            lat=round(float(lat), 6), admin_by=home.admin_by, admin_since=home.admin_since,
            schematic=True, source=note,
        )  # fmt: skip


def _things(made_up: MadeUp) -> None:
    district, stage, persons = made_up.district, made_up.stage, made_up.persons(4)
    places, rooms = shelters(stage)
    centres = {}
    for code, (x, y) in made_up.pieces.centres.items():
        lon, lat = to_geographic(x, y)
        centres[code] = (round(float(lon), 6), round(float(lat), 6))
    bases, squads = teams(district, centres, persons)
    stores, items, lots = stock(district)
    sites = [
        *made_up_sites(stage), *loudspeakers(stage, _riverside(made_up)), *places, *bases,
        *stores, *_typed_places(district), *station_sites(district.folder),
        *camera_sites(district.folder),
    ]  # fmt: skip
    territory.load_sites(PLATFORM, sites)
    territory.appoint_responsible(PLATFORM, responsible_persons(district, sites, persons))
    resources.load_shelters(PLATFORM, rooms)
    resources.load_teams(PLATFORM, squads)
    resources.load_stock(PLATFORM, items, lots)


def _riverside(made_up: MadeUp) -> list[str]:
    """Communities with homes low enough to be reached by the river."""
    low = (made_up.homes.weight > 0) & (made_up.ground.grid.z < RIVERSIDE_M)
    near = low & (made_up.stage.to_river_m < 1200.0)
    held = np.bincount(made_up.ground.community[near], minlength=len(made_up.ground.codes))
    return [code for code, cells in zip(made_up.ground.codes, held, strict=True) if cells >= 10]


def _typed_places(district: District) -> Iterator[territory.NewSite]:
    for row in district.table("places.csv"):
        yield territory.NewSite(
            code=row["code"], kind=row["kind"], name=row["name"], area_code=row["area_code"],
            lon=float(row["lon"]), lat=float(row["lat"]), schematic=True, source=row["note"],
        )  # fmt: skip


def _doors(door: str) -> Iterator[tuple[str, Callable[[Actor, Path], int]]]:
    """Every other room that reads what concerns it from the same folder so, lower rooms first."""
    for app in _story_order():
        if app not in OWN and find_spec(f"anlan.operations.{app}.actions"):
            read = getattr(import_module(f"anlan.operations.{app}.actions"), door, None)
            if read is not None:
                yield app, read


def _story_order() -> list[str]:
    known: list[str] = settings.APPS
    return [app for app in known if apps.is_installed(f"anlan.operations.{app}")]


def _tell_logins(logins: list[Login], demo: bool, say: Say) -> None:
    if demo:
        say(_("Logins for trying the platform, never for real work:"))
    else:
        say(_("Logins. Each password is shown this once:"))
    for login in logins:
        word = pgettext("role", login.role_word)
        say(f"  {login.username:<12} {login.password:<20} {word} {login.display_name}")
