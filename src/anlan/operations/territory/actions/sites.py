"""Writing sites, roads and the persons who answer for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from anlan.operations.people.actions import Actor, act, seal_text
from anlan.operations.territory.models import ResponsiblePerson, Road, Site
from anlan.operations.territory.rules import cell_of, mask_phone


class SiteTaken(ValueError):
    """A code that names a site of another kind already; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A point of the one map, lon/lat CGCS2000."""

    code: str
    kind: str
    name: str
    area_code: str
    lon: float
    lat: float
    attributes: dict[str, Any] = field(default_factory=dict)
    schematic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoad:
    """A road segment (a line in lon/lat); `length_m` on the ground."""

    code: str
    name: str
    grade: str
    area_code: str
    geometry: BaseGeometry
    length_m: float
    schematic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResponsible:
    """Who answers for a site, or (without `site_code`) for an area."""

    kind: str
    name: str
    phone: str
    area_code: str
    site_code: str = ""
    organisation: str = ""
    schematic: bool = False
    source: str = ""


def load_sites(
    actor: Actor, sites: Iterable[NewSite], *, instead_of_schematic: Collection[str] = ()
) -> int:
    """Write sites; a code that exists is brought up to date.

    Schematic sites of the kinds `instead_of_schematic` leave with their schematic persons. Raises
    `SiteTaken` and writes nothing when a code names a site of another kind.
    """
    rows = [
        Site(
            code=s.code, kind=s.kind, name=s.name, area_code=s.area_code, lon=s.lon, lat=s.lat,
            cell=cell_of(s.lon, s.lat), attributes=s.attributes, schematic=s.schematic,
            source=s.source,
        )
        for s in sites
    ]  # fmt: skip
    with act("territory.load_sites", actor) as this:
        old = Site.objects.filter(kind__in=instead_of_schematic, schematic=True)
        gone = list(old.values_list("code", flat=True))
        persons = ResponsiblePerson.objects.filter(schematic=True)
        for start in range(0, len(gone), 500):
            persons.filter(site_code__in=gone[start : start + 500]).delete()
        old.delete()
        _refuse_taken(rows)
        Site.objects.bulk_create(
            sorted(rows, key=lambda row: row.cell), batch_size=500,
            update_conflicts=True, unique_fields=["code"],
            update_fields=["kind", "name", "area_code", "lon", "lat", "cell", "attributes",
                           "schematic", "source"],
        )  # fmt: skip
        this.on("site", "all", f"{len(rows)} sites")
        this.detail["schematic_removed"] = len(gone)
    return len(rows)


def _refuse_taken(rows: list[Site]) -> None:
    kinds = {row.code: row.kind for row in rows}
    codes = list(kinds)
    for start in range(0, len(codes), 500):
        for code, kind, name in Site.objects.filter(
            code__in=codes[start : start + 500]
        ).values_list("code", "kind", "name"):
            if kinds[code] != kind:
                words = _("On the map, the code %(code)s is %(name)s, a site of another kind.")
                raise SiteTaken(words % {"code": code, "name": name})


def load_roads(actor: Actor, roads: Iterable[NewRoad]) -> int:
    """Write road segments; a code that exists is brought up to date."""
    rows = []
    for new in roads:
        west, south, east, north = new.geometry.bounds
        rows.append(
            Road(
                code=new.code, name=new.name, grade=new.grade, area_code=new.area_code,
                length_m=new.length_m, wkb=shapely.to_wkb(new.geometry), west=west, south=south,
                east=east, north=north, schematic=new.schematic, source=new.source,
            )
        )  # fmt: skip
    with act("territory.load_roads", actor) as this:
        Road.objects.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["code"],
            update_fields=["name", "grade", "area_code", "length_m", "wkb", "west", "south",
                           "east", "north", "schematic", "source"],
        )  # fmt: skip
        this.on("road", "all", f"{len(rows)} roads")
    return len(rows)


def appoint_responsible(actor: Actor, persons: Iterable[NewResponsible]) -> int:
    """Name responsible persons; the one who held the same post of the same site steps down.

    An area's posts (no site) of the named kinds are replaced for the areas given.
    """
    given = list(persons)
    rows = [
        ResponsiblePerson(
            kind=p.kind, name_sealed=seal_text(p.name), phone_sealed=seal_text(p.phone),
            masked_phone=mask_phone(p.phone), area_code=p.area_code, site_code=p.site_code,
            organisation=p.organisation, schematic=p.schematic, source=p.source,
        )
        for p in given
    ]  # fmt: skip
    with act("territory.appoint_responsible", actor) as this:
        for kind in sorted({p.kind for p in given}):
            same = ResponsiblePerson.objects.filter(kind=kind)
            posts = [p.site_code for p in given if p.kind == kind and p.site_code]
            homes = [p.area_code for p in given if p.kind == kind and not p.site_code]
            for start in range(0, max(len(posts), len(homes)), 500):
                same.filter(site_code__in=posts[start : start + 500]).delete()
                same.filter(site_code="", area_code__in=homes[start : start + 500]).delete()
        ResponsiblePerson.objects.bulk_create(rows, batch_size=500)
        this.on("responsible", "all", f"{len(rows)} responsible persons")
    return len(rows)
