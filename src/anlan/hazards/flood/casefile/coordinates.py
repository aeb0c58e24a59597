"""Plane coordinates of a case, in metres: of a published system, or local ones of nobody else."""

import re
from pathlib import Path

from rasterio.crs import CRS
from rasterio.errors import CRSError

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

LOCAL = "local"  # as a case file says it
LOCAL_WKT = 'LOCAL_CS["local",UNIT["metre",1]]'
_UNIT = re.compile(r'UNIT\["([^"]*)",\s*([0-9.eE+-]+)')
_SAME = 1e-9


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


def _same(one: CRS, other: CRS) -> bool:
    return bool(one == other) or (_local(one) and _local(other))


def _local(crs: CRS) -> bool:
    return str(crs.to_wkt()).startswith("LOCAL_CS")
