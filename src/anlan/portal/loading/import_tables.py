"""Real files as rows: GeoJSON, GeoPackage, Shapefile (also zipped), Excel and CSV.

Every row keeps the number by which a person finds it: the line of a table (the header is line 1),
the place of a feature in a map file. Shapes come out in CGCS2000 degrees, x before y.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from django.utils.translation import gettext as _
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from anlan.backbone import tables
from anlan.backbone.tables import Line
from anlan.terrain.crs import GEOGRAPHIC, gcj02_to_cgcs2000, transform

MAP_FILES = {".geojson", ".json", ".gpkg", ".shp", ".zip"}
TABLES = {".xlsx", ".xlsm", ".csv"}
BAIDU = {"bd09", "bd-09", "bd09ll", "baidu"}
GCJ = {"gcj02", "gcj-02"}

# What a column may be called; the first name is ours.
COLUMNS = {
    "code": ("code", "代码", "编码", "编号"),
    "name": ("name", "名称", "姓名", "户主", "户主姓名"),
    "kind": ("kind", "类型", "类别"),
    "area_code": ("area_code", "区划代码", "社区代码", "村社代码", "镇街代码"),
    "lon": ("lon", "经度", "longitude", "lng", "x"),
    "lat": ("lat", "纬度", "latitude", "y"),
    "people": ("people", "人数", "人口", "常住人口"),
    "needs_help": ("needs_help", "需要帮助", "需帮助转移", "特殊困难"),
    "phone": ("phone", "电话", "手机", "联系电话"),
    "parent_code": ("parent_code", "上级代码"),
}


class BadFile(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, its fields by our names (others by their own), and its shape."""

    number: int
    fields: dict[str, Any]
    shape: BaseGeometry | None


def read_rows(path: Path, crs: str | None) -> list[Row]:
    """All rows of a file, shapes in CGCS2000. Raises `BadFile`."""
    if (crs or "").lower() in BAIDU:
        raise BadFile(
            _("BD-09 (Baidu) coordinates are not supported. Ask the source for CGCS2000, WGS 84 "
              "or GCJ-02.")
        )  # fmt: skip
    kind = path.suffix.lower()
    if kind in MAP_FILES:
        rows, stated = _map_rows(path)
    elif kind in TABLES:
        rows, stated = _table_rows(path), GEOGRAPHIC
    else:
        known = ", ".join(sorted(MAP_FILES | TABLES))
        raise BadFile(
            _("%(file)s is of no known kind. Known: %(known)s.")
            % {"file": path.name, "known": known}
        )
    if not rows:
        raise BadFile(_("%(file)s holds no rows.") % {"file": path.name})
    return _in_cgcs2000(rows, stated, crs or "")


def crs_of(said: str) -> CRS:
    """The coordinate system a person names. Raises `BadFile` when nobody knows it."""
    try:
        return CRS.from_user_input(said)
    except CRSError as fault:
        raise BadFile(
            _("%(crs)s is no known coordinate system. Say for example EPSG:4490, EPSG:4326 or "
              "gcj02.") % {"crs": said}
        ) from fault  # fmt: skip


def _map_rows(path: Path) -> tuple[list[Row], str]:
    """Features in their own coordinates, and the CRS the file states ("" when it states none)."""
    source = _inside_zip(path) if path.suffix.lower() == ".zip" else str(path)
    try:
        layers = pyogrio.list_layers(source)
        if len(layers) != 1:
            listed = ", ".join(str(name) for name in layers[:, 0])
            raise BadFile(
                _("%(file)s holds %(count)s layers (%(names)s); give a file with one.")
                % {"file": path.name, "count": len(layers), "names": listed}
            )
        about, _fids, shapes, columns = pyogrio.raw.read(source)
    except pyogrio.errors.DataSourceError as fault:
        raise BadFile(_("%(file)s cannot be read: %(why)s") % {
            "file": path.name, "why": fault}) from fault  # fmt: skip
    names = [_our_name(str(name)) for name in about["fields"]]
    geometry = shapely.from_wkb(shapes) if shapes is not None else [None] * len(columns[0])
    rows = [
        Row(i + 1, {name: _plain(column[i]) for name, column in zip(names, columns, strict=True)},
            shape)
        for i, shape in enumerate(geometry)
    ]  # fmt: skip
    return rows, about["crs"] or ""


def _inside_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            shapefiles = [n for n in packed.namelist() if n.lower().endswith(".shp")]
    except zipfile.BadZipFile as fault:
        raise BadFile(_("%(file)s is not a ZIP file.") % {"file": path.name}) from fault
    if len(shapefiles) != 1:
        raise BadFile(
            _("%(file)s holds %(count)s shapefiles; pack exactly one.")
            % {"file": path.name, "count": len(shapefiles)}
        )
    return f"/vsizip/{path.resolve()}/{shapefiles[0]}"


def _table_rows(path: Path) -> list[Row]:
    """Lines of a table; its points from the columns lon and lat, where both are numbers."""
    lines = _csv_lines(path) if path.suffix.lower() == ".csv" else _excel_lines(path)
    if not lines:
        return []
    names = [_our_name(str(cell or "")) for cell in lines[0]]
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise BadFile(
            _("%(file)s names the column %(column)s twice.")
            % {"file": path.name, "column": ", ".join(sorted(twice))}
        )
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if any(cell not in (None, "") for cell in line):
            fields = {
                name: cell for name, cell in zip(names, line, strict=False) if name
            }  # fmt: skip
            rows.append(Row(number, fields, _point(fields)))
    return rows


def _csv_lines(path: Path) -> list[Line]:
    try:
        return tables.csv_lines(path.read_bytes())
    except tables.NotText as fault:
        raise BadFile(
            _("%(file)s is neither UTF-8 nor GB 18030 text.") % {"file": path.name}
        ) from fault


def _excel_lines(path: Path) -> list[Line]:
    try:
        return tables.excel_lines(path.read_bytes())
    except (tables.NotWorkbook, tables.TooLarge, OSError) as fault:
        raise BadFile(_("%(file)s is not an Excel workbook.") % {"file": path.name}) from fault


def _point(fields: dict[str, Any]) -> BaseGeometry | None:
    try:
        return Point(float(fields["lon"]), float(fields["lat"]))
    except (KeyError, TypeError, ValueError):
        return None


def _in_cgcs2000(rows: list[Row], stated: str, said: str) -> list[Row]:
    """The same rows with shapes in CGCS2000; what a person says goes before what a file says."""
    shapes = np.array([row.shape for row in rows], dtype=object)
    if said.lower() in GCJ:
        moved = shapely.transform(shapes, lambda c: np.column_stack(gcj02_to_cgcs2000(*c.T)))
    else:
        source = said or stated
        if not source:
            raise BadFile(
                _("The file does not say its coordinate system. Say it with --crs, for example "
                  "--crs EPSG:4490 or --crs gcj02.")
            )  # fmt: skip
        name = crs_of(source).to_string()
        moved = shapely.transform(
            shapes, lambda c: np.column_stack(transform(name, GEOGRAPHIC, *c.T))
        )
    return [
        Row(row.number, row.fields, shape) for row, shape in zip(rows, moved, strict=True)
    ]  # fmt: skip


def _our_name(column: str) -> str:
    wanted = column.strip().lower()
    for ours, others in COLUMNS.items():
        if wanted in others:
            return ours
    return wanted


def _plain(value: Any) -> Any:
    """A field's value as plain Python; no value is None."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and np.isnan(value) else value
