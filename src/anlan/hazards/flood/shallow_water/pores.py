"""Ground that is partly built: water stands in a share of each cell and passes a share of a face.

The equations of Sanders, Schubert & Gallegos (2008), J. Hydrology 362, 19-38, without their drag:
phi dV/dt = sum of psi times the flux over the faces, where the flux leaves out the cell's own
g h^2/2, so that the push of the walls between water and buildings is in it and water at rest stays.
Isotropic: a cell lets pass the same share whichever way; a face the lesser of its two cells'.
"""

from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, quick, scalar
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


@scalar
def net(faces: Any, open_: Any) -> Any:
    """What the fluxes bring to depth and discharges of a cell, to be multiplied by dt/dx.

    faces: west, east, north, south, each (mass, push on this cell, momentum along the face); open_:
    what they let pass, in this order, and the share of the cell.
    """
    west, east, north, south = faces
    part = ONE / open_[4]
    w, e, n, s = open_[0] * part, open_[1] * part, open_[2] * part, open_[3] * part
    return (
        (west[0] * w - east[0] * e) + (north[0] * n - south[0] * s),
        (west[1] * w - east[1] * e) + (north[2] * n - south[2] * s),
        (north[1] * n - south[1] * s) + (west[2] * w - east[2] * e),
    )


@scalar
def pulled(h: Any, pulls: Any, open_: Any) -> Any:
    """The pull of the surface's slopes within a cell, of the share that its faces let pass."""
    weight = GRAVITY * h * HALF / open_[4]
    return weight * (open_[0] + open_[1]) * pulls[0], weight * (open_[2] + open_[3]) * pulls[1]


@quick
def row_net(fluxes: Any, open_: Any, water: Any, pulls: Any, change: Any, cols: Any) -> None:
    """Both for a row. open_: what the west, the north and the south faces let pass, and the share
    of the cells."""
    mass, left, right, along, mass_up, right_up, along_up, mass_low, left_low, along_low = fluxes
    west, north, south, share = open_
    h, z = water
    ds_x, ds_y = pulls
    dh, dx, dy = change
    for j in range(cols[0], cols[1]):
        e = j + NEXT
        faces = (
            (mass[j], right[j], along[j]), (mass[e], left[e], along[e]),
            (mass_up[j], right_up[j], along_up[j]), (mass_low[j], left_low[j], along_low[j]),
        )  # fmt: skip
        let = (west[j], west[e], north[j], south[j], share[j])
        gain, px, py = net(faces, let)
        back_x, back_y = pulled(h[j], (ds_x[j], ds_y[j]), let)
        dh[j] = gain if z[j] < INSIDE_M else ZERO
        dx[j] = px - back_x
        dy[j] = py - back_y
