"""The flood engine from the command line: a basin that fills to the stage at its mouth."""

import argparse

import numpy as np
import pytest
import rasterio

from anlan.portal.cli import flooding
from anlan.portal.cli.trouble import Trouble
from anlan.terrain.files import write_dem
from anlan.terrain.grid import Grid


@pytest.fixture
def basin(tmp_path):
    """A trough 400 m wide that falls southward to 100 m; its banks stand at 120 m."""
    z = np.full((30, 30), 120.0, dtype=np.float32)
    z[:, 5:25] = np.linspace(102.0, 100.0, 30, dtype=np.float32)[:, None]
    path = tmp_path / "basin.tif"
    write_dem(path, Grid(z, 640_000.0, 3_275_000.0, 20.0))
    return path


def asked(dem, stage, out):
    return argparse.Namespace(dem=dem, stage=stage, out=out, crs=None)


def series(tmp_path, text):
    path = tmp_path / "stage.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_basin_fills_to_the_stage_at_its_mouth(basin, tmp_path, capsys):
    out = tmp_path / "depth.tif"
    stage = series(tmp_path, "hours,stage_m\n0,101\n1,104\n4,104\n")
    assert flooding.run(asked(basin, stage, out)) == 0
    with rasterio.open(out) as written:
        depth = written.read(1)
    assert depth[29, 15] == pytest.approx(4.0, abs=0.05)
    assert depth[0, 15] == pytest.approx(2.0, abs=0.1)
    assert depth[15, 2] == 0.0
    assert "km²" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [("h,stage_m\n0,1\n", "hours"), ("hours,stage_m\n0,101\n1,high\n", "3"),
     ("hours,stage_m\n1,101\n2,102\n", "0"), ("hours,stage_m\n0,50\n1,60\n", "")],
)  # fmt: skip
def test_a_series_that_makes_no_sense_is_refused_in_one_line(basin, tmp_path, text, says):
    stage = series(tmp_path, text)
    with pytest.raises(Trouble) as refusal:
        flooding.run(asked(basin, stage, tmp_path / "depth.tif"))
    assert says in str(refusal.value)
    assert not (tmp_path / "depth.tif").exists()
