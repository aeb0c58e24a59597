"""What the wall and the desk say of the water, the people and the work, in a fixed few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import anlan.operations.alerts.queries as alerts
import anlan.operations.forecasts.queries as forecasts
import anlan.operations.response.queries as response
import anlan.operations.sensing.queries as sensing
import anlan.operations.statistics.queries as statistics
from anlan.operations.deadlines.queries import DeskItem, late_items
from anlan.operations.duty.rules import Mark, Trend, Water, minutes_to_crest, over, trend
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

SUPERVISION = "supervision"  # the kind of the desk items that have a place of their own


@dataclass(frozen=True, slots=True)
class WaterRow:
    """One river station now: stage in its own datum, how far over its highest reached mark."""

    station: sensing.StationRow
    latest: sensing.LatestRow | None
    warning_m: float | None
    guarantee_m: float | None
    mark: Mark
    above_m: float
    trend: Trend


@dataclass(frozen=True, slots=True)
class Receipts:
    """How far the alert in force has come, and who of those that must answer has not."""

    funnel: alerts.Funnel
    unanswered: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the command screen states, read at one moment."""

    at: datetime
    waters: Sequence[WaterRow]
    event: WaterRow | None
    discharge_m3s: float | None
    alert: alerts.AlertRow | None
    run: forecasts.RunRow | None
    minutes_to_crest: int | None
    receipts: Receipts | None
    activation: response.ActivationRow | None
    late: Sequence[DeskItem]
    supervision: Sequence[statistics.Told]
    stale: int
    data_at: datetime | None


def waters() -> list[WaterRow]:
    """The river stations, downstream order by name of code."""
    rows = sensing.stations(kind="stage")
    newest, limits = sensing.latest([row.code for row in rows]), sensing.all_thresholds()
    return [_water(row, newest.get(row.code), limits.get(row.code, [])) for row in rows]


def situation(scope: Scope, district: str) -> Situation:
    """The whole picture for one pair of eyes; `district` is the area code of the watch."""
    rivers = waters()
    event = event_water(rivers, district)
    alert = alerts.in_force()
    run = forecasts.run(alert.run_id) if alert and alert.run_id else None
    newest_run = forecasts.latest_run()
    if newest_run and (run is None or newest_run.issued_at > run.issued_at):
        run = newest_run
    if alert is None and run is not None and not _reaches(run, clock.now()):
        run = None
    flow = sensing.latest([event.station.code], Element.DISCHARGE) if event else {}
    times = [row.latest.at for row in rivers if row.latest]
    return Situation(
        at=clock.now(),
        waters=rivers,
        event=event,
        discharge_m3s=flow[event.station.code].value if event and flow else None,
        alert=alert,
        run=run,
        minutes_to_crest=minutes_to_crest(clock.now(), run.crest_at if run else None),
        receipts=_receipts(alert),
        activation=response.current(),
        late=[one for one in late_items(scope) if one.kind != SUPERVISION],
        supervision=statistics.alarms(scope),
        stale=sum(row.latest is not None and row.latest.stale for row in rivers),
        data_at=max(times, default=None),
    )


def event_water(rivers: Sequence[WaterRow], district: str) -> WaterRow | None:
    """The station the wall is about: the district's own, the one most over its marks first."""
    own = [row for row in rivers if row.station.area_code.startswith(district)] or list(rivers)
    rank = {Mark.GUARANTEE: 2, Mark.WARNING: 1, Mark.NONE: 0}
    return max(own, key=lambda row: (rank[row.mark], row.above_m), default=None)


def _reaches(run: forecasts.RunRow, instant: datetime) -> bool:
    """Does the run still say something of now? A forecast that is over is history."""
    return bool(run.hydrograph.at) and run.hydrograph.at[-1] >= instant


def _water(
    row: sensing.StationRow,
    newest: sensing.LatestRow | None,
    limits: Sequence[sensing.ThresholdRow],
) -> WaterRow:
    marks = {t.kind: t.in_datum(row.datum) for t in limits}
    warning, guarantee = marks.get("warning"), marks.get("guarantee")
    if newest is None:
        return WaterRow(row, None, warning, guarantee, Mark.NONE, 0.0, Trend.STEADY)
    mark, above = over(Water(newest.value, warning, guarantee, newest.rate_per_h))
    return WaterRow(row, newest, warning, guarantee, mark, above, trend(newest.rate_per_h))


def _receipts(alert: alerts.AlertRow | None) -> Receipts | None:
    if alert is None or not alert.mailing_ids:
        return None
    counts = alerts.funnel(alert.id)
    return Receipts(counts, counts.asked - counts.must_answered)
