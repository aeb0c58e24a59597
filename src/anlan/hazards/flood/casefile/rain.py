"""The rain of a case: one rate, a series, or maps over time."""

from datetime import UTC
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.rasters import read_laid, refuse_missing, refuse_negative
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.series import Limits
from anlan.hazards.flood.casefile.sources import Source
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.water import Setting, given_of, total
from anlan.hazards.flood.shallow_water.case import Rain
from anlan.hazards.flood.shallow_water.series import RainRaster, Series

Floats = NDArray[np.float64]
UNITS = ("mm/h", "mm h-1", "mm h^-1", "mm h**-1", "mm.h-1", "mm/hr", "mm hr-1", "mm hr^-1",
         "mm/hour", "mm hour-1", "mm hour^-1", "毫米/小时")  # fmt: skip
MOST_MM_H = 10_000.0  # four times the most that ever fell in a minute (38 mm, Guadeloupe 1970)
_SAME_S = 1e-3


def rain_of(table: Table, setting: Setting) -> Rain:
    """[rain]: one rate, a series (column rain_mm_h), or maps in the bands of a raster."""
    if table.one_of("rain_mm_h", "series", "maps") == "maps":
        return _maps(table, setting)
    given = given_of(table, "rain_mm_h", setting, Limits(least=0.0, most=MOST_MM_H))
    table.finish()
    most = float(given.value.max()) if isinstance(given, Series) else given
    setting.uses.tell(table.where(), N_("{depth:.1f} mm of rain everywhere, {most:.1f} mm/h at "
                                        "most"), depth=total(given, setting.until_s) / 3600.0,
                      most=most)  # fmt: skip
    return Rain(given)


def _maps(table: Table, setting: Setting) -> Rain:
    path = table.path("maps")
    every = table.seconds("every") if table.has("every") else None
    table.finish()
    source = read_laid(path, setting.ground, UNITS)
    if source.unit == "":
        setting.uses.tell(path, N_("attention: says no unit; taken as {unit}"), unit=UNITS[0])
    for number, band in enumerate(source.bands, start=1):
        where = f"{path}, map {number}" if len(source.bands) > 1 else path
        refuse_missing(where, setting.ground, band)
        refuse_negative(where, setting.ground, band)
    most = float(np.nanmax(source.bands))
    if most > MOST_MM_H:
        raise RefusedCase(path, N_("{value:g} mm/h cannot be rain"), value=most)
    t, ends = _times(table, source, every, setting)
    if t[0] > _SAME_S or ends < setting.until_s - _SAME_S:
        raise table.refuse(
            "maps", N_("{count} maps last from {first:g} s to {last:g} s, the run from 0 s to "
                       "{until:g} s"),
            count=t.size, first=t[0], last=ends, until=setting.until_s,
        )  # fmt: skip
    setting.uses.tell(path, N_("{count} maps of rain from {first:g} s to {last:g} s, {most:.1f} "
                               "mm/h at most"), count=t.size, first=t[0], last=ends,
                      most=most)  # fmt: skip
    outside_dry = np.nan_to_num(source.bands, nan=0.0).astype(np.float32)
    return Rain(RainRaster(t, outside_dry, ends))


def _times(
    table: Table, source: Source, every: float | None, setting: Setting
) -> tuple[Floats, float]:
    """When each map begins and the last ends, s from the start: by its file, or by `every`."""
    if every is not None and every <= 0.0:
        raise table.refuse("every", N_("{every:g} s between maps"), every=every)
    path, clock, count = source.path, source.clock, len(source.bands)
    if clock is None:
        if every is None:
            raise table.refuse("every", N_("is needed: the maps do not say their times"))
        return np.arange(count, dtype=np.float64) * every, count * every
    t = _from_start(path, clock.begins, clock.dated, setting)
    if any(after <= before for before, after in pairwise(t)):
        raise RefusedCase(path, N_("the time does not rise"))
    steps = np.diff(t)
    if every is not None and steps.size and np.abs(steps - every).max() > _SAME_S:
        odd = int(np.argmax(np.abs(steps - every)))
        raise table.refuse(
            "every", N_("{every:g} s, but maps {one} and {next} of the file begin {found:g} s "
                        "apart"),
            every=every, one=odd + 1, next=odd + 2, found=steps[odd],
        )  # fmt: skip
    if clock.ends is not None:
        return t, float(_from_start(path, np.array([clock.ends]), clock.dated, setting)[0])
    lasts = every if every is not None else (float(steps[-1]) if steps.size else None)
    if lasts is None:
        raise table.refuse("every", N_("is needed: one map does not say how long it holds"))
    return t, float(t[-1]) + lasts


def _from_start(path: Path, at: NDArray[np.generic], dated: bool, setting: Setting) -> Floats:
    if not dated:
        return at.astype(np.float64)
    if setting.start is None:
        raise RefusedCase(path, N_("its maps have dates, but case.start does not say when the run "
                                   "begins"))  # fmt: skip
    begins = np.datetime64(setting.start.astimezone(UTC).replace(tzinfo=None), "us")
    seconds: Floats = (at.astype("datetime64[us]") - begins) / np.timedelta64(1, "s")
    return seconds
