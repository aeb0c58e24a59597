"""The stage library of a reach: where the water stands at every stage of its gauge, at rest.

Steady maps by the forecast's own engine (`stage_building`), one for each quarter of a metre;
between two of them depth and speed are interpolated, so that any stage is answered at once. A map
belongs to the stage that the computation itself reached at the gauge, metres Yellow Sea 1985, so
that the two agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.depth_classes import EDGES_M

Floats = NDArray[np.float64]
Heights = NDArray[np.float32]

STEP_M = 0.25
PART = 11  # maps that one job makes
LAND_FILE = "land.npz"


def stages_of(table: Mapping[str, Any]) -> Floats:
    """The stages of all maps, metres Yellow Sea, from [reach.stages]."""
    count = round((table["highest_m"] - table["lowest_m"]) / STEP_M) + 1
    return np.asarray(table["lowest_m"] + STEP_M * np.arange(count))


def parts_of(table: Mapping[str, Any]) -> list[int]:
    """Number of the first map of each part."""
    return list(range(0, stages_of(table).size, PART))


def part_file(folder: Path, first: int) -> Path:
    """Depth of all water and its speed on the maps of a part, mm and mm/s: uint16, (maps, 2, rows,
    columns)."""
    return folder / f"part-{first:02}.npy"


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """Water at rest: depth of the flood (m) and its speed (m/s), NaN for river and outside; surface
    of all water, metres Yellow Sea 1985, NaN where it is dry."""

    depth: Heights
    speed: Heights
    surface: Heights


def write_land(folder: Path, ground: Heights, river: NDArray[np.bool_]) -> None:
    """What all maps lie on: ground in metres Yellow Sea 1985, NaN outside; where the river is."""
    draft = folder / f"draft-{LAND_FILE}"
    np.savez_compressed(draft, ground=ground, river=river)
    draft.replace(folder / LAND_FILE)


def between(folder: Path, reached_m: Floats, stage_m: float) -> Still:
    """The water at a stage at the gauge.

    reached_m: of all maps, rising. Below the first and above the last the nearest map is given.
    Where the lower map is dry the water comes from the upper one, lowered by the difference.
    """
    upper = int(np.clip(np.searchsorted(reached_m, stage_m), 1, reached_m.size - 1))
    low, high = (_map(folder, number) for number in (upper - 1, upper))
    gap_m = reached_m[upper] - reached_m[upper - 1]
    share = np.float32(np.clip((stage_m - reached_m[upper - 1]) / gap_m, 0.0, 1.0))
    depth, speed = low + share * (high - low)
    fresh = (low[0] == 0.0) & (high[0] > 0.0)
    sunk = np.maximum(high[0] - (1.0 - share) * np.float32(gap_m), np.float32(0.0))
    depth = np.where(fresh, sunk, depth)
    speed = np.where(depth > 0.0, speed, depth)
    with np.load(folder / LAND_FILE) as land:
        ground, river = land["ground"], land["river"]
    nowhere, nothing = river | np.isnan(ground), np.float32(np.nan)
    return Still(
        np.where(nowhere, nothing, depth), np.where(nowhere, nothing, speed),
        np.where(depth >= np.float32(EDGES_M[0]), ground + depth, nothing),
    )  # fmt: skip


def _map(folder: Path, number: int) -> NDArray[np.float32]:
    """Depth and speed of one map."""
    part = np.load(part_file(folder, number - number % PART), mmap_mode="r")
    return np.asarray(part[number % PART] * np.float32(1e-3))
