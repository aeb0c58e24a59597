"""Published flood cases: the United Kingdom benchmark of a breached embankment, and Merewether.

Neelz & Pender (2013), Environment Agency SC120002, test 4: water enters a flat dry plain through
20 m of its western side. Depths beside it: LISFLOOD-FP 8 (Shaw et al. 2021, GMD 14, 3577), second
order discontinuous Galerkin at 5 m and local inertial at 1 m, doi 10.5281/zenodo.4066824, CC BY.

Merewether, 8 June 2007: Smith & Wasko (2012), Australian Rainfall and Runoff, project 15. The
discharge, roughness of road and land and 3 m of height for buildings are those of ANUGA's case.
"""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

PLAIN_M = (1000.0, 2000.0)  # west to east, south to north
PLAIN_N = 0.05
PLAIN_FLOW_S = np.array([0.0, 300.0, 3600.0, 14400.0, 18000.0])
PLAIN_FLOW = np.array([0.0, 0.0, 20.0, 20.0, 0.0])
PLAIN_POINTS = ((50.0, 1000.0), (100.0, 1000.0), (200.0, 1000.0), (300.0, 1000.0),
                (400.0, 1000.0), (300.0, 1300.0))  # fmt: skip
PLAIN_DEPTHS = {  # seconds: depth at the six points
    "DG2 5 m": {
        3600.0: (0.3092, 0.2461, 0.1739, 0.1137, 0.0, 0.0),
        7200.0: (0.3221, 0.2689, 0.2166, 0.1830, 0.1546, 0.1475),
    },
    "ACC 1 m": {
        3600.0: (0.3132, 0.2487, 0.1753, 0.1146, 0.0, 0.0),
        7200.0: (0.3262, 0.2715, 0.2180, 0.1839, 0.1554, 0.1486),
    },
}
PLAIN_ARRIVAL_S = (630.0, 1005.0, 1847.0, 2760.0, 3719.0, 3996.0)  # 2 cm, DG2 5 m

MEREWETHER_FLOW = 19.7
MEREWETHER_INLET = (382265.0, 6354280.0, 10.0)  # x, y, radius
ROAD_N, LAND_N, HOUSE_M = 0.02, 0.04, 3.0


@dataclass(frozen=True, eq=False)
class Merewether:
    """z: ground with the buildings on it; points: name -> row, column; surveyed: name -> m."""

    z: np.ndarray
    cell_m: float
    manning: np.ndarray
    inlet: np.ndarray
    points: dict[str, tuple[int, int]] = field(default_factory=dict)
    surveyed: dict[str, float] = field(default_factory=dict)


def merewether(folder: Path, coarsen: int = 1) -> Merewether:
    """The case from its files, on cells of one metre or `coarsen` of them."""
    import rasterio
    from rasterio.features import rasterize
    from shapely.geometry import Polygon, shape

    with rasterio.open(folder / "topography1.asc") as source:
        z = np.ma.filled(source.read(1, masked=True).astype(np.float64), np.nan)
        transform = source.transform
    houses = [
        shape(f["geometry"])
        for f in json.loads((folder / "buildings.geojson").read_text())["features"]
    ]
    with (folder / "RoadPolygon.csv").open() as file:
        road = Polygon([(float(x), float(y)) for x, y in csv.reader(file)])
    z += HOUSE_M * rasterize(houses, out_shape=z.shape, transform=transform)
    n = np.where(rasterize([road], out_shape=z.shape, transform=transform) == 1, ROAD_N, LAND_N)
    rows, columns = (size // coarsen * coarsen for size in z.shape)
    blocks = (rows // coarsen, coarsen, columns // coarsen, coarsen)
    z = z[:rows, :columns].reshape(blocks).mean(axis=(1, 3))
    n = n[:rows, :columns].reshape(blocks).mean(axis=(1, 3))
    cell = transform.a * coarsen
    x = transform.c + (np.arange(z.shape[1]) + 0.5) * cell
    y = transform.f - (np.arange(z.shape[0]) + 0.5) * cell
    x0, y0, radius = MEREWETHER_INLET
    inlet = np.argwhere((x[None, :] - x0) ** 2 + (y[:, None] - y0) ** 2 <= radius**2)
    made = Merewether(z.astype(np.float32), cell, n.astype(np.float32), inlet)
    with (folder / "ObservationPoints.csv").open() as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            at = (int((transform.f - float(row["y"])) / cell),
                  int((float(row["x"]) - transform.c) / cell))  # fmt: skip
            made.points[row["ID"].strip()] = at
            made.surveyed[row["ID"].strip()] = float(row["stage (ARR Report Final)"])
    return made
