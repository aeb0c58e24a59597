"""One member of an ensemble: run by its numbers, written whole into a folder of its own.

The folder appears with everything in it or not at all, so that whoever starts again sees at once
which members are done.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile import CaseFile, Plan, read_case
from anlan.hazards.flood.ensemble.draws import varied_case
from anlan.hazards.flood.shallow_water import Outputs, Result, simulate
from anlan.vocabulary import clock

DEPTH, ARRIVAL, GAUGES, FACTS = "max_depth.npy", "arrival.npy", "gauges.npz", "member.json"
OUTCOMES = {  # of each member, with units
    "flooded_m2": "m2", "deepest_m": "m", "water_m3": "m3", "mass_relative_error": "1",
    "seconds": "s",
}  # fmt: skip
Field = NDArray[np.float32]


class OtherEnsemble(ValueError):
    """What lies in the folder was made from another case, seed or number of members."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """What is kept of a member that ran. max_depth_m, arrival_s: mapped from its files, NaN outside
    and where the water never came; gauge_depth_m: (times, gauges); facts: one row of the table."""

    number: int
    max_depth_m: Field
    arrival_s: Field
    gauge_t_s: NDArray[np.float64]
    gauge_depth_m: NDArray[np.float64]
    facts: Mapping[str, float]


def run_member(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Run one member. arguments: case, folder (paths), fingerprint, number, values, threads.

    Answers its number. Raises `OtherEnsemble` where the case is not the one that was begun.
    """
    asked = read_case(Path(arguments["case"]))
    plan = asked.plan
    if plan is None or fingerprint(asked) != arguments["fingerprint"]:
        raise OtherEnsemble(f"{asked.path} has changed since the ensemble began")
    number, values = int(arguments["number"]), list(arguments["values"])
    began = clock.stopwatch()
    result = simulate(
        varied_case(asked.case, plan.varied, values), asked.until_s, outputs_of(asked, plan),
        threads=arguments["threads"],
    )  # fmt: skip
    facts = {
        **dict(zip((one.label for one in plan.varied), values, strict=True)),
        **_outcome(asked, plan, result), "seconds": clock.stopwatch() - began,
    }  # fmt: skip
    _write(Path(arguments["folder"]), number, result, facts)
    return {"number": number}


def place_of(folder: Path, number: int) -> Path:
    return folder / "members" / f"{number:04d}"


def read_member(folder: Path, number: int) -> Member:
    """A member that is done. Raises `OSError` for one that is not."""
    place = place_of(folder, number)
    with np.load(place / GAUGES) as read:
        t_s, depth_m = read["t_s"], read["depth_m"]
    return Member(
        number=number, gauge_t_s=t_s, gauge_depth_m=depth_m,
        max_depth_m=np.load(place / DEPTH, mmap_mode="r"),
        arrival_s=np.load(place / ARRIVAL, mmap_mode="r"),
        facts=json.loads((place / FACTS).read_text(encoding="utf-8")),
    )  # fmt: skip


def is_whole(folder: Path, number: int) -> bool:
    """Whether a member is done and can be read; after a loss of power a file may be cut short."""
    try:
        member = read_member(folder, number)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return False
    return member.max_depth_m.shape == member.arrival_s.shape


def outputs_of(asked: CaseFile, plan: Plan) -> Outputs:
    """What a member keeps: greatest depth, arrival, gauges."""
    return replace(
        asked.outputs, max_depth=True, max_speed=False, max_hv=False, duration_m=None,
        snapshots_s=(), arrival_m=asked.outputs.arrival_m or plan.depths_m[0],
    )  # fmt: skip


def fingerprint(asked: CaseFile) -> str:
    """Of everything that a member depends on but its own numbers, and of where and when it is."""
    digest, ground = hashlib.sha256(), asked.ground
    _feed(digest, (asked.case, asked.until_s, asked.outputs, asked.gauges, asked.plan))
    _feed(digest, (ground.x0, ground.y0, ground.crs, asked.datum, asked.start))
    return digest.hexdigest()


def _feed(digest: "hashlib._Hash", value: Any) -> None:
    if isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        digest.update(type(value).__name__.encode())
        for field in fields(value):
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        digest.update(f"{len(value)}(".encode())
        for item in value:
            _feed(digest, item)
    else:
        digest.update(repr(value.value if isinstance(value, Enum) else value).encode() + b";")


def _outcome(asked: CaseFile, plan: Plan, result: Result) -> dict[str, float]:
    depth = np.nan_to_num(result.max_depth_m if result.max_depth_m is not None else 0.0)
    flooded = float((depth >= plan.depths_m[0]).sum()) * asked.case.grid.cell_m**2
    gauges = result.gauges.depth_m.max(axis=0)
    return {
        "flooded_m2": flooded,
        "deepest_m": float(depth.max()),
        "water_m3": result.mass.final_m3,
        "mass_relative_error": result.mass.relative_error,
        **{f"{name}_depth_m": float(most) for name, most in zip(asked.gauges, gauges, strict=True)},
    }


def _write(folder: Path, number: int, result: Result, facts: dict[str, float]) -> None:
    place = place_of(folder, number)
    draft = place.with_name(place.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)  # what a worker that died left behind
    draft.mkdir(parents=True)
    np.save(draft / DEPTH, np.asarray(result.max_depth_m, dtype=np.float32))
    np.save(draft / ARRIVAL, np.asarray(result.arrival_s, dtype=np.float32))
    np.savez(draft / GAUGES, t_s=result.gauges.t_s, depth_m=result.gauges.depth_m)
    (draft / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    for file in draft.iterdir():
        _sync(file)
    if is_whole(folder, number):  # another worker that was thought lost came back first
        shutil.rmtree(draft)
        return
    shutil.rmtree(place, ignore_errors=True)  # damaged
    draft.rename(place)


def _sync(file: Path) -> None:
    """On the disk before its folder gets its name."""
    with file.open("rb+") as kept:
        os.fsync(kept.fileno())
