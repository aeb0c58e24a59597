"""Writing areas and waters, and keeping the counts of who lives where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import shapely
from django.db.models import Count, Sum
from shapely.geometry.base import BaseGeometry

from anlan.operations.people.actions import Actor, act
from anlan.operations.territory.models import Area, Household, Waterway


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArea:
    """An area with its outline (lon/lat CGCS2000); without `lon`, `lat` a point inside it is
    taken for its label."""

    code: str
    name: str
    kind: str
    geometry: BaseGeometry | None
    parent_code: str = ""
    admin_by: str = ""
    admin_since: date | None = None
    lon: float | None = None
    lat: float | None = None
    schematic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWater:
    """A river or stream by its middle line (lon/lat), drawn downstream."""

    code: str
    name: str
    kind: str
    geometry: BaseGeometry
    width_m: float = 0.0
    schematic: bool = False
    source: str = ""


def load_areas(actor: Actor, areas: Iterable[NewArea]) -> int:
    """Write areas; a code that exists gets the new name, place and outline."""
    rows = [_area(new) for new in areas]
    with act("territory.load_areas", actor) as this:
        Area.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"],
            update_fields=["name", "kind", "parent_code", "admin_by", "admin_since", "lon", "lat",
                           "wkb", "west", "south", "east", "north", "schematic", "source"],
        )  # fmt: skip
        this.on("area", "all", f"{len(rows)} areas")
    return len(rows)


def replace_outlines(actor: Actor, areas: Iterable[NewArea]) -> int:
    """Give areas their surveyed outline and name; what else is known of them stays.

    Areas that are new are added. The label stays where it stood while it is still inside.
    """
    given = list(areas)
    known = Area.objects.defer("wkb").in_bulk([area.code for area in given])
    kept = []
    for new in given:
        old = known.get(new.code)
        if old is None:
            kept.append(new)
            continue
        inside = new.geometry is not None and shapely.contains_xy(new.geometry, old.lon, old.lat)
        kept.append(
            replace(
                new, admin_by=old.admin_by, admin_since=old.admin_since,
                parent_code=new.parent_code or old.parent_code,
                lon=old.lon if inside else None, lat=old.lat if inside else None,
            )
        )  # fmt: skip
    return load_areas(actor, kept)


def load_waters(actor: Actor, waters: Iterable[NewWater]) -> int:
    """Write rivers and streams; a code that exists is brought up to date."""
    rows = []
    for new in waters:
        west, south, east, north = new.geometry.bounds
        rows.append(
            Waterway(
                code=new.code, name=new.name, kind=new.kind, width_m=new.width_m,
                wkb=shapely.to_wkb(new.geometry), west=west, south=south, east=east, north=north,
                schematic=new.schematic, source=new.source,
            )
        )  # fmt: skip
    with act("territory.load_waters", actor) as this:
        Waterway.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"],
            update_fields=["name", "kind", "width_m", "wkb", "west", "south", "east", "north",
                           "schematic", "source"],
        )  # fmt: skip
        this.on("water", "all", f"{len(rows)} waters")
    return len(rows)


def count_people(actor: Actor) -> int:
    """Write into every area how many households and people are loaded in it; returns people."""
    counted = Household.objects.values_list("area_code").annotate(Count("id"), Sum("people"))
    households: dict[str, int] = {}
    people: dict[str, int] = {}
    for code, homes, heads in counted:
        for length in (6, 9, 12):
            outer = code[:length]
            households[outer] = households.get(outer, 0) + homes
            people[outer] = people.get(outer, 0) + heads
    with act("territory.count_people", actor) as this:
        rows = list(Area.objects.defer("wkb"))
        for area in rows:
            area.households = households.get(area.code, 0)
            area.people = people.get(area.code, 0)
        Area.objects.bulk_update(rows, ["households", "people"], batch_size=200)
        this.on("area", "all", f"{len(rows)} areas")
    return sum(heads for _, _, heads in counted)


def _area(new: NewArea) -> Area:
    lon, lat = _place(new)
    shape = new.geometry
    west, south, east, north = shape.bounds if shape is not None else (0.0, 0.0, 0.0, 0.0)
    return Area(
        code=new.code, name=new.name, kind=new.kind, parent_code=new.parent_code,
        admin_by=new.admin_by, admin_since=new.admin_since, lon=lon, lat=lat,
        wkb=shapely.to_wkb(shape) if shape is not None else b"",
        west=west, south=south, east=east, north=north,
        schematic=new.schematic, source=new.source,
    )  # fmt: skip


def _place(new: NewArea) -> tuple[float, float]:
    """Where the label stands: as given, else some point inside."""
    if new.lon is not None and new.lat is not None:
        return new.lon, new.lat
    if new.geometry is None:
        raise ValueError(f"area {new.code}: neither an outline nor a place")
    inside = new.geometry.representative_point()
    return inside.x, inside.y
