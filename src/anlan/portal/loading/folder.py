"""A district's folder, read into typed things. Another district is another folder, no code."""

import csv
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import LineString, Polygon

from anlan import districts
from anlan.operations.territory.rules import Box
from anlan.vocabulary.areas import area_code


class NoSuchDistrict(LookupError):
    """There is no folder of that name; the message lists those that exist."""


class BadDistrict(ValueError):
    """A file of the district's folder contradicts itself; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Township:
    """A street or town; `anchors` are lon/lat points whose Voronoi cells make it up."""

    code: str
    name: str
    kind: str
    admin_by: str
    admin_since: date | None
    lon: float
    lat: float
    people_weight: float
    anchors: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Community:
    """A community or village; `centre` is known only where it was typed in."""

    code: str
    name: str
    centre: tuple[float, float] | None

    @property
    def rural(self) -> bool:
        return self.name.endswith("村")


@dataclass(frozen=True, slots=True)
class Water:
    """A river or stream by its middle line, lon/lat, drawn downstream."""

    code: str
    name: str
    kind: str
    width_m: float
    line: LineString
    schematic: bool
    source: str


@dataclass(frozen=True, slots=True)
class District:
    """Everything the folder says that the loader itself needs."""

    folder: Path
    facts: dict[str, Any]
    townships: tuple[Township, ...]
    communities: tuple[Community, ...]
    waters: tuple[Water, ...]
    outline: Polygon
    outline_source: str

    @property
    def code(self) -> str:
        return str(self.facts["code"])

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def box(self) -> Box:
        return Box(*self.facts["box"])

    @property
    def counts(self) -> dict[str, int]:
        return dict(self.facts["counts"])

    @property
    def made_up(self) -> dict[str, Any]:
        return dict(self.facts["schematic"])

    def toml(self, name: str) -> dict[str, Any]:
        return tomllib.loads((self.folder / name).read_text(encoding="utf-8"))

    def table(self, name: str) -> list[dict[str, str]]:
        return read_table(self.folder / name)


def open_district(name: str) -> District:
    """Read the folder of a district. Raises `NoSuchDistrict` or `BadDistrict`."""
    folder = folder_of(name)
    facts = tomllib.loads((folder / "district.toml").read_text(encoding="utf-8"))
    townships = tuple(_townships(read_table(folder / "townships.csv")))
    communities = tuple(_communities(read_table(folder / "communities.csv")))
    known = {township.code for township in townships}
    for community in communities:
        if community.code[:9] not in known:
            raise BadDistrict(f"communities.csv: {community.code} lies in no township")
    outline, source, waters = _shapes(folder / "outline.geojson")
    return District(folder, facts, townships, communities, waters, outline, source)


def folder_of(name: str) -> Path:
    """The folder of a district, by name or by path. Raises `NoSuchDistrict`."""
    home = Path(next(iter(districts.__path__)))
    known = sorted(entry.parent.name for entry in home.glob("*/district.toml"))
    for folder in (home / name, Path(name)):
        if (folder / "district.toml").is_file():
            return folder
    raise NoSuchDistrict(
        _("There is no district %(name)s. Known: %(known)s.")
        % {"name": name, "known": ", ".join(known)}
    )


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header, as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _townships(rows: Iterable[dict[str, str]]) -> Iterable[Township]:
    for row in rows:
        yield Township(
            code=area_code(row["code"]), name=row["name"], kind=row["kind"],
            admin_by=row["admin_by"],
            admin_since=date.fromisoformat(row["admin_since"]) if row["admin_since"] else None,
            lon=float(row["lon"]), lat=float(row["lat"]),
            people_weight=float(row["people_weight"]),
            anchors=tuple(_pair(text) for text in row["anchors"].split(";")),
        )  # fmt: skip


def _communities(rows: Iterable[dict[str, str]]) -> Iterable[Community]:
    for row in rows:
        centre = (float(row["lon"]), float(row["lat"])) if row["lon"] else None
        yield Community(area_code(row["code"]), row["name"], centre)


def _pair(text: str) -> tuple[float, float]:
    lon, lat = text.split()
    return float(lon), float(lat)


def _shapes(path: Path) -> tuple[Polygon, str, tuple[Water, ...]]:
    """The outline, closed along the river where the land line ends, and the waters."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    land: list[list[float]] = []
    source, waters, bank = "", [], None
    for feature in features:
        about, points = feature["properties"], feature["geometry"]["coordinates"]
        if about["kind"] == "land":
            land, source = points, about["source"]
            continue
        if about["kind"] == "river":
            bank = points
        waters.append(
            Water(about["code"], about["name"], about["kind"], float(about["width_m"]),
                  LineString(points), bool(about.get("schematic", False)), about["source"])
        )  # fmt: skip
    ring = land + bank[1:-1] if bank else land
    outline = Polygon(ring)
    if not outline.is_valid:
        raise BadDistrict(f"{path.name}: {shapely.is_valid_reason(outline)}")
    return outline, source, tuple(waters)
