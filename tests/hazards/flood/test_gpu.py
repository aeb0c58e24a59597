"""The GPU answers what the processor answers; without one, Numba's simulator of CUDA stands in."""

import ctypes.util
import json
import os
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import BadCase, Case, Device, Grid, Scheme, simulate

PROVING = "ANLAN_FLOOD_TABLE" in os.environ
DEVICE = find_spec("numba_cuda") is not None and ctypes.util.find_library("cuda") is not None


def test_the_gpu_answers_what_the_processor_answers(table) -> None:
    """99.9 % of the cells within 0.1 mm and wet fronts within 1 cm, on each case.

    Without a device every case runs when the table is written, else one dam break, shortly.
    """
    env = os.environ | ({} if DEVICE else {"NUMBA_ENABLE_CUDASIM": "1"})
    much = ["--whole"] if DEVICE else [] if PROVING else ["--few"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.hazards.flood.gpu_parity", *much], env=env,
        capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == (14 if DEVICE or PROVING else 1)
    for one in told:
        assert one["within"] >= 0.999, one
        assert one["front_m"] < 0.01, one
        assert abs(one["mass"][1]) < 1e-6, one
    for scheme in dict.fromkeys(one["scheme"] for one in told):
        mine = [one for one in told if one["scheme"] == scheme]
        least = min(one["within"] for one in mine)
        table(f"processor and {'GPU' if DEVICE else 'simulated GPU'}, {len(mine)} cases", scheme,
              f"{least:.1%} of cells within 0.1 mm, wet fronts "
              f"{max(one['front_m'] for one in mine) * 1000:.1f} mm apart",
              "99.9 %, 10 mm")  # fmt: skip


def test_what_the_gpu_cannot_do_is_refused_with_its_reason() -> None:
    ground = Grid(np.zeros((4, 4), dtype=np.float32), 10.0)
    with pytest.raises(BadCase, match=r"muscl.* runs on the processor only"):
        simulate(Case(grid=ground, scheme=Scheme.MUSCL), 1.0, threads=Device.CUDA)
    if not DEVICE:
        with pytest.raises(BadCase, match=r"numba-cuda|no NVIDIA GPU"):
            simulate(Case(grid=ground), 1.0, threads=Device.CUDA)
