"""Rows into sites, areas and households; every row that cannot be is refused with its reason."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from anlan.operations.territory.actions import NewArea, NewResponsible, NewSite
from anlan.operations.territory.rules import DEMANDED, Box, SiteKind
from anlan.portal.loading.import_tables import Row
from anlan.vocabulary.areas import BadAreaCode, area_code, parent

KINDS_BY_LENGTH = {6: "district", 9: "township", 12: "community"}
_PAGE = re.compile(r"[A-Za-z0-9_-]{1,40}")  # as it stands in the address of its page
_WHERE = re.compile(r"\[(\S+) (\S+)\]")
_YES = {"1", "true", "yes", "y", "是", "需要"}
_NO = {"", "0", "false", "no", "n", "否", "不需要"}
MOST_PEOPLE = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one row is not taken: its number, the field, and what is wrong, for people."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database holds that a row is checked against."""

    box: Box
    area_codes: frozenset[str]
    real_codes: frozenset[str]
    area_at: Callable[[float, float], str]
    source: str


@dataclass(slots=True)
class Checked:
    """Rows that passed, and refusals of those that did not."""

    sites: list[NewSite] = field(default_factory=list)
    persons: list[NewResponsible] = field(default_factory=list)
    areas: list[NewArea] = field(default_factory=list)
    homes: list["Home"] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Home:
    """One household of a file."""

    code: str
    area_code: str
    lon: float
    lat: float
    people: int
    needs_help: bool
    name: str
    phone: str


class RowRefused(ValueError):
    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field_name


def check_rows(kind: str, rows: Iterable[Row], standing: Standing) -> Checked:
    """Check every row of a file of sites, areas or households."""
    checked, seen = Checked(), dict[str, int]()
    rows = list(rows)
    if kind == "areas":
        known = standing.area_codes | frozenset(_codes(rows))
        standing = Standing(
            standing.box, known, standing.real_codes, standing.area_at, standing.source
        )
    take = {"sites": _site, "areas": _area, "households": _home}[kind]
    for row in rows:
        try:
            _refuse_twice(row, seen, standing if kind != "areas" else None)
            take(row, standing, checked)
        except RowRefused as fault:
            checked.refusals.append(Refusal(row.number, fault.field, str(fault)))
    return checked


def _site(row: Row, standing: Standing, checked: Checked) -> None:
    kind = _kind(row)
    lon, lat = _place(row, standing.box)
    home = _home_area(row, standing, lon, lat)
    known = {"code", "name", "kind", "lon", "lat", "area_code"}
    posts = {p.value for p in DEMANDED.get(kind, ())}
    named = {f"{post}_{part}" for post in posts for part in ("name", "phone")}
    attributes = {
        key: value for key, value in row.fields.items()
        if key not in known | named and value not in (None, "")
    }  # fmt: skip
    if kind is SiteKind.SHELTER:
        attributes["area_m2"] = _number(row, "area_m2", 1.0, 10_000_000.0)
    code = _text(row, "code")
    if kind is SiteKind.CAMERA and not _PAGE.fullmatch(code):
        raise RowRefused("code", _("A camera's code has letters, digits, - and _ only."))
    checked.sites.append(
        NewSite(
            code=code, kind=kind.value, name=_text(row, "name"), area_code=home, lon=lon, lat=lat,
            attributes=attributes, source=standing.source,
        )
    )  # fmt: skip
    for post in sorted(posts):
        name = str(row.fields.get(f"{post}_name") or "")
        if name:
            checked.persons.append(
                NewResponsible(
                    kind=post, name=name, phone=str(row.fields.get(f"{post}_phone") or ""),
                    area_code=home, site_code=code, source=standing.source,
                )
            )  # fmt: skip


def _area(row: Row, standing: Standing, checked: Checked) -> None:
    code = _area_code(row, "code")
    name = _text(row, "name")
    above = parent(code)
    if above is not None and above not in standing.area_codes:
        raise RowRefused("code", _("%(code)s lies in %(above)s, which nobody knows.") % {
            "code": code, "above": above})  # fmt: skip
    checked.areas.append(
        NewArea(
            code=code, name=name, kind=KINDS_BY_LENGTH[len(code)], parent_code=above or "",
            geometry=_polygon(row, standing.box), source=standing.source,
        )
    )  # fmt: skip


def _home(row: Row, standing: Standing, checked: Checked) -> None:
    code = _text(row, "code")
    home = _area_code(row, "area_code")
    if len(home) != 12 or home not in standing.area_codes:
        raise RowRefused(
            "area_code", _("%(code)s is no community of this district.") % {"code": home}
        )
    lon, lat = _place(row, standing.box)
    people = _number(row, "people", 1, MOST_PEOPLE)
    if people != int(people):
        raise RowRefused("people", _("%(value)s is not a whole number.") % {"value": people})
    checked.homes.append(
        Home(code, home, lon, lat, int(people), _yes_or_no(row, "needs_help"),
             str(row.fields.get("name") or ""), str(row.fields.get("phone") or ""))
    )  # fmt: skip


def _refuse_twice(row: Row, seen: dict[str, int], standing: Standing | None) -> None:
    code = _text(row, "code")
    if code in seen:
        raise RowRefused(
            "code", _("%(code)s stands in row %(row)s already.") % {"code": code, "row": seen[code]}
        )
    seen[code] = row.number
    if standing is not None and code in standing.real_codes:
        raise RowRefused("code", _("%(code)s is loaded already.") % {"code": code})


def _kind(row: Row) -> SiteKind:
    text = _text(row, "kind")
    try:
        return SiteKind(text)
    except ValueError:
        known = ", ".join(kind.value for kind in SiteKind)
        raise RowRefused(
            "kind", _("%(kind)s is no kind of site. Known: %(known)s.")
            % {"kind": text, "known": known}
        ) from None  # fmt: skip


def _home_area(row: Row, standing: Standing, lon: float, lat: float) -> str:
    if row.fields.get("area_code") in (None, ""):
        found = standing.area_at(lon, lat)
        if not found:
            raise RowRefused(
                "area_code", _("The point lies in no area of the district, and none is named.")
            )
        return found
    code = _area_code(row, "area_code")
    if code not in standing.area_codes:
        raise RowRefused("area_code", _("%(code)s is no area of this district.") % {"code": code})
    return code


def _area_code(row: Row, name: str) -> str:
    text = _text(row, name).removesuffix(".0")
    try:
        return area_code(text)
    except BadAreaCode:
        raise RowRefused(
            name, _("%(code)s is not an area code of 6, 9 or 12 digits.") % {"code": text}
        ) from None


def _text(row: Row, name: str) -> str:
    value = row.fields.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip()
    if not text:
        raise RowRefused(name, _("is missing"))
    return text


def _number(row: Row, name: str, least: float, most: float) -> float:
    text = _text(row, name)
    try:
        value = float(text)
    except ValueError:
        raise RowRefused(name, _("%(value)s is not a number.") % {"value": text}) from None
    if not least <= value <= most:
        raise RowRefused(
            name, _("%(value)s is not between %(least)s and %(most)s.")
            % {"value": text, "least": f"{least:g}", "most": f"{most:g}"}
        )  # fmt: skip
    return value


def _yes_or_no(row: Row, name: str) -> bool:
    value = row.fields.get(name)
    text = "" if value is None else str(value).strip().lower().removesuffix(".0")
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise RowRefused(name, _("%(value)s is neither yes nor no.") % {"value": text})


def _place(row: Row, box: Box) -> tuple[float, float]:
    shape = row.shape
    if shape is None or shape.is_empty:
        raise RowRefused("lon", _("There is no point, and no numbers in lon and lat."))
    if shape.geom_type != "Point":
        raise RowRefused("geometry", _("A point is needed, not a %(form)s.") % {
            "form": shape.geom_type})  # fmt: skip
    lon, lat = (round(float(value), 7) for value in shapely.get_coordinates(shape)[0])
    if not (box.west <= lon <= box.east and box.south <= lat <= box.north):
        raise RowRefused(
            "geometry",
            _("%(lon)s, %(lat)s lies outside the district's box (%(box)s). Is it the right "
              "coordinate system?")
            % {"lon": f"{lon:.5f}", "lat": f"{lat:.5f}", "box": _box(box)},
        )  # fmt: skip
    return lon, lat


def _polygon(row: Row, box: Box) -> BaseGeometry:
    shape = row.shape
    if shape is None or shape.is_empty:
        raise RowRefused("geometry", _("There is no outline."))
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise RowRefused("geometry", _("An outline is needed, not a %(form)s.") % {
            "form": shape.geom_type})  # fmt: skip
    if not shape.is_valid:
        raise RowRefused("geometry", _crossing(shapely.is_valid_reason(shape)))
    west, south, east, north = shape.bounds
    if west < box.west or south < box.south or east > box.east or north > box.north:
        raise RowRefused(
            "geometry",
            _("The outline (%(outline)s) reaches outside the district's box (%(box)s). Is it the "
              "right coordinate system?")
            % {"outline": _box(Box(west, south, east, north)), "box": _box(box)},
        )  # fmt: skip
    return shapely.force_2d(shape)


def _crossing(reason: str) -> str:
    where = _WHERE.search(reason)
    if where and "intersection" in reason.lower():
        return _("The outline crosses itself at %(lon)s, %(lat)s.") % {
            "lon": f"{float(where[1]):.6f}", "lat": f"{float(where[2]):.6f}"}  # fmt: skip
    return _("The outline is not a proper area: %(reason)s.") % {"reason": reason}


def _box(box: Box) -> str:
    return f"{box.west:.3f}–{box.east:.3f}, {box.south:.3f}–{box.north:.3f}"


def _codes(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        try:
            yield _area_code(row, "code")
        except RowRefused:
            continue
