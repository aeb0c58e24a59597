"""Ground that is partly built: water stands in a share of each cell and passes a share of a face.

The equations of Sanders, Schubert & Gallegos (2008), J. Hydrology 362, 19-38, without their drag:
phi dV/dt = sum of psi times the flux over the faces, where the flux leaves out the cell's own
g h^2/2, so that the push of the walls between water and buildings is in it and water at rest stays.
Isotropic: a cell lets pass the same share whichever way; a face the lesser of its two cells'.
"""

from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, quick
from anlan.hazards.flood.shallow_water.fields import WALL_M
from anlan.hazards.flood.shallow_water.flux import GRAVITY, HALF, ONE, ZERO, F

NEXT = np.uint64(1)
INSIDE_M = F(0.5) * WALL_M


@kernel
def share_at(land: Any, i: Any, j: Any) -> Any:
    """The share of a cell in which water stands."""
    return np.float64(land.share[i, j]) if land.share.size > 0 else 1.0


@quick
def row_rain(rain: Any, share: Any, made: Any, cols: Any) -> None:
    """Rain on the whole cell, over the open share of it."""
    for j in range(cols[0], cols[1]):
        made[j] = rain[j] / share[j]


@quick
def row_net(fluxes: Any, open_: Any, z: Any, net: Any, cols: Any) -> None:
    """What the fluxes bring to depth and discharges, to be multiplied by dt/dx.

    open_: what the west, the north and the south faces let pass, and the share of the cells.
    """
    mass, left, right, along, mass_up, right_up, along_up, mass_low, left_low, along_low = fluxes
    west, north, south, share = open_
    dh, dx, dy = net
    for j in range(cols[0], cols[1]):
        e = j + NEXT
        part = ONE / share[j]
        w, o, n, s = west[j] * part, west[e] * part, north[j] * part, south[j] * part
        gain = (mass[j] * w - mass[e] * o) + (mass_up[j] * n - mass_low[j] * s)
        dh[j] = gain if z[j] < INSIDE_M else ZERO
        dx[j] = (right[j] * w - left[e] * o) + (along_up[j] * n - along_low[j] * s)
        dy[j] = (right_up[j] * n - left_low[j] * s) + (along[j] * w - along[e] * o)


@quick
def row_pull(h: Any, pulls: Any, open_: Any, net: Any, cols: Any) -> None:
    """The pull of the surface's slopes within the cells, of the share that their faces let pass."""
    ds_x, ds_y = pulls
    west, north, south, share = open_
    _, dx, dy = net
    for j in range(cols[0], cols[1]):
        weight = GRAVITY * h[j] * HALF / share[j]
        dx[j] -= weight * (west[j] + west[j + NEXT]) * ds_x[j]
        dy[j] -= weight * (north[j] + south[j]) * ds_y[j]
