"""The forecast of the Jialing at Ciqikou, 24 hours of the crest of August 2020: the aim is 45 s.

    python benchmarks/flood/forecast.py [--cells 20] [--hours 24]

Prints wall and processor time of the time steps, cells computed a second, wet cells beside computed
ones, and how much of the aim (45 s on two cores at 20 m) was reached.
"""

import argparse
import json
import time
import tomllib
from pathlib import Path

import numpy as np

import anlan
from anlan.hazards.flood.shallow_water import Outputs, simulate
from anlan.hazards.hydrology import backwater
from anlan.operations.forecasts.rules.inundation import case_of, course_of
from anlan.terrain.schematic import SchematicFacts, build
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum

AIM_S, AIM_HOURS, AIM_CELLS_M = 45.0, 24.0, 20.0
SHAPINGBA = Path(anlan.__file__).parent / "districts/shapingba"
CIQIKOU = (106.4515, 29.5848)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=float, default=AIM_CELLS_M)
    parser.add_argument("--hours", type=float, default=AIM_HOURS)
    asked = parser.parse_args()
    facts = tomllib.loads((SHAPINGBA / "terrain.toml").read_text(encoding="utf-8"))
    reach = tomllib.loads((SHAPINGBA / "forecasts.toml").read_text(encoding="utf-8"))["reach"][0]
    outline = json.loads((SHAPINGBA / "outline.geojson").read_text(encoding="utf-8"))
    river = next(f for f in outline["features"] if f["properties"].get("code") == "jialing")
    line = np.array(river["geometry"]["coordinates"], dtype=np.float64)
    terrain = build(SchematicFacts.from_mapping({**facts, "cell_m": asked.cells}))
    course = course_of(terrain, line, CIQIKOU, reach["flood"])
    hours = np.array([0.0, asked.hours])
    flow, lower = np.array([32000.0, 29600.0]), np.array([189.7, 190.6])
    surface = backwater.profile(flow, lower, course.above_mouth_m, datum=Datum.YELLOW_SEA)
    case = case_of(course, reach["flood"], surface[0], (hours, flow, surface[:, -1]))
    simulate(case, 5.0)
    began, used = clock.stopwatch(), time.process_time()
    result = simulate(
        case, asked.hours * 3600.0, Outputs(max_speed=True, max_hv=True, arrival_m=0.03)
    )
    wall, used = clock.stopwatch() - began, time.process_time() - used
    wet = int((np.nan_to_num(result.final.depth_m) > 0.0).sum())
    aim = AIM_S * asked.hours / AIM_HOURS * (AIM_CELLS_M / asked.cells) ** 3
    print(
        f"{asked.hours:g} h at {asked.cells:g} m: {wall:.1f} s, {used:.1f} s of processor; "
        f"{result.steps} steps of {result.cell_updates // result.steps} cells ({wet} wet), "
        f"{result.cell_updates / wall / 1e6:.0f} MCUPS, "
        f"mass error {result.mass.relative_error:.1e}; "
        f"{100 * aim / wall:.0f} % of the aim of {aim:.0f} s"
    )


if __name__ == "__main__":
    main()
