"""Levels of a case held against the ground where they stand: told, or refused where none is meant.

A level in another datum, or of another place, is a number like any other; only the ground beside it
shows that it cannot be meant.
"""

import numpy as np

from anlan.hazards.flood.casefile.places import outermost
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.water import Setting
from anlan.hazards.flood.shallow_water.case import Boundary, Side
from anlan.hazards.flood.shallow_water.series import Floats, Given, Series

HIGHEST_DAM_M = 320.0  # above what it stands on (Shuangjiangkou, 315 m)
DEEPEST_BURIED_M = 100.0
TOLD_ABOVE_M, TOLD_BELOW_M = 2.0, 10.0
DEEPEST_SEA_M = 11_000.0
Edge = tuple[int, int, Side]


def level_over(
    table: Table, key: str, setting: Setting, cell: tuple[int, int], level: float
) -> None:
    """Tell, or refuse, a level of a structure that lies far from the ground of its cell."""
    above = level - float(setting.ground.z[cell])
    facts = {"row": cell[0], "column": cell[1], "far": abs(above)}
    if above > HIGHEST_DAM_M or above < -DEEPEST_BURIED_M:
        raise table.refuse(
            key, N_("lies {far:.1f} m from the ground of row {row}, column {column}; is its datum "
                    "that of the ground?"), **facts,
        )  # fmt: skip
    if above > TOLD_ABOVE_M:
        setting.uses.tell(table.where(key), N_("attention: {far:.1f} m above the ground of row "
                                               "{row}, column {column}"), **facts)  # fmt: skip
    if above < -TOLD_BELOW_M:
        setting.uses.tell(table.where(key), N_("attention: {far:.1f} m below the ground of row "
                                               "{row}, column {column}"), **facts)  # fmt: skip


def stage_over(table: Table, setting: Setting, edge: Boundary) -> None:
    """Tell how deep a stage stands over its stretch; refuse more than any sea."""
    last = edge.last if edge.last is not None else edge.first
    lowest = float(outermost(setting.ground, edge.side, edge.first, last).min())
    deep = _most(edge.value if edge.value is not None else 0.0, setting.until_s) - lowest
    if deep > DEEPEST_SEA_M:
        raise table.refuse("", N_("stands {deep:.1f} m above the ground of its stretch"),
                           deep=deep)  # fmt: skip
    if deep <= 0.0:
        setting.uses.tell(table.where(), N_("attention: stays below the ground of its stretch, "
                                            "nothing comes in"))  # fmt: skip
    else:
        setting.uses.tell(table.where(), N_("up to {deep:.2f} m above the lowest ground of its "
                                            "stretch"), deep=deep)  # fmt: skip


def crest_over(table: Table, setting: Setting, edges: tuple[Edge, ...], crest: Given) -> None:
    """Refuse a levee that holds nothing back, or whose breach comes after the run."""
    beside = np.array([_both(setting, edge) for edge in edges])
    ground = beside.max(axis=1)
    highest = _most(crest, setting.until_s)
    if (highest <= ground).all():
        raise table.refuse(
            "", N_("its crest lies nowhere above the ground beside it, {highest:.2f} m: it holds "
                   "nothing back"), highest=float(ground.min()),
        )  # fmt: skip
    if highest - float(ground.max()) > HIGHEST_DAM_M:
        raise table.refuse("", N_("stands {deep:.1f} m above the ground of its stretch"),
                           deep=highest - float(ground.max()))  # fmt: skip
    if (highest <= ground).any():
        setting.uses.tell(table.where(), N_("attention: not above the ground on {count} of "
                                            "{edges} edges"), count=int((highest <= ground).sum()),
                          edges=len(edges))  # fmt: skip
    if isinstance(crest, Series) and np.ptp(crest.value) > 0.0:
        during = _during(crest, setting.until_s)
        if np.ptp(during) == 0.0:
            raise table.refuse("", N_("its crest changes only after the end of the run"))


def _both(setting: Setting, edge: Edge) -> tuple[float, float]:
    row, column, side = edge
    other = (row - 1, column) if side is Side.NORTH else (row, column - 1)
    z = setting.ground.z
    return float(z[row, column]), float(z[other])


def _most(given: Given, until_s: float) -> float:
    return float(_during(given, until_s).max()) if isinstance(given, Series) else given


def _during(series: Series, until_s: float) -> Floats:
    """Its values at the start, at its points within the run, and at the end."""
    t = series.t_s[(series.t_s > 0.0) & (series.t_s < until_s)]
    during: Floats = np.interp(np.concatenate([[0.0], t, [until_s]]), series.t_s, series.value)
    return during
