"""All stations at a glance: where each stands now. Six queries, however many stations."""

from dataclasses import dataclass

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.queries.devices import HealthRow, health
from anlan.operations.sensing.queries.readings import LatestRow, latest
from anlan.operations.sensing.queries.stations import (
    StationRow,
    ThresholdRow,
    all_thresholds,
    stations,
    visible,
)
from anlan.operations.sensing.rules.alarm_states import fresh_s
from anlan.operations.sensing.rules.kinds import WITHOUT_SERIES
from anlan.operations.sensing.rules.standing_now import Mark, Now, highest_reached
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A station and where it stands; `over` is the highest threshold it has reached, `above` by
    how much (in the series' unit)."""

    station: StationRow
    latest: LatestRow | None
    health: HealthRow | None
    now: Now
    over: Mark | None
    above: float | None


def board(scope: Scope) -> list[BoardRow]:
    """Every station within sight: over a threshold first, the silent next, then by code."""
    rows = [row for row in stations() if visible(scope, row)]
    newest = latest([row.code for row in rows])
    spoken = health()
    limits = all_thresholds()
    found = [
        board_row(row, newest.get(row.code), spoken.get(row.code), limits.get(row.code, []))
        for row in rows
    ]
    order = [Now.OVER, Now.SILENT, Now.STALE, Now.NORMAL, Now.NEVER]
    return sorted(found, key=lambda r: (order.index(r.now), -(r.above or 0), r.station.code))


def board_row(
    row: StationRow,
    newest: LatestRow | None,
    spoken: HealthRow | None,
    limits: list[ThresholdRow],
) -> BoardRow:
    """Where one station stands."""
    if newest is None:
        return BoardRow(row, None, spoken, _heard(row, spoken), None, None)
    marks = [
        Mark(limit.kind, level, limit.level, limit.allowed)
        for limit in limits
        if limit.element == newest.element
        and not limit.lower
        and (level := limit.in_datum(newest.datum)) is not None
    ]
    over = highest_reached(newest.value, marks)
    above = newest.value - over.level_m if over else None
    if spoken and spoken.silent:
        now = Now.SILENT
    elif newest.stale:
        now = Now.STALE
    else:
        now = Now.OVER if over else Now.NORMAL
    return BoardRow(row, newest, spoken, now, over, above)


def _heard(row: StationRow, spoken: HealthRow | None) -> Now:
    """How a station without a value stands; one that has no series is judged by its frames."""
    if spoken is None or row.kind not in WITHOUT_SERIES:
        return Now.NEVER
    if spoken.silent:
        return Now.SILENT
    quiet_s = (clock.now() - spoken.last_frame_at).total_seconds()
    return Now.STALE if quiet_s > fresh_s(row.interval_s) else Now.NORMAL
