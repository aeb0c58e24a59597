"""Areas and waters: names, outlines, and which community holds a point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from anlan.operations.territory.models import Area, Waterway
from anlan.vocabulary.areas import DISTRICT_DIGITS, STREET_DIGITS


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area; `lon`, `lat` (CGCS2000) is where its label stands. Counts are of loaded households.

    `admin_by` names the organisation that runs it since `admin_since`; empty means the district.
    """

    code: str
    name: str
    kind: str
    parent_code: str
    admin_by: str
    households: int
    people: int
    lon: float
    lat: float
    schematic: bool
    source: str = ""
    admin_since: date | None = None


@dataclass(frozen=True, slots=True)
class WaterRow:
    """A river by its middle line (lon/lat, drawn downstream); width in metres."""

    code: str
    name: str
    kind: str
    width_m: float
    geometry: BaseGeometry
    schematic: bool
    source: str


def areas(kind: str | None = None, within: str | None = None) -> list[AreaRow]:
    """Areas of a kind (district, township, community), inside the area `within`, by code."""
    rows = Area.objects.defer("wkb").order_by("code")
    if kind:
        rows = rows.filter(kind=kind)
    if within:
        rows = rows.filter(code__startswith=within)
    return [_row(area) for area in rows]


def area(code: str) -> AreaRow | None:
    found = Area.objects.defer("wkb").filter(pk=code).first()
    return _row(found) if found else None


def area_names(codes: Iterable[str] | None = None) -> dict[str, str]:
    """Code to name; of every area when no codes are given."""
    rows = Area.objects.all()
    if codes is not None:
        rows = rows.filter(pk__in=set(codes))
    return dict(rows.values_list("code", "name"))


def places_under(prefix: str, named: Mapping[str, str]) -> list[tuple[str, str]]:
    """Code and name of the streets and communities under a code, as a form offers them."""
    return [
        (code, name if len(code) <= STREET_DIGITS else f"　{name}")
        for code, name in sorted(named.items())
        if len(code) > DISTRICT_DIGITS and code.startswith(prefix)
    ]


def streets_under(prefix: str, named: Mapping[str, str]) -> list[tuple[str, str]]:
    """Of the streets and towns alone."""
    return [one for one in places_under(prefix, named) if len(one[0]) == STREET_DIGITS]


def outline(code: str) -> BaseGeometry | None:
    """The polygon of an area (lon/lat CGCS2000); None when it has none or is unknown."""
    wkb = Area.objects.filter(pk=code).values_list("wkb", flat=True).first()
    return shapely.from_wkb(bytes(wkb)) if wkb else None


def outlines(kind: str, within: str | None = None) -> dict[str, BaseGeometry]:
    """Code to polygon of every area of a kind that has one."""
    rows = Area.objects.filter(kind=kind)
    if within:
        rows = rows.filter(code__startswith=within)
    found = list(rows.order_by("code").values_list("code", "wkb"))
    shapes = shapely.from_wkb([bytes(wkb) for _, wkb in found])
    return {
        code: shape
        for (code, _), shape in zip(found, shapes, strict=True)
        if not shapely.is_missing(shape) and not shape.is_empty
    }


def area_at(lon: float, lat: float) -> AreaRow | None:
    """The smallest area that holds a point: its community, else township, else the district."""
    rows = Area.objects.filter(west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat)
    holding = [
        area
        for area in rows.exclude(wkb=b"").order_by("code")
        if shapely.intersects_xy(shapely.from_wkb(bytes(area.wkb)), lon, lat)
    ]
    return _row(max(holding, key=lambda area: len(area.code))) if holding else None


def waters(kind: str | None = None) -> list[WaterRow]:
    """Rivers and streams, by code."""
    rows = Waterway.objects.order_by("code")
    if kind:
        rows = rows.filter(kind=kind)
    return [
        WaterRow(
            w.code, w.name, w.kind, w.width_m, shapely.from_wkb(bytes(w.wkb)), w.schematic,
            w.source,
        )
        for w in rows
    ]  # fmt: skip


def _row(area: Area) -> AreaRow:
    return AreaRow(
        area.code, area.name, area.kind, area.parent_code, area.admin_by, area.households,
        area.people, area.lon, area.lat, area.schematic, area.source, area.admin_since,
    )  # fmt: skip
