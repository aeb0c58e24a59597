"""Where vehicles are, where they were, and which of them let themselves be located (K-37)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.sensing.models import LastFix, Station, VehicleFix
from anlan.operations.sensing.rules.kinds import VEHICLE
from anlan.operations.sensing.rules.vehicle_classes import COUNTED
from anlan.vocabulary import clock

SIGNAL_WITHIN = timedelta(days=30)  # [pv]
MOST_FIXES = 20_000


@dataclass(frozen=True, slots=True)
class FixRow:
    """A vehicle at a time; m, km/h, ° clockwise from north, km, litres.

    `place` is lon and lat, CGCS2000 degrees; None where the terminal knew none.
    """

    at: datetime
    place: tuple[float, float] | None
    located: bool
    altitude_m: float | None
    speed_kmh: float | None
    heading_deg: float | None
    mileage_km: float | None
    fuel_l: float | None


@dataclass(frozen=True, slots=True)
class Signal:
    """A registered vehicle, when it was last located, and whether that was within 30 days.

    What its terminal kept from before it was registered is no signal of a registered vehicle.
    `counted`: is it of the classes that K-37 counts? False too where nobody has said its class.
    """

    code: str
    name: str
    at: datetime | None
    located: bool
    counted: bool
    classed: bool


def last_fixes(codes: Collection[str] | None = None) -> dict[str, FixRow]:
    """Station code -> the newest place of each vehicle."""
    vehicles = Station.objects.filter(kind=VEHICLE)
    if codes is not None:
        vehicles = vehicles.filter(code__in=codes)
    names = dict(vehicles.values_list("pk", "code"))
    return {names[row.station]: _row(row) for row in LastFix.objects.filter(station__in=names)}


def track(code: str, since: datetime, until: datetime) -> list[FixRow]:
    """The fixes of a vehicle, oldest first; of more than 20,000 the newest."""
    station = Station.objects.filter(code=code).values("pk")[:1]
    rows = VehicleFix.objects.filter(station__in=station, at__gte=since, at__lte=until)
    return [_row(row) for row in reversed(rows.order_by("-at")[:MOST_FIXES])]


def signals() -> list[Signal]:
    """K-37 by vehicle, in the register's order: who told where it was within 30 days."""
    since = clock.now() - SIGNAL_WITHIN
    vehicles = Station.objects.filter(kind=VEHICLE).order_by("code")
    heard = dict(LastFix.objects.values_list("station", "at"))
    found = []
    columns = ("pk", "code", "name", "vehicle_class", "registered_at")
    for pk, code, name, of, registered in vehicles.values_list(*columns):
        at = heard.get(pk)
        at = at if at and at >= registered else None
        found.append(
            Signal(
                code, name, at.astimezone(clock.CHINA) if at else None, bool(at and at >= since),
                of in COUNTED, bool(of),
            )
        )  # fmt: skip
    return found


def _row(row: VehicleFix | LastFix) -> FixRow:
    place = None if row.lon is None or row.lat is None else (row.lon, row.lat)
    return FixRow(
        row.at.astimezone(clock.CHINA), place, row.located, row.altitude_m,
        row.speed_kmh, row.heading_deg, row.mileage_km, row.fuel_l,
    )  # fmt: skip
