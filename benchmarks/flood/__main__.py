"""The flood engine beside its peers, in one run; every figure beside a limit or an aim.

    python benchmarks/flood [--minutes 60] [--rounds 2] [--parts peers threads sizes wet memory]
                               [--most 10000000]

Solvers take turns, so that a busy spell hits all of them; best and worst are printed. MCUPS =
million cells times steps a second. landlab runs where it is installed (`pip install '.[bench]'`),
SFINCS and LISFLOOD-FP where SFINCS_BIN and LISFLOOD_BIN name their executables.
"""

import argparse
import platform
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import landlab_peer
import numba
import numpy as np
import peer_programs
from basin import SIDE_M, Found, basin, pond, timed
from limits import LEAST_B, copy_bandwidth

from anlan.hazards.flood.shallow_water import Outputs, Scheme, simulate

AIM = {Scheme.INERTIAL: 400.0, Scheme.GODUNOV: 150.0, Scheme.MUSCL: 60.0}
GIB = 2.0**30
WIDE = 1800  # cells along the lake's land: its rim is small beside it
CASE_B = 8  # ground and depth at the start, float32
DEEP_WAVE_M_S = 9.0  # on 5 m of water that moves
Run = Callable[[float], Found]


def warm() -> None:
    """Load the kernels."""
    for scheme in Scheme:
        timed(basin(scheme, rained=True, cells=64), 5.0, kept=True)


def solvers() -> dict[str, Run]:
    found: dict[str, Run] = {}
    for scheme in Scheme:
        found[f"{scheme} bare"] = lambda t, s=scheme: timed(basin(s), t)
        found[f"{scheme} rain, soil, maxima"] = lambda t, s=scheme: timed(
            basin(s, rained=True), t, kept=True
        )
    try:
        landlab_peer.run(1.0)
    except ImportError:
        print("landlab is not installed: pip install '.[bench]'")
    else:
        found["landlab"] = landlab_peer.run
    return found | dict(peer_programs.solvers())


def beside_peers(asked: argparse.Namespace, limit: float) -> None:
    until = asked.minutes * 60.0
    runs: dict[str, list[Found]] = {}
    for _ in range(asked.rounds):
        for name, run in solvers().items():
            runs.setdefault(name, []).append(run(until))
    print(f"\n500 x 500 cells, {asked.minutes:g} minutes of flow, all cells wet")
    print("| solver | MCUPS, best (worst) | of the memory limit | aim | wall, s |")
    print("|---|---|---|---|---|")
    for name, found in runs.items():
        best, worst = (pick(found, key=lambda f: f.mcups) for pick in (max, min))
        aim = AIM.get(Scheme(name.split()[0])) if name.split()[0] in set(Scheme) else None
        share = f"{best.mcups / aim:.0%} of {aim:.0f}" if aim else ""
        print(f"| {name} | {best.mcups:.1f} ({worst.mcups:.1f}) | {best.mcups / limit:.1%} | "
              f"{share} | {best.wall_s:.1f} |")  # fmt: skip
    told_gauges({name: found[0].depth_m for name, found in runs.items() if "rain" not in name})


def told_gauges(depths: dict[str, np.ndarray]) -> None:
    together = np.array(list(depths.values()))
    for name, depth in depths.items():
        print(f"gauges {name}: {', '.join(f'{d:.3f}' for d in depth)} m")
    print(f"gauges lie at most {np.ptp(together, axis=0).max():.3f} m apart (aim 0.1)")


def by_threads() -> None:
    print("\n| threads | " + " | ".join(f"{s} MCUPS" for s in Scheme) + " |\n|---|---|---|---|")
    threads = [n for n in (1, 2, 4, 8, 16, 32, 64) if n <= numba.get_num_threads()]
    best = {(s, n): 0.0 for s in Scheme for n in threads}
    for _ in range(3):
        for (s, n), before in best.items():
            best[s, n] = max(before, timed(basin(s), 120.0, threads=n).mcups)
    for n in threads:
        told = " | ".join(f"{best[s, n]:.0f} ({best[s, n] / best[s, 1]:.2f}x)" for s in Scheme)
        print(f"| {n} | {told} |")


def by_size(most: float, limit: float) -> None:
    """Godunov on grids of so many cells, about as many updates each."""
    print("\n| cells | ns a cell and step (godunov) | MCUPS | of the memory limit |")
    print("|---|---|---|---|")
    for cells in (100, 316, 1000, 3162, 10000):
        if cells * cells > most * 1.01:
            print(f"| {cells**2:.0e} | only when asked: --most 1e8 | | |")
            continue
        steps = max(6.0, 4e7 / cells**2)
        until = steps * 0.45 * SIDE_M / cells / DEEP_WAVE_M_S
        found = max((timed(basin(Scheme.GODUNOV, cells=cells), until) for _ in range(2)),
                    key=lambda f: f.mcups)  # fmt: skip
        print(f"| {cells**2:.0e} | {1e3 / found.mcups:.2f} | {found.mcups:.0f} | "
              f"{found.mcups / limit:.1%} |")  # fmt: skip


def partly_wet() -> None:
    """5 % of the cells wet against all of them, the same steps: the aim is 8 % of the cost."""
    print("\n| scheme | cost of 5 % wet beside all wet (aim 8 %) |\n|---|---|")
    for scheme in Scheme:
        walls = dict.fromkeys((1.0, 0.05), np.inf)
        for _ in range(2):
            for share in walls:
                wall = timed(pond(scheme, WIDE, share), 120.0).wall_s
                walls[share] = min(walls[share], wall)
        print(f"| {scheme} | {walls[0.05] / walls[1.0]:.1%} |")


class Scales:
    """Weighs what NumPy holds when the engine begins to run."""

    held = 0

    def snapshot(self, taken: object) -> None:
        """Nothing is asked for."""

    def moment(self, now_s: float, state: object) -> None:
        self.held = self.held or tracemalloc.get_traced_memory()[0]


def memory() -> None:
    """Bytes a cell beside the case itself: while it runs, for each output, and at the most."""
    print("\n| scheme | B a cell as it runs, bare (aim 48) | each output (aim 4) | at the most | "
          "10⁸ cells with their case, GiB (aim 16) |\n|---|---|---|---|---|")  # fmt: skip
    cells = 1500
    for scheme in Scheme:
        case, held, peak = basin(scheme, cells=cells), [], 0.0
        for kept in (False, True):
            scales = Scales()
            tracemalloc.start()
            simulate(case, 0.1, Outputs(max_depth=kept, gauge_every_s=1e9), keep=scales)
            held.append(scales.held / cells**2)
            peak = tracemalloc.get_traced_memory()[1] / cells**2
            tracemalloc.stop()
        print(f"| {scheme} | {held[0]:.1f} | {held[1] - held[0]:.1f} | {peak:.1f} | "
              f"{(peak + CASE_B) * 1e8 / GIB:.1f} |")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--most", type=float, default=1e7)
    parts = ("peers", "threads", "sizes", "wet", "memory")
    parser.add_argument("--parts", nargs="+", choices=parts, default=parts)
    asked = parser.parse_args()
    warm()
    speed = copy_bandwidth()
    limit = speed / LEAST_B / 1e6
    print(f"{processor()}, {numba.get_num_threads()} threads; a copy moves {speed / 1e9:.1f} GB/s: "
          f"at most {limit:.0f} MCUPS at {LEAST_B} B a cell and step")  # fmt: skip
    if "peers" in asked.parts:
        beside_peers(asked, limit)
    if "threads" in asked.parts:
        by_threads()
    if "sizes" in asked.parts:
        by_size(asked.most, limit)
    if "wet" in asked.parts:
        partly_wet()
    if "memory" in asked.parts:
        memory()


def processor() -> str:
    """The processor's name where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
