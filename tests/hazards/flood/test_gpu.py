"""The GPU answers what the processor answers; without one, Numba's simulator of CUDA stands in."""

import ctypes.util
import json
import os
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import BadCase, Case, Device, Grid, simulate

PROVING = "ANLAN_FLOOD_TABLE" in os.environ
DEVICE = find_spec("numba_cuda") is not None and ctypes.util.find_library("cuda") is not None


def test_the_gpu_answers_what_the_processor_answers(table) -> None:
    """99.9 % of the cells within 0.1 mm and wet fronts within 1 cm, on each case; where links carry
    water, a run that was cut goes on to the bit.

    Without a device every case runs when the table is written, else one with all in it, shortly.
    """
    env = os.environ | ({} if DEVICE else {"NUMBA_ENABLE_CUDASIM": "1"})
    every = DEVICE or PROVING
    much = ["--whole"] if DEVICE else [] if PROVING else ["--few"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.hazards.flood.gpu_parity", *much], env=env,
        capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) >= (70 if every else 1)
    for one in told:
        assert one["within"] >= 0.999, one
        assert one["front_m"] < 0.01, one
        assert one["links"] < 1e-3, one
        assert not one.get("again"), one
        assert abs(one["mass"][1]) < 1e-6, one
    for scheme in dict.fromkeys(one["scheme"] for one in told if every):
        mine = [one for one in told if one["scheme"] == scheme]
        least = min(one["within"] for one in mine)
        table(f"processor and {'GPU' if DEVICE else 'simulated GPU'}", scheme,
              f"{len(mine)} cases: {least:.1%} of cells within 0.1 mm, wet fronts "
              f"{max(one['front_m'] for one in mine) * 1000:.1f} mm apart",
              "99.9 %, 10 mm")  # fmt: skip


@pytest.mark.skipif(DEVICE, reason="there is a device")
def test_a_machine_without_a_gpu_says_so() -> None:
    ground = Grid(np.zeros((4, 4), dtype=np.float32), 10.0)
    with pytest.raises(BadCase, match=r"numba-cuda|no NVIDIA GPU"):
        simulate(Case(grid=ground), 1.0, threads=Device.CUDA)
