"""Levees and walls of a case: a line laid along the edges of cells."""

from itertools import pairwise

import numpy as np

from anlan.hazards.flood.casefile.heights import crest_over
from anlan.hazards.flood.casefile.places import along
from anlan.hazards.flood.casefile.rasters import Ground
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.water import Setting, given_of, name_of
from anlan.hazards.flood.shallow_water.case import Levee, Side

Edge = tuple[int, int, Side]
Corner = tuple[int, int]


def levee_of(table: Table, setting: Setting) -> Levee:
    """[[levee]]: a line, and a crest in metres or as a series (column crest_m) that may fall."""
    name = name_of(table)
    edges = edges_along(table, "line", setting.ground)
    crest = given_of(table, "crest_m", setting)
    table.finish()
    crest_over(table, setting, edges, crest)
    setting.uses.tell(table.where(), N_("{name}: levee on {count} edges of cells"), name=name,
                      count=len(edges))  # fmt: skip
    return Levee(edges=edges, crest_m=crest)


def edges_along(table: Table, key: str, ground: Ground) -> tuple[Edge, ...]:
    """The edges between cells with ground that lie nearest to a line, each once."""
    corners = _corners(table, key, ground)
    edges: dict[Edge, None] = {}
    for before, after in pairwise(corners):
        row, column = min(before[0], after[0]), min(before[1], after[1])
        level = before[0] == after[0]
        side, beside = (Side.NORTH, (row - 1, column)) if level else (Side.WEST, (row, column - 1))
        if _grounded(ground, row, column) and _grounded(ground, *beside):
            edges[(row, column, side)] = None
    if not edges:
        raise table.refuse(key, N_("lies between no two cells with ground"))
    return tuple(edges)


def _corners(table: Table, key: str, ground: Ground) -> list[Corner]:
    """Corners of cells along a line, each one step of a row or a column from the last."""
    rows, columns = ground.z.shape
    path: list[Corner] = []
    for x, y in along(table.points(key), ground.cell_m / 8.0):
        row = round((ground.y0 - y) / ground.cell_m)
        column = round((x - ground.x0) / ground.cell_m)
        if not (0 <= row <= rows and 0 <= column <= columns):
            raise table.refuse(key, N_("{x:.1f}, {y:.1f} lies outside the grid"), x=x, y=y)
        if path and row != path[-1][0] and column != path[-1][1]:
            path.append((row, path[-1][1]))
        if not path or (row, column) != path[-1]:
            path.append((row, column))
    return path


def _grounded(ground: Ground, row: int, column: int) -> bool:
    return ground.has(row, column) and bool(np.isfinite(ground.z[row, column]))
