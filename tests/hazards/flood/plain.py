"""A case as files in a folder, for the tests to break in one place at a time."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

PLAIN = """
[case]
name = "plain"
datum = "Yellow Sea 1985"
scheme = "godunov"
duration = "1h"
start = "2020-08-19T08:00:00+08:00"

[grid]
dem = "dem.tif"

[roughness]
n = 0.05

[rain]
rain_mm_h = 20

[[inflow]]
name = "spring"
at = [500105, 3270095]
series = "flow.csv"

[[boundary]]
kind = "stage"
side = "west"
between = [[500000, 3270080], [500000, 3270000]]
stage_m = 3.5

[output]
snapshots_every = "20min"
arrival_m = 0.05
[[output.gauge]]
name = "bridge"
at = [500055, 3270055]
"""
FLOW = "minutes,discharge_m3s\n0,1\n60,3\n"


def raster(path: Path, values: np.ndarray, **profile) -> None:
    bands = np.atleast_3d(values) if values.ndim == 2 else np.moveaxis(values, 0, -1)
    settings = {
        "crs": "EPSG:4544", "nodata": -9999.0,
        "transform": from_origin(500000.0, 3270100.0, 10.0, 10.0), **profile,
    }  # fmt: skip
    unit = settings.pop("unit", None)
    with rasterio.open(
        path, "w", driver="GTiff", width=bands.shape[1], height=bands.shape[0],
        count=bands.shape[2], dtype="float32", **settings,
    ) as sink:  # fmt: skip
        for band in range(bands.shape[2]):
            values = np.where(np.isnan(bands[..., band]), -9999.0, bands[..., band])
            sink.write(values.astype(np.float32), band + 1)
            if unit:
                sink.set_band_unit(band + 1, unit)


def lay_out(tmp_path: Path) -> Path:
    """Ten rows, twelve columns of ten metres, falling westwards, the upper right corner outside."""
    ground = np.tile(np.linspace(2.0, 4.0, 12), (10, 1))
    ground[0, 11] = np.nan
    raster(tmp_path / "dem.tif", ground)
    (tmp_path / "flow.csv").write_text(FLOW)
    (tmp_path / "case.toml").write_text(PLAIN)
    return tmp_path


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / "case.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
