"""What a run left in its folder: depth frames, extent, the households it hits."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from anlan.operations.forecasts.models import ForecastRun
from anlan.operations.forecasts.rules.communities import COMMUNITIES_FILE
from anlan.operations.forecasts.rules.frames import FRAMES_FILE, read_frame
from anlan.operations.forecasts.rules.hit import HOUSEHOLDS_FILE
from anlan.operations.forecasts.rules.run_states import RunState
from anlan.operations.forecasts.rules.water_tiles import WaterStore, open_store
from anlan.vocabulary.clock import CHINA


def path_of(folder: str, name: str) -> Path | None:
    """A file of a run's folder; None when the run left none."""
    path = Path(settings.ANLAN_HOME) / folder / name
    return path if folder and path.exists() else None


def exists(run_id: int) -> bool:
    return ForecastRun.objects.filter(pk=run_id).exists()


def depth_frame(run_id: int, number: int) -> NDArray[np.uint8] | None:
    """Depth classes of one frame, shape (rows, columns): 0 dry, 1..5; None when there is none."""
    folder = ForecastRun.objects.filter(pk=run_id).values_list("folder", flat=True).first()
    path = path_of(folder or "", FRAMES_FILE)
    return read_frame(path, number) if path else None


@dataclass(frozen=True, slots=True)
class KeptWater:
    """What an issued run kept of its water; `store` is None where it kept none by time. `edition`
    never names two different results."""

    station_code: str
    edition: str
    store: WaterStore | None
    words: Path | None


def kept_water(run_id: int) -> KeptWater | None:
    """The kept water of a run; None when there is no such issued run."""
    found = (
        ForecastRun.objects.filter(pk=run_id, state=RunState.DONE)
        .values_list("station_code", "attempt", "folder")
        .first()
    )
    if found is None:
        return None
    code, attempt, folder = found
    store = open_store(Path(settings.ANLAN_HOME) / folder) if folder else None
    return KeptWater(code, f"{run_id}-{attempt}", store, path_of(folder, COMMUNITIES_FILE))


def households_hit(run_id: int) -> list[tuple[int, float, datetime | None]]:
    """Every household under water: id, worst depth in metres, when the water comes.

    None as the time means that the water is already there.
    """
    folder = ForecastRun.objects.filter(pk=run_id).values_list("folder", flat=True).first()
    path = path_of(folder or "", HOUSEHOLDS_FILE)
    if path is None:
        return []
    with np.load(path) as stored:
        ids, depths, arrivals = stored["household_id"], stored["depth_m"], stored["arrival_s"]
    return [
        (int(i), float(d), None if a < 0 else datetime.fromtimestamp(float(a), CHINA))
        for i, d, a in zip(ids, depths, arrivals, strict=True)
    ]
