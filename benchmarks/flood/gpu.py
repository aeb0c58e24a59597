"""The flood engine on a GPU beside what its memory allows; needs a device and `anlan[cuda]`.

    python benchmarks/flood/gpu.py [--cells 1000 4000 10000]

Prints a table for docs/models/flood.md: MCUPS of each scheme and size, and the share of what the
measured copy bandwidth allows at 32 B a cell and step (the aim is 60 %), also where culverts carry
water. Second order goes over the memory twice a step and is told by the same 32 B.
"""

import argparse

import numpy as np
from basin import SIDE_M, basin, linked, timed
from limits import LEAST_B

from anlan.hazards.flood.shallow_water import Case, Device, Scheme
from anlan.vocabulary import clock

STEPS = 400.0
QUICK_M_S = 9.0  # the fastest wave on 5 m of water that moves


def copy_bandwidth() -> float:
    """Bytes a second that a copy on the device reads and writes, the best of several."""
    from numba import cuda

    source = cuda.to_device(np.ones(250_000_000, dtype=np.float32))
    to = cuda.device_array_like(source)
    walls = []
    for _ in range(6):
        cuda.synchronize()
        began = clock.stopwatch()
        to.copy_to_device(source)
        cuda.synchronize()
        walls.append(clock.stopwatch() - began)
    return 2 * source.nbytes / min(walls[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=int, nargs="+", default=[1000, 4000, 10000])
    sizes = parser.parse_args().cells
    from numba import cuda

    if not cuda.is_available():
        print("there is no NVIDIA GPU with a driver on this machine: nothing was measured")
        return
    speed = copy_bandwidth()
    limit = speed / LEAST_B / 1e6
    name = cuda.get_current_device().name
    print(f"{name.decode() if isinstance(name, bytes) else name}: a copy moves "
          f"{speed / 1e9:.0f} GB/s, at most {limit:.0f} MCUPS at {LEAST_B} B")  # fmt: skip
    print("| scheme | cells | MCUPS, best (worst) | of the memory limit (aim 60 %) |")
    print("|---|---|---|---|")
    for scheme in Scheme:
        for cells in sizes:
            told(f"{scheme}", basin(scheme, cells=cells), limit)
        told(f"{scheme}, 100 culverts", linked(scheme, cells=sizes[0]), limit)


def told(name: str, case: Case, limit: float) -> None:
    """One row: the best and the worst of three runs of about as many steps."""
    cells = case.grid.shape[0]
    until = STEPS * 0.5 * SIDE_M / cells / QUICK_M_S
    timed(case, until / STEPS, threads=Device.CUDA)
    rates = [timed(case, until, threads=Device.CUDA).mcups for _ in range(3)]
    print(f"| {name} | {cells**2:.0e} | {max(rates):.0f} ({min(rates):.0f}) | "
          f"{max(rates) / limit:.0%} |")  # fmt: skip


if __name__ == "__main__":
    main()
