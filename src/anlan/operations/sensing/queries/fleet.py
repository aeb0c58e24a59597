"""All devices with their health: what the health page counts by kind, by street and by keeper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import RollUp, Series, Station, StationHealth
from anlan.operations.sensing.queries.stations import StationRow, visible
from anlan.operations.sensing.queries.stations import stations as all_stations
from anlan.operations.sensing.rules import latency
from anlan.operations.sensing.rules.health_limits import LimitName, Limits
from anlan.operations.sensing.rules.kinds import main_element
from anlan.operations.sensing.rules.offered import FILE
from anlan.operations.sensing.rules.online import DAY_S, HOUR_S, in_service_since, online_share
from anlan.operations.sensing.rules.rollups import day_of, hour_of
from anlan.vocabulary import clock

DAYS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device: its station, and how it is.

    `online`: share of the due readings of its main element that the device itself reported, over
    the last 1, 7 and 30 days, each from the beginning of its first hour or day (fewer where it is
    in service for less; None where it is not, reports no element, or only by files). `delays`:
    seconds from the newest value of each of its newest frames to its arrival, the newest frame
    first; `stored_after_s`: from there to the database, of the newest. `battery_limit_v` 0: not
    judged.
    """

    station: StationRow
    last_at: datetime | None
    silent: bool
    mass: str
    battery_v: float | None
    battery_limit_v: float
    low_battery: bool
    signal_dbm: float | None
    weak_signal: bool
    delays: tuple[float, ...]
    stored_after_s: float | None
    online: tuple[float | None, ...]

    @property
    def in_service(self) -> bool:
        """Has it ever spoken?"""
        return self.last_at is not None

    @property
    def speaks(self) -> bool:
        return self.last_at is not None and not self.silent

    @property
    def delay_s(self) -> float | None:
        """Of the newest frame."""
        return self.delays[0] if self.delays else None


NEVER_SPOKE = StationHealth(delays="")


def fleet(scope: Scope, limits: Limits) -> list[DeviceRow]:
    """Every registered device in the scope, judged by the limits, in the register's order.

    Six queries at most.
    """
    rows = [row for row in all_stations() if row.device and visible(scope, row)]
    known = Station.objects.values_list("pk", "code", "registered_at")
    codes, registered = {}, {}
    for pk, code, registered_at in known:
        codes[pk], registered[code] = code, registered_at
    health = {codes[row.station_id]: row for row in StationHealth.objects.all()}
    main = _main_series(rows)
    counts = _counts(list(main.values()))
    found = []
    for row in rows:
        spoken, series = health.get(row.code), main.get(row.code, 0)
        said = spoken or NEVER_SPOKE
        found.append(
            DeviceRow(
                row, spoken.last_frame_at.astimezone(clock.CHINA) if spoken else None,
                said.silent, said.mass, said.battery_v,
                limits.of(LimitName.BATTERY_V, row.kind, row.device_model).value,
                limits.low_battery(said.battery_v, row.kind, row.device_model),
                said.signal_dbm, limits.weak_signal(said.signal_dbm),
                tuple(latency.kept(said.delays)), said.stored_after_s,
                _online(counts, series, row.interval_s,
                        in_service_since(registered[row.code], spoken.first_at))
                if series and spoken and row.protocol != FILE else (None,) * 3,
            )
        )  # fmt: skip
    return found


def _main_series(rows: Sequence[StationRow]) -> dict[str, int]:
    """Station code -> the series by which its reporting is judged."""
    kinds = {row.code: row.kind for row in rows}
    found: dict[str, int] = {}
    series = Series.objects.filter(station__code__in=list(kinds)).order_by("pk")
    for pk, code, element in series.values_list("pk", "station__code", "element"):
        if code not in found or element == main_element(kinds[code]):
            found[code] = pk
    return found


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the device of each series reported by hour over the last day, by hydrological day over
    the last 30, each with its beginning."""

    hours: dict[int, list[tuple[datetime, int]]]
    days: dict[int, list[tuple[datetime, int]]]


def _counts(series: Sequence[int]) -> _Counts:
    now = clock.now()
    hours: dict[int, list[tuple[datetime, int]]] = {}
    days: dict[int, list[tuple[datetime, int]]] = {}
    rows = RollUp.objects.filter(series__in=series)
    by_hour = rows.filter(span_s=HOUR_S, start__gte=hour_of(now - timedelta(days=1)))
    for pk, start, own in by_hour.values_list("series", "start", "own"):
        hours.setdefault(pk, []).append((start, own))
    by_day = rows.filter(span_s=DAY_S, start__gte=day_of(now - timedelta(days=DAYS[-1])))
    for pk, start, own in by_day.values_list("series", "start", "own"):
        days.setdefault(pk, []).append((start, own))
    return _Counts(hours, days)


def _online(
    counts: _Counts, series: int, interval_s: int, in_service: datetime
) -> tuple[float | None, ...]:
    now = clock.now()
    shares: list[float | None] = []
    for number in DAYS:
        # From the beginning of the hour or day: what arrived is counted by whole ones.
        begins = (hour_of if number == 1 else day_of)(now - timedelta(days=number))
        spans, span_s = (counts.hours, HOUR_S) if number == 1 else (counts.days, DAY_S)
        since = max(begins, in_service)
        shares.append(online_share(spans.get(series, ()), span_s, interval_s, since, now))
    return tuple(shares)
