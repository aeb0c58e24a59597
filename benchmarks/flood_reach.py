"""The flood engine beside what the memory allows, on a whole wet basin and on the river reach.

The physical limit is measured in the same run: a step must move at least 32 bytes a cell in
float32 (read depth, two flows, ground, roughness; write depth and two flows), so bandwidth / 32 is
the most cell updates a second that any such engine could make on this machine. MCUPS = million
cell updates a second. The basin is the common case on which peers were measured (5 km x 5 km,
10 m, 500 x 500): LISFLOOD-FP 8.1 14, landlab 2.11 14, SFINCS 2.4 14 MCUPS on two cores.

    python benchmarks/flood_reach.py [--hours 3] [--repeat 3]
"""

import argparse
import json
import platform
import tomllib
from pathlib import Path

import numba
import numpy as np

import anlan
from anlan.hazards.flood import reach
from anlan.hazards.flood.local_inertial import Case, Flood, Series, Settings, simulate
from anlan.terrain.crs import to_metric
from anlan.terrain.lines import chainage
from anlan.terrain.schematic import SchematicFacts, build
from anlan.vocabulary import clock

BYTES_PER_UPDATE = 32
MARGIN_M = 1200.0


@numba.njit(parallel=True)
def triad(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> None:
    for i in numba.prange(a.size):
        a[i] = b[i] + np.float32(3.0) * c[i]


def bandwidth() -> float:
    """Bytes a second of a triad over arrays far larger than any cache; best of several."""
    a, b, c = (np.ones(40_000_000, dtype=np.float32) for _ in range(3))
    triad(a, b, c)
    best = 0.0
    for _ in range(5):
        began = clock.stopwatch()
        triad(a, b, c)
        best = max(best, 3 * a.nbytes / (clock.stopwatch() - began))
    return best


def basin() -> Case:
    """A closed basin on a slope of 1 per mille, bumps of 0.25 m, 5 m of water beside 1 m."""
    y, x = np.mgrid[0:500, 0:500] * 10.0
    z = (0.001 * x + 0.25 * np.sin(x / 100.0) * np.sin(y / 100.0)).astype(np.float32)
    start = z + np.where(x < 1500.0, 5.0, 1.0)
    return Case(
        z=z, cell_m=10.0, manning=0.03, duration_s=900.0, initial_surface=start.astype(np.float32)
    )


def river(hours: float) -> Case:
    """The district's own reach of the Jialing at 20 m, the crest of a great flood."""
    path = Path(anlan.__file__).parent / "districts/shapingba/terrain.toml"
    facts = SchematicFacts.from_mapping(tomllib.loads(path.read_text(encoding="utf-8")))
    points = np.array(facts.rivers[0].points)
    line = np.stack(to_metric(points[:, 0], points[:, 1]), axis=1)
    xmin, ymin, xmax, ymax = facts.extent
    inside = (line[:, 0] > xmin) & (line[:, 0] < xmax) & (line[:, 1] > ymin) & (line[:, 1] < ymax)
    line = line[inside]
    low, high = line.min(axis=0) - MARGIN_M, line.max(axis=0) + MARGIN_M
    window = build(facts).window(low[0], low[1], high[0], high[1])
    along = chainage(line)
    t = np.linspace(0.0, hours * 3600.0, 25)
    rise = np.sin(np.pi * t / t[-1])
    made = reach.Reach(
        line_xy=line,
        surface_m=189.0 + 8e-5 * (along[-1] - along),
        inflow=Series(t, 26000.0 + 6000.0 * rise),
        stage=Series(t, 189.0 + 2.5 * rise),
    )
    return reach.case(window, made, reach.Roughness(), hours * 3600.0)


def timed(case: Case, threads: int, repeat: int) -> tuple[Flood, list[float]]:
    walls = []
    for _ in range(repeat):
        began = clock.stopwatch()
        flood = simulate(case, Settings(threads=threads))
        walls.append(clock.stopwatch() - began)
    return flood, walls


def told(name: str, case: Case, limit: float, asked: argparse.Namespace) -> dict[str, object]:
    flood, walls = timed(case, asked.threads, asked.repeat)
    best = min(walls)
    rate = flood.cell_updates / best
    wet = int((flood.max_depth > 0.03).sum())
    print(
        f"{name:6} {case.z.shape[0]} x {case.z.shape[1]} cells, {wet} wet, {flood.steps} steps: "
        f"{best:.2f} s (worst {max(walls):.2f}), {rate / 1e6:.0f} MCUPS, "
        f"{100 * rate / limit:.0f}% of the memory limit, "
        f"mass error {flood.mass.relative_error:.1e}"
    )
    return {
        "case": name,
        "steps": flood.steps,
        "cell_updates": flood.cell_updates,
        "wall_s": [round(wall, 3) for wall in walls],
        "mcups": round(rate / 1e6, 1),
        "ratio_to_limit": round(rate / limit, 4),
        "mass_error": flood.mass.relative_error,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=3.0)
    parser.add_argument("--threads", type=int, default=numba.get_num_threads())
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    simulate(Case(z=np.zeros((3, 3), dtype=np.float32), cell_m=1.0, manning=0.1, duration_s=1.0))
    bytes_a_second = bandwidth()
    limit = bytes_a_second / BYTES_PER_UPDATE
    print(
        f"{platform.processor() or platform.machine()}, {asked.threads} threads: "
        f"triad {bytes_a_second / 1e9:.1f} GB/s, at most {limit / 1e6:.0f} MCUPS"
    )
    cases = [told("basin", basin(), limit, asked), told("reach", river(asked.hours), limit, asked)]
    print(json.dumps({"limit_mcups": round(limit / 1e6, 1), "cases": cases}))


if __name__ == "__main__":
    main()
