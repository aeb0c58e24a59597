"""The devices counted by kind, by area and together, with what was counted of them before."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import HealthTally, LastFix, Station
from anlan.operations.sensing.queries.fleet import NEVER, RATES, SILENT
from anlan.operations.sensing.queries.stations import in_sight
from anlan.operations.sensing.queries.tracks import SIGNAL_WITHIN
from anlan.operations.sensing.rules.kinds import VEHICLE
from anlan.operations.sensing.rules.latency import MEDIAN, NEARLY_ALL, tallied_percentile
from anlan.operations.sensing.rules.vehicle_classes import COUNTED
from anlan.vocabulary import clock

_COUNTS = ("registered", "never", "silent", "battery", "weak")
_TALLIES = ("signals", "delays", "stored")


@dataclass(slots=True)
class Group:
    """How many devices, and how they are; `counted_at`: the rates are not older than that.

    `rates`: of each of `RATES` the sum and how many devices have one. Signals in dBm, delays in
    seconds, `stored` in tenths, each with how often it was seen.
    """

    kind: str = ""
    area_code: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    rates: list[tuple[float, int]] = field(default_factory=lambda: [(0.0, 0)] * len(RATES))
    counted_at: datetime | None = None
    tallies: dict[str, Counter[int]] = field(
        default_factory=lambda: {name: Counter() for name in _TALLIES}
    )

    def add(self, other: "Group") -> None:
        self.counts.update(other.counts)
        self.rates = [(a + c, b + d)
                      for (a, b), (c, d) in zip(self.rates, other.rates, strict=True)]  # fmt: skip
        known = [at for at in (self.counted_at, other.counted_at) if at is not None]
        self.counted_at = min(known, default=None)
        for name, tally in self.tallies.items():
            tally.update(other.tallies[name])

    @property
    def speaking(self) -> int:
        return self.counts["registered"] - self.counts["never"] - self.counts["silent"]

    @property
    def online(self) -> list[float | None]:
        """The mean rates of 1, 7 and 30 days; None of no device."""
        return [total / number if number else None for total, number in self.rates]

    @property
    def signal(self) -> int | None:
        """The median, dBm."""
        return tallied_percentile(self.tallies["signals"], MEDIAN)

    @property
    def delays(self) -> dict[str, float | None]:
        """Of the newest frames, seconds: under way, and from arrival to the store."""
        under_way = self.tallies["delays"]
        stored = tallied_percentile(self.tallies["stored"], NEARLY_ALL)
        return {
            "p50": tallied_percentile(under_way, MEDIAN),
            "p95": tallied_percentile(under_way, NEARLY_ALL),
            "stored95": None if stored is None else stored / 10,
        }


def fleet_groups(scope: Scope, devices: QuerySet[Station]) -> list[Group]:
    """What `fleet` selected, by kind and area: as many as there are of those. Two queries."""
    sums = {f"{name}_sum": Sum(f"counted__{name}") for name in RATES}
    numbers = {f"{name}_n": Count(f"counted__{name}") for name in RATES}
    grouped: Any = devices.order_by().values("kind", "area_code").annotate(
        registered=Count("pk"), never=Count("pk", filter=NEVER),
        silent=Count("pk", filter=SILENT), battery=Count("pk", filter=Q(battery_is_low=True)),
        weak=Count("pk", filter=Q(signal_is_weak=True)), since=Min("counted__counted_at"),
        **sums, **numbers,
    )  # fmt: skip
    found = {
        (row["kind"], row["area_code"]): Group(
            row["kind"], row["area_code"], Counter({name: row[name] for name in _COUNTS}),
            [(row[f"{name}_sum"] or 0.0, row[f"{name}_n"]) for name in RATES], row["since"],
        )
        for row in grouped
    }  # fmt: skip
    for tally in HealthTally.objects.filter(in_sight(scope)):
        if group := found.get((tally.kind, tally.area_code)):
            for name in _TALLIES:
                seen = getattr(tally, name).items()
                group.tallies[name].update({int(figure): times for figure, times in seen})
    return list(found.values())


def together(groups: Iterable[Group]) -> Group:
    whole = Group()
    for group in groups:
        whole.add(group)
    return whole


def put_together(
    groups: Iterable[Group], key: Callable[[Group], str]
) -> Iterator[tuple[str, Group]]:  # fmt: skip
    """The groups of one key as one, in the order of the keys."""
    found: dict[str, list[Group]] = {}
    for group in groups:
        found.setdefault(key(group), []).append(group)
    return ((name, together(mine)) for name, mine in sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Located:
    """K-37: the vehicles that it counts, those of them with a signal within 30 days, the others;
    and of the last day's positions of all of them how many knew where the vehicle was."""

    vehicles: int
    signal: int
    others: int
    fixes: int
    located: int

    @property
    def rate(self) -> float | None:
        """None without a vehicle that is counted."""
        return self.signal / self.vehicles if self.vehicles else None


def located(scope: Scope) -> Located | None:
    """How the vehicles in sight let themselves be located; None without any. One query.

    What a terminal kept from before it was registered is no signal of a registered vehicle.
    """
    now = clock.now()
    heard = LastFix.objects.filter(station=OuterRef("pk"), at__gte=OuterRef("registered_at"))
    mine = Station.objects.filter(in_sight(scope), kind=VEHICLE).exclude(device="").annotate(
        has_signal=Exists(heard.filter(at__gte=now - SIGNAL_WITHIN))
    )  # fmt: skip
    of_these = Q(vehicle_class__in=COUNTED)
    row = mine.aggregate(
        registered=Count("pk"), vehicles=Count("pk", filter=of_these),
        signal=Count("pk", filter=of_these & Q(has_signal=True)),
        fixes=Sum("counted__fixes"), located=Sum("counted__located"),
    )  # fmt: skip
    if not row["registered"]:
        return None
    others = row["registered"] - row["vehicles"]
    return Located(
        row["vehicles"], row["signal"], others, row["fixes"] or 0, row["located"] or 0
    )  # fmt: skip
