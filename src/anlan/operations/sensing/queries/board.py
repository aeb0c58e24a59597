"""All stations at a glance: where each stands now. Six queries, however many stations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import Alarm, AlarmRule
from anlan.operations.sensing.queries.devices import HealthRow, health
from anlan.operations.sensing.queries.readings import LatestRow, newest_values, rated
from anlan.operations.sensing.queries.stations import (
    StationRow,
    ThresholdRow,
    all_limits,
    stations,
    visible,
)
from anlan.operations.sensing.rules.alarm_states import OF_THE_DEVICE, AlarmState, fresh_s
from anlan.operations.sensing.rules.standing_now import Mark, Now, crossed
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A station and where it stands; `over` is the threshold that it has crossed, `above` by how
    much (in the series' unit; negative below a lower one)."""

    station: StationRow
    latest: LatestRow | None
    health: HealthRow | None
    now: Now
    over: Mark | None
    above: float | None


def board(
    scope: Scope, kind: str | None = None, codes: Collection[str] | None = None
) -> list[BoardRow]:
    """Every station within sight, of a kind or of those named: over a threshold first, the silent
    next, then by code. How fast a value changes and whether it is suspect is not looked up
    (`with_rates`)."""
    rows = [row for row in stations(kind, codes) if visible(scope, row)]
    newest = newest_values(rows)
    spoken = health(None if kind is None and codes is None else [row.code for row in rows])
    limits, alarmed = all_limits(), alarmed_stations()
    found = [
        board_row(
            row, newest.get(row.code), spoken.get(row.code), limits.get(row.code, []),
            alarmed=row.code in alarmed,
        )
        for row in rows
    ]  # fmt: skip
    order = [Now.OVER, Now.UNDER, Now.ALARM, Now.SILENT, Now.STALE, Now.NORMAL, Now.NEVER]
    return sorted(found, key=lambda r: (order.index(r.now), -abs(r.above or 0), r.station.code))


def with_rates(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Rows of the board with the rate and the flags of their newest values. One query."""
    found = iter(rated([row.latest for row in rows if row.latest]))
    return [replace(row, latest=next(found)) if row.latest else row for row in rows]


def alarmed_stations() -> set[str]:
    """The stations with an open alarm about what they measure, their own or a site's."""
    rows = Alarm.objects.filter(state=AlarmState.OPEN).exclude(rule__in=OF_THE_DEVICE)
    found = list(rows.values_list("station_code", "key"))
    codes = {code for code, _key in found if code}
    if of_sites := [key for code, key in found if not code]:
        read = AlarmRule.objects.filter(key__in=of_sites, inputs__isnull=False)
        codes |= set(read.values_list("inputs__station__code", flat=True))
    return codes


def board_row(
    row: StationRow,
    newest: LatestRow | None,
    spoken: HealthRow | None,
    limits: list[ThresholdRow],
    *,
    alarmed: bool = False,
) -> BoardRow:
    """Where one station stands; `alarmed`: an alarm about what it measures is open."""
    fine = Now.ALARM if alarmed else Now.NORMAL
    if newest is None:
        heard = _heard(row, spoken)
        return BoardRow(row, None, spoken, fine if heard is Now.NORMAL else heard, None, None)
    marks = [
        Mark(limit.kind, level, limit.level, limit.allowed, limit.lower)
        for limit in limits
        if limit.element == newest.element and (level := limit.in_datum(newest.datum)) is not None
    ]
    over = crossed(newest.value, marks)
    above = newest.value - over.level_m if over else None
    if spoken and spoken.silent:
        now = Now.SILENT
    elif newest.stale:
        now = Now.STALE
    elif over:
        now = Now.UNDER if over.lower else Now.OVER
    else:
        now = fine
    return BoardRow(row, newest, spoken, now, over, above)


def _heard(row: StationRow, spoken: HealthRow | None) -> Now:
    """How a station without a main value stands: its frames say it."""
    if spoken is None:
        return Now.NEVER
    if spoken.silent:
        return Now.SILENT
    quiet_s = (clock.now() - spoken.last_frame_at).total_seconds()
    return Now.STALE if quiet_s > fresh_s(row.interval_s) else Now.NORMAL
