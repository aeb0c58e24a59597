"""Devices counted, a few at a time: their online rates, positions, signals and delays.

The health page reads what stands here. It is made anew every ten minutes, that which was counted
longest ago first, and never so much at once that a recorder would wait for it. A vehicle's day is
thousands of positions: of vehicles few are counted at once, and each an hour after it was.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, Q

from anlan.operations.sensing.models import (
    DeviceCount,
    HealthTally,
    RollUp,
    Series,
    Station,
    StationHealth,
    VehicleFix,
)
from anlan.operations.sensing.rules import latency
from anlan.operations.sensing.rules.kinds import VEHICLE, main_element
from anlan.operations.sensing.rules.offered import FILE
from anlan.operations.sensing.rules.online import DAY_S, HOUR_S, in_service_since, online_share
from anlan.operations.sensing.rules.rollups import day_of, hour_of
from anlan.vocabulary import clock

DAYS = (1, 7, 30)
COUNTED_EACH = timedelta(minutes=10)
VEHICLES_COUNTED_EACH = timedelta(hours=1)
DEVICES_A_TURN, VEHICLES_A_TURN, TALLIES_A_TURN = 250, 20, 20
_COUNTED = ("counted_at", "day", "week", "month", "fixes", "located")
_GROUP = ("serves", "area_code", "kind")
_TALLIED = ("counted_at", "signals", "delays", "stored")


class _Device(NamedTuple):
    pk: int
    kind: str
    protocol: str
    interval_s: int
    registered_at: datetime
    first_at: datetime | None


def count_devices() -> int:
    """Count the devices that have spoken and whose count is ten minutes old, without vehicles;
    returns how many, at most `DEVICES_A_TURN`."""
    return _count_those(~Q(kind=VEHICLE), COUNTED_EACH, DEVICES_A_TURN)


def count_vehicles() -> int:
    """The same of vehicles and their positions, where that is an hour old; at most
    `VEHICLES_A_TURN`."""
    return _count_those(Q(kind=VEHICLE), VEHICLES_COUNTED_EACH, VEHICLES_A_TURN)


def _count_those(which: Q, each: timedelta, most: int) -> int:
    now = clock.now()
    old = Q(counted=None) | _old("counted__counted_at", now, each)
    spoke = Station.objects.exclude(device="").filter(which, old, health__isnull=False)
    rows = spoke.order_by(F("counted__counted_at").asc(nulls_first=True), "pk")
    columns = ("pk", "kind", "protocol", "interval_s", "registered_at", "health__first_at")
    devices = [_Device(*row) for row in rows.values_list(*columns)[:most]]
    if not devices:
        return 0
    shares, fixes = _shares(devices, now), _fixes(devices, now)
    DeviceCount.objects.bulk_create(
        [_count(one.pk, now, shares[one.pk], fixes.get(one.pk, (0, 0))) for one in devices],
        update_conflicts=True, update_fields=_COUNTED, unique_fields=["station"],
    )  # fmt: skip
    return len(devices)


def _count(
    pk: int, now: datetime, shares: tuple[float | None, ...], fixes: tuple[int, int]
) -> DeviceCount:
    day, week, month = shares
    return DeviceCount(
        station_id=pk, counted_at=now, day=day, week=week, month=month,
        fixes=fixes[0], located=fixes[1],
    )  # fmt: skip


def tally_health() -> int:
    """Tally the signals and delays by kind and area, where that is ten minutes old; returns how
    many tallies, at most `TALLIES_A_TURN`. Where no device is any more, none is kept."""
    now = clock.now()
    spoke = Station.objects.exclude(device="").filter(health__isnull=False)
    groups = set(spoke.values_list(*_GROUP).distinct())
    known = {(row.serves, row.area_code, row.kind): row
             for row in HealthTally.objects.only(*_GROUP)}  # fmt: skip
    idle = [row.pk for key, row in known.items() if key not in groups]
    if idle:
        HealthTally.objects.filter(pk__among=idle).delete()
    old = HealthTally.objects.filter(_old("counted_at", now))
    due = groups - set(known) | groups & set(old.values_list(*_GROUP))
    taken = sorted(due)[:TALLIES_A_TURN]
    with transaction.atomic():
        rows = [HealthTally(**dict(zip(_GROUP, key, strict=True)), **_tally(key, now))
                for key in taken]  # fmt: skip
        HealthTally.objects.bulk_create(
            rows, update_conflicts=True, update_fields=_TALLIED, unique_fields=_GROUP
        )
    return len(taken)


def _old(column: str, now: datetime, each: timedelta = COUNTED_EACH) -> Q:
    """Counted long ago, or by a clock that has been set back."""
    return Q(**{f"{column}__lte": now - each}) | Q(**{f"{column}__gt": now})


def _tally(key: tuple[str, str, str], now: datetime) -> dict[str, object]:
    serves, area_code, kind = key
    devices = StationHealth.objects.exclude(station__device="").filter(
        station__serves=serves, station__area_code=area_code, station__kind=kind
    )
    signals: Counter[int] = Counter()
    delays: Counter[int] = Counter()
    stored: Counter[int] = Counter()
    rows = devices.values_list("signal_dbm", "delays", "stored_after_s")
    for signal, under_way, stored_after in rows.iterator(chunk_size=2000):
        if signal is not None:
            signals[latency.nearest(signal)] += 1
        if stored_after is not None:
            stored[latency.nearest(10 * stored_after)] += 1
        delays.update(map(latency.coarse, latency.kept(under_way)))
    tallied = zip(_TALLIED, (now, signals, delays, stored), strict=True)
    return dict(tallied)


def _fixes(devices: Iterable[_Device], now: datetime) -> dict[int, tuple[int, int]]:
    """Vehicle -> its positions of the last day, and how many of them knew where it was."""
    vehicles = [one.pk for one in devices if one.kind == VEHICLE]
    if not vehicles:
        return {}
    rows = VehicleFix.objects.filter(station__in=vehicles, at__gte=now - timedelta(days=1))
    counted = rows.values("station").annotate(
        n=Count("at"), located_n=Count("at", filter=Q(located=True))
    )
    return {row["station"]: (row["n"], row["located_n"]) for row in counted}


def _shares(devices: Sequence[_Device], now: datetime) -> dict[int, tuple[float | None, ...]]:
    """Device -> its online rates. Of one without an element, or that reports by files, none."""
    main = _main_series(devices)
    counts = _counts(main.values(), now)
    return {
        one.pk: _online(counts, main[one.pk], one, now)
        if one.pk in main and one.protocol != FILE else (None,) * len(DAYS)
        for one in devices
    }  # fmt: skip


def _main_series(devices: Iterable[_Device]) -> dict[int, int]:
    """Device -> the series by which its reporting is judged."""
    kinds = {one.pk: one.kind for one in devices}
    found: dict[int, int] = {}
    series = Series.objects.filter(station__in=list(kinds)).order_by("pk")
    for pk, station, element in series.values_list("pk", "station", "element"):
        if station not in found or element == main_element(kinds[station]):
            found[station] = pk
    return found


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the device of each series reported by hour over the last day, by hydrological day over
    the last 30, each with its beginning."""

    hours: dict[int, list[tuple[datetime, int]]]
    days: dict[int, list[tuple[datetime, int]]]


def _counts(series: Collection[int], now: datetime) -> _Counts:
    hours: dict[int, list[tuple[datetime, int]]] = {}
    days: dict[int, list[tuple[datetime, int]]] = {}
    rows = RollUp.objects.filter(series__in=list(series))
    by_hour = rows.filter(span_s=HOUR_S, start__gte=hour_of(now - timedelta(days=1)))
    for pk, start, own in by_hour.values_list("series", "start", "own"):
        hours.setdefault(pk, []).append((start, own))
    by_day = rows.filter(span_s=DAY_S, start__gte=day_of(now - timedelta(days=DAYS[-1])))
    for pk, start, own in by_day.values_list("series", "start", "own"):
        days.setdefault(pk, []).append((start, own))
    return _Counts(hours, days)


def _online(
    counts: _Counts, series: int, device: _Device, now: datetime
) -> tuple[float | None, ...]:
    in_service = in_service_since(device.registered_at, device.first_at)
    shares: list[float | None] = []
    for number in DAYS:
        # From the beginning of the hour or day: what arrived is counted by whole ones.
        begins = (hour_of if number == 1 else day_of)(now - timedelta(days=number))
        spans, span_s = (counts.hours, HOUR_S) if number == 1 else (counts.days, DAY_S)
        since = max(begins, in_service)
        shares.append(online_share(spans.get(series, ()), span_s, device.interval_s, since, now))
    return tuple(shares)
