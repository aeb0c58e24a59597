"""A simulation put aside and taken up again, to the bit as if it had never stopped."""

import hashlib
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.case import Case
from anlan.hazards.flood.shallow_water.result import Outputs, Snapshot
from anlan.hazards.flood.shallow_water.series import BadCase
from anlan.hazards.flood.shallow_water.structures import lasting

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Everything that a run needs to go on: arrays by name, and what they belong to."""

    belongs: str
    arrays: Arrays

    def write(self, path: Path) -> None:
        """Into a file; whoever reads it finds the old state or the new one, never half of it."""
        draft = path.with_name(path.name + ".part")
        with draft.open("wb") as sink:
            everything: Any = {"belongs": np.array(self.belongs), **self.arrays}
            np.savez(sink, **everything)
            sink.flush()
            os.fsync(sink.fileno())
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> "State":
        """Raises `BadCase` for what is no state."""
        try:
            with np.load(path, allow_pickle=False) as source:
                arrays = {name: source[name] for name in source.files}
            return cls(str(arrays.pop("belongs")), arrays)
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as fault:
            raise BadCase(f"{path} holds no state of a simulation") from fault


class Keeper(Protocol):
    """Who takes what a run yields while it runs."""

    def snapshot(self, taken: Snapshot) -> None:
        """A whole field that was asked for; it is not kept in the result."""

    def moment(self, now_s: float, state: Callable[[], State]) -> None:
        """Told at each reading of the gauges; `state()` makes a checkpoint of this moment."""


def belonging(case: Case, outputs: Outputs) -> str:
    """What a state belongs to: all of a case that holds for its whole run, and the outputs.

    Rain, hydrographs and other series may go on differently, as a later forecast has them.
    """
    sides = [
        (b.kind.value, b.side.value, b.first, b.last, b.slope,
         None if b.cells is None else b.cells.tolist())
        for b in case.boundaries
    ]  # fmt: skip
    digest = hashlib.sha256(np.ascontiguousarray(case.grid.z).tobytes())
    digest.update(np.asarray(case.manning, dtype=np.float64).tobytes())
    for inflow in case.inflows:
        digest.update(np.ascontiguousarray(inflow.cells).tobytes())
    crests = [levee.edges for levee in case.levees]
    links = [lasting(link) for link in case.links]
    plain = (
        case.grid.shape, case.grid.cell_m, case.scheme.value, case.courant, sides, crests, links,
        type(case.infiltration).__name__,
    )  # fmt: skip
    for part in (case.infiltration, case.porosity):
        for field in fields(part) if part is not None else ():
            digest.update(np.asarray(getattr(part, field.name), np.float64).tobytes())
    digest.update(repr(outputs).encode())
    digest.update(repr(plain).encode())
    return digest.hexdigest()


def refuse_other(state: State, case: Case, outputs: Outputs) -> None:
    """Refuse a state that another grid or another case left."""
    lacking = sorted({"shape", "numbers"} - state.arrays.keys())
    if lacking or not np.isfinite(state.arrays["numbers"]).all():
        raise BadCase("the state is damaged")
    shape = tuple(int(size) for size in state.arrays["shape"])
    if shape != case.grid.shape:
        raise BadCase(f"the state is one of {shape} cells, the grid has {case.grid.shape}")
    if state.belongs != belonging(case, outputs) or "entered" not in state.arrays:
        raise BadCase("the state was left by another ground, scheme, outline, soil, link or output")
