"""Plane coordinates of a case, in metres: of a published system, or local ones of nobody else."""

import re
from math import isfinite
from pathlib import Path

import pyproj
from rasterio.crs import CRS
from rasterio.errors import CRSError

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

LOCAL = "local"  # as a case file says it
LOCAL_WKT = 'LOCAL_CS["local",UNIT["metre",1]]'
_UNIT = re.compile(r'UNIT\["([^"]*)",\s*([0-9.eE+-]+)')
_SAME = 1e-9
_SURE = 90  # of a hundred: how well a text is to fit the code that it is taken for
STRETCHED = 0.05  # of a length; Gauss-Krüger and UTM stay within 0.0015, China's conics within 0.04


def crs_of(path: Path, own: CRS | None, stated: str | None) -> str:
    """The coordinates of a ground: what its file says (`own`), or what the case says of it."""
    said = _stated(path, stated)
    if own is None and said is None:
        raise RefusedCase(
            path, N_("does not say its coordinates; state them as grid.crs, \"local\" if they are "
                     "of no published system")
        )  # fmt: skip
    if own is not None and said is not None and not _same(own, said):
        raise RefusedCase(path, N_("lies in {own}, but grid.crs says {said}"),
                          own=own.to_string(), said=said.to_string())  # fmt: skip
    return _plane(path, own if own is not None else said)


def lies_in(own: object, ground: str) -> bool:
    """Whether a file's coordinates are those of the ground. Raises `ValueError`: they are none."""
    return _same(CRS.from_user_input(own), CRS.from_user_input(ground))


def is_local(crs: str) -> bool:
    return _local(CRS.from_user_input(crs))


def refuse_feet(path: Path, crs: CRS | None) -> None:
    """Refuse heights that the coordinates count in feet above their datum."""
    wkt = crs.to_wkt().lower() if crs is not None else ""
    vertical = wkt[wkt.find("vert") :] if "vert" in wkt else ""
    if '"foot' in vertical or '"us survey' in vertical:
        raise RefusedCase(path, N_("heights are counted in {unit}, not in metres"), unit="feet")


def _stated(path: Path, stated: str | None) -> CRS | None:
    try:
        if stated == LOCAL:
            return CRS.from_wkt(LOCAL_WKT)
        return CRS.from_user_input(stated) if stated is not None else None
    except CRSError as fault:
        raise RefusedCase(path, N_("{crs} names no coordinates"), crs=stated) from fault


def _plane(path: Path, crs: CRS | None) -> str:
    if crs is None or crs.is_geographic:
        raise RefusedCase(path, N_("lies in degrees ({crs}); project it to metres first"),
                          crs=crs.to_string() if crs is not None else "")  # fmt: skip
    unit, factor = _unit(path, crs)
    if abs(factor - 1.0) > _SAME:
        raise RefusedCase(path, N_("lies in {unit}, not in metres; project it first"), unit=unit)
    return LOCAL_WKT if _local(crs) else crs.to_string()


def _unit(path: Path, crs: CRS) -> tuple[str, float]:
    if _local(crs) and (found := _UNIT.search(crs.to_wkt())):
        return found[1], float(found[2])
    try:
        unit, factor = crs.linear_units_factor
    except CRSError as fault:
        raise RefusedCase(path, N_("{crs} are no plane coordinates in metres"),
                          crs=crs.to_string()) from fault  # fmt: skip
    return unit, factor


def refuse_stretched(path: Path, crs: str, x: float, y: float) -> None:
    """Refuse a plane whose metres are none on the ground at a place, as Web Mercator's are not."""
    if is_local(crs):
        return
    plane = pyproj.Proj(crs)
    lon, lat = plane(x, y, inverse=True)
    if not (isfinite(lon) and isfinite(lat)):
        return
    factors = plane.get_factors(lon, lat)
    scale = max((factors.meridional_scale, factors.parallel_scale), key=lambda one: abs(one - 1.0))
    if isfinite(scale) and abs(scale - 1.0) > STRETCHED:
        raise RefusedCase(path, N_("a metre of {crs} is {length:.2f} m on the ground there; "
                                   "project it to coordinates that keep lengths, such as "
                                   "Gauss-Krüger"),
                          crs=crs, length=1.0 / scale)  # fmt: skip


def _same(one: CRS, other: CRS) -> bool:
    """Whether two are one plane, however they order its axes, as Esri's files do otherwise than
    EPSG. What heights count from matters only where both say it."""
    if one == other or (_local(one) and _local(other)):
        return True
    if _local(one) or _local(other):
        return False
    (flat, up), (other_flat, other_up) = _parts(one), _parts(other)
    if up is not None and other_up is not None and up != other_up:
        return False
    code = flat.to_epsg(confidence_threshold=_SURE)
    return bool(flat == other_flat) or (
        code is not None and code == other_flat.to_epsg(confidence_threshold=_SURE)
    )


def _parts(crs: CRS) -> tuple[CRS, CRS | None]:
    """The plane, and what heights count from, if it is said."""
    whole = pyproj.CRS.from_user_input(crs.to_wkt())
    if not whole.is_compound:
        return crs, None
    plane, up = (CRS.from_wkt(part.to_wkt()) for part in whole.sub_crs_list[:2])
    return plane, up


def _local(crs: CRS) -> bool:
    return str(crs.to_wkt()).startswith("LOCAL_CS")
