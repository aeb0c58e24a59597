"""What a run computes from: the observations up to its issue, as one plain mapping."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from anlan.operations.forecasts.models import ForecastCheck, ForecastRun, OfficialForecast, Reach
from anlan.operations.sensing import queries as sensing
from anlan.operations.territory import queries as territory
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element

FOLDER = "results/forecasts"
ERRORS_SINCE = timedelta(days=3 * 365)


def folder_of(run: ForecastRun) -> str:
    """Where this attempt writes, relative to ANLAN_HOME; attempts never share a folder."""
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in run.key)
    return f"{FOLDER}/{safe}/{run.attempt}"


def fixed_arguments(run: ForecastRun) -> dict[str, Any]:
    """Everything that decides the result, fixed at the first attempt of a run."""
    reach = Reach.objects.get(code=run.reach)
    table = reach.settings
    since = run.issued_at - timedelta(hours=table["history_h"])
    gauges = {
        role: _gauge(code, since, run.issued_at)
        for role, code in (
            ("upstream", reach.upstream), ("station", reach.station),
            ("downstream", reach.downstream),
        )
    }  # fmt: skip
    errors = ForecastCheck.objects.filter(
        run__reach=run.reach, valid_at__lte=run.issued_at,
        valid_at__gte=run.issued_at - ERRORS_SINCE,
    )  # fmt: skip
    return {
        "key": run.key,
        "issued_at": run.issued_at.astimezone(CHINA).isoformat(),
        "settings": table,
        "gauges": gauges,
        "errors": list(errors.order_by("valid_at", "lead_h").values_list("lead_h", "error_m")),
        **ground(table["water"]),
        "cell_m": run.cell_m or _cell_m(table["flood"]),
    }


def arguments_of(run: ForecastRun) -> dict[str, Any]:
    """The fixed arguments and where this attempt writes."""
    return {**(run.arguments or {}), "folder": str(settings.ANLAN_HOME / folder_of(run))}


def _cell_m(table: dict[str, Any]) -> float:
    """The reach's own cells; an exercise, whose clock does not wait, takes coarser ones."""
    exercise = settings.ANLAN_STANDING == "Exercise"
    return float(table["exercise_cell_m"] if exercise else table["cell_m"])


def _gauge(code: str, since: datetime, until: datetime) -> dict[str, Any]:
    station = sensing.station(code)
    values = sensing.series(code, Element.STAGE, since, until)
    official = (
        OfficialForecast.objects.filter(station_code=code, issued_at__lte=until)
        .order_by("-issued_at")
        .first()
    )
    gauge: dict[str, Any] = {
        "code": code,
        "name": station.name if station else code,
        "lon": station.lon if station else None,
        "lat": station.lat if station else None,
        "offset_m": station.offset_m if station else None,
        "datum": values.datum,
        "at": [at.isoformat() for at in values.at],
        "value": values.value,
    }
    if official is not None:
        gauge["official"] = {
            "at": official.at, "value": official.stage_m, "datum": official.datum,
            "source": official.source,
        }  # fmt: skip
    return gauge


def ground(water: str) -> dict[str, Any]:
    """Terrain, exposure and the river's line; without terrain only the hydrograph is computed."""
    terrain = territory.terrain()
    line = next((row for row in territory.waters() if row.code == water), None)
    if terrain is None or line is None:
        return {"terrain": None}
    try:
        exposure = str(territory.exposure_file())
    except territory.NoTerritory:
        exposure = None
    return {
        "terrain": str(terrain.path),
        "terrain_version": terrain.version,
        "schematic": terrain.schematic,
        "exposure": exposure,
        "river": [list(point[:2]) for point in line.geometry.coords],
    }
