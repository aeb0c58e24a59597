"""The first answer: what the stage library says of a crest, while the run itself is under way."""

from pathlib import Path
from typing import Any

import numpy as np

from anlan.impact.flood import CLASSES_M, at_points
from anlan.operations.forecasts.models import ForecastRun
from anlan.operations.forecasts.queries.stages import LibraryRow, library_of
from anlan.operations.forecasts.rules.reach import crest_of
from anlan.vocabulary.datum import Datum, Stage


def first_answer(run: ForecastRun) -> dict[str, Any] | None:
    """Crest, stage and whom the steady map of the crest puts into water; None without a library."""
    library = library_of(run.reach)
    if library is None or not library.whole or run.arguments is None:
        return None
    crest = crest_of(run.arguments)
    if crest is None:
        return None
    gauge = run.arguments["gauges"]["station"]
    crest_at, crest_m = crest[0], Stage(crest[1], Datum.YELLOW_SEA)
    datum = Datum(gauge["datum"])
    return {
        "library": library.id, "crest_at": crest_at, "stage_ys_m": round(crest_m.metres, 2),
        "crest_stage_m": round(crest_m.to(datum, gauge["offset_m"] or 0.0).metres, 2),
        "datum": datum.value, **_hit(library, crest_m.metres, run.arguments.get("exposure")),
    }  # fmt: skip


def _hit(library: LibraryRow, stage_m: float, exposure: str | None) -> dict[str, Any]:
    flooding = library.flooding(stage_m)
    area_m2 = (
        float((np.nan_to_num(flooding.max_depth) >= CLASSES_M[0]).sum()) * flooding.grid.cell_m**2
    )
    if exposure is None or not Path(exposure).exists():
        return {"area_m2": area_m2, "households": None, "people": None}
    with np.load(exposure) as stored:
        points = at_points(flooding, stored["x"], stored["y"])
        people = int(stored["people"][points.index].sum())
    return {"area_m2": area_m2, "households": len(points.index), "people": people}
