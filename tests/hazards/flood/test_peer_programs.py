"""What SFINCS and LISFLOOD-FP are given, and how their answers are read: by stand-ins for both."""

import importlib
import os
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

BENCHMARKS = Path(__file__).parents[3] / "benchmarks/flood"
CELLS = 20

SFINCS = """#!{python} -S
import os, shutil
asked = dict(line.split("=", 1) for line in open("sfincs.inp") if "=" in line)
asked = {{name.strip(): value.strip() for name, value in asked.items()}}
cells = int(asked["mmax"]) * int(asked["nmax"])
for name, each, more in (("depfile", 4, 0), ("inifile", 4, 0), ("mskfile", 1, 0),
                         ("indexfile", 4, 1)):
    assert os.path.getsize(asked[name]) == each * (cells + more), name
assert asked["tref"] == asked["tstart"] == "20200101 000000"
assert asked["tstop"] == "20200101 010000"
assert len(open(asked["obsfile"]).readlines()) == 5
shutil.copy({his!r}, "sfincs_his.nc")
print(" Total simulation time  :      2.500\\n\\n Average time step (s)  :      0.900")
"""
LISFLOOD = """#!{python} -S
import os, sys
asked = dict((line.split() + [""])[:2] for line in open(sys.argv[1]))
assert asked["sim_time"] == "3600.0" and asked["fpfric"] == "0.03" and "fv1" in asked
for name in ("DEMfile", "startfile"):
    lines = open(asked[name]).read().splitlines()
    head = dict(line.split() for line in lines[:6])
    assert len(lines) == 6 + int(head["nrows"]), name
    assert {{len(line.split()) for line in lines[6:]}} == {{int(head["ncols"])}}
assert open(asked["stagefile"]).readline() == "5\\n"
os.mkdir(asked["dirroot"])
mass = "Time Tstep MinTstep NumTsteps Area\\n3600.0 0.9 0.8 4000 1e6\\n"
open("results/res.mass", "w").write(mass)
open("results/res.stage", "w").write("Time; stages\\n0 1 1 1 1 1\\n3600.0 3.1 2.9 2.5 1.8 0.4\\n")
"""


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch):
    """The benchmark's module, on a basin of few cells."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    basin = importlib.import_module("basin")
    monkeypatch.setattr(basin, "CELLS", CELLS)
    for function in (basin.ground, basin.start_depth, basin.gauge_cells):
        monkeypatch.setattr(function, "__defaults__", (CELLS,))
    sys.modules.pop("peer_programs", None)
    yield importlib.import_module("peer_programs")
    for name in ("peer_programs", "basin"):
        sys.modules.pop(name)


def stand_in(path: Path, text: str, **words: str) -> str:
    path.write_text(text.format(python=sys.executable, **words))
    path.chmod(0o700)
    return os.fspath(path)


def test_the_peers_get_their_case_and_are_read(programs, tmp_path: Path, monkeypatch) -> None:
    his = tmp_path / "his.nc"
    zb, depth = np.arange(5.0), np.array([3.0, 2.8, 2.4, 1.9, 0.5])
    xr.Dataset({
        "point_zb": ("stations", zb), "point_zs": (("time", "stations"), [zb, zb + depth]),
    }).to_netcdf(his, engine="scipy")  # fmt: skip
    monkeypatch.setenv("SFINCS_BIN", stand_in(tmp_path / "sfincs", SFINCS, his=os.fspath(his)))
    monkeypatch.setenv("LISFLOOD_BIN", stand_in(tmp_path / "lisflood", LISFLOOD))
    runs = dict(programs.solvers())
    assert len(runs) == 4
    found = runs["SFINCS, local inertial"](3600.0)
    assert found.depth_m == pytest.approx(depth)
    assert (found.updates, found.wall_s) == (CELLS * CELLS * 4000, 2.5)
    found = runs["LISFLOOD-FP, FV1"](3600.0)
    assert found.depth_m.tolist() == [3.1, 2.9, 2.5, 1.8, 0.4]
    assert found.updates == CELLS * CELLS * 4000
    with pytest.raises(programs.PeerFailed, match="ended with 1"):
        runs["LISFLOOD-FP, ACC"](3600.0)


def test_the_maps_of_sfincs_go_by_columns_from_the_south(programs, tmp_path: Path) -> None:
    programs.write_sfincs(tmp_path, 60.0, advection=0)
    bed = np.fromfile(tmp_path / "sfincs.dep", "<f4").reshape(CELLS, CELLS)  # column, row
    assert np.array_equal(bed.T[::-1], programs.ground())
    level = np.fromfile(tmp_path / "sfincs.ini", "<f4").reshape(CELLS, CELLS)
    assert np.allclose((level - bed).T[::-1], programs.start_depth(), atol=1e-6)
    index = np.fromfile(tmp_path / "sfincs.ind", "<u4")
    assert index[0] == index[-1] == CELLS * CELLS
