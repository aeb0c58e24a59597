"""landlab's local inertial overland flow (de Almeida et al. 2012, MIT licence) on the basin."""

import numpy as np
from basin import CELLS, MANNING, SIDE_M, Found, gauge_cells, ground, start_depth

from anlan.vocabulary import clock


def run(until_s: float) -> Found:
    """Raises `ImportError` where landlab is not installed."""
    from landlab import RasterModelGrid
    from landlab.components import OverlandFlow

    grid = RasterModelGrid((CELLS + 2, CELLS + 2), xy_spacing=SIDE_M / CELLS)
    shape = (CELLS + 2, CELLS + 2)
    # its rows go from south to north: the basin stands on its head, which changes nothing
    fields = {"topographic__elevation": ground(), "surface_water__depth": start_depth()}
    for name, field in fields.items():
        grid.add_field(name, np.pad(field, 1, mode="edge").ravel().astype(float), at="node")
    grid.set_closed_boundaries_at_grid_edges(True, True, True, True)
    flow = OverlandFlow(grid, mannings_n=MANNING, steep_slopes=True)
    now, steps, began = 0.0, 0, clock.stopwatch()
    while now < until_s:
        dt = min(float(flow.calc_time_step()), until_s - now)
        flow.overland_flow(dt=dt)
        now += dt
        steps += 1
    wall = clock.stopwatch() - began
    depth = grid.at_node["surface_water__depth"].reshape(shape)[1:-1, 1:-1]
    read = np.array([depth[at] for at in gauge_cells()])
    return Found(CELLS * CELLS * steps, wall, read)
