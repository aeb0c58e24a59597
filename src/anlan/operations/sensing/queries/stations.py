"""The station register and the thresholds in force."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q, QuerySet

from anlan.operations.people.actions import unseal_text
from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import AlarmRule, Series, Station
from anlan.operations.sensing.queries.orders import passwords_ordered
from anlan.operations.sensing.rules.kinds import OWNER_SECTORS, main_element
from anlan.operations.sensing.rules.rule_kinds import ALLOWS_FIGURE, LOWER, RuleKind
from anlan.vocabulary import clock
from anlan.vocabulary.areas import holds
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.elements import Element


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station. lon/lat CGCS2000; `offset_m` = Wusong − Yellow Sea; `serves` = whose watch.

    `operator` keeps its device, which hangs on `cell` of `network`; `place` says where to find it;
    `account` may report for it; `terminal` is the only one that may speak for a vehicle.
    """

    code: str
    name: str
    kind: str
    river: str
    bank: str
    device: str
    protocol: str
    lon: float
    lat: float
    area_code: str
    serves: str
    site_code: str
    interval_s: int
    datum: str
    offset_m: float | None
    chainage_km: float | None
    schematic: bool
    source: str
    operator: str = ""
    network: str = ""
    cell: str = ""
    place: str = ""
    device_model: str = ""
    account: str = ""
    terminal: str = ""
    vehicle_class: str = ""

    @property
    def element(self) -> Element:
        """What the station is mainly there for."""
        return main_element(self.kind)


COLUMNS = tuple(one.name for one in fields(StationRow))


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """A threshold in force, in its stated datum and in both where the station has an offset.

    `lower`: it must not be undercut; `allowed`: the figure itself is no crossing yet.
    """

    element: str
    kind: str
    value: float
    datum: str
    hysteresis: float
    duration_s: int
    level: int | None
    source: str
    offset_m: float | None
    lower: bool
    allowed: bool

    def in_datum(self, datum: str) -> float | None:
        """The level in metres above `datum`; None where it cannot be converted."""
        if self.datum == datum:
            return self.value
        if not self.datum or self.offset_m is None:
            return None
        return Stage(self.value, Datum(self.datum)).to(Datum(datum), self.offset_m).metres


def stations(kind: str | None = None, codes: Collection[str] | None = None) -> list[StationRow]:
    """Every station of the register, by code: of a kind, or those named. One query."""
    rows = Station.objects.order_by("code")
    if kind:
        rows = rows.filter(kind=kind)
    if codes is not None:
        rows = rows.filter(code__among=codes)
    return [StationRow(*values) for values in rows.values_list(*COLUMNS)]


def station(code: str) -> StationRow | None:
    return next(iter(stations(codes=[code])), None)


def visible(scope: Scope, row: StationRow) -> bool:
    """May this scope see the station: its own area's, or one that serves an area around it?"""
    prefix = scope.area_prefix
    return prefix is not None and (holds(prefix, row.serves) or holds(row.serves, prefix))


def own_kind(scope: Scope, kind: str) -> bool:
    """Is a station of this kind theirs? A department has only those of its own sector."""
    return scope.reach != "sector" or kind in _kinds_of(scope.sector)


def _kinds_of(sector: str | None) -> list[str]:
    return [kind for kind, owner in OWNER_SECTORS.items() if owner == sector]


def own_station(scope: Scope, code: str) -> StationRow | None:
    """The station, where it is in sight and theirs to order and to set; else None.

    Whoever has the whole district or an area in sight has all its stations, a department only
    those of its own sector.
    """
    values = Station.objects.filter(own_stations(scope), code=code).values_list(*COLUMNS).first()
    return StationRow(*values) if values else None


def in_sight(scope: Scope) -> Q:
    """What is `visible`, as a condition on rows that say whose watch they are (`serves`)."""
    prefix = scope.area_prefix
    if prefix is None:
        return Q(pk__in=())
    around = [prefix[:size] for size in range(1, len(prefix))]
    return Q(serves__startswith=prefix) | Q(serves__in=around)


def own_stations(scope: Scope) -> Q:
    """Which stations are in sight and theirs, as a condition on `Station`."""
    here = in_sight(scope)
    if scope.reach != "sector":
        return here
    return here & Q(kind__in=_kinds_of(scope.sector))


def elements(code: str) -> list[str]:
    """The elements that a station has a series for."""
    rows = Series.objects.filter(station__code=code).order_by("pk")
    return list(rows.values_list("element", flat=True))


def thresholds(code: str, on: date | None = None) -> list[ThresholdRow]:
    """The upper thresholds of a station in force on a day (today), lowest first."""
    return _in_force(_upper().filter(station__code=code), on).get(code, [])


def all_thresholds(on: date | None = None) -> dict[str, list[ThresholdRow]]:
    """Station code -> its upper thresholds in force on a day (today), lowest first."""
    return _in_force(_upper(), on)


def all_limits() -> dict[str, list[ThresholdRow]]:
    """Station code -> its thresholds in force today, upper and lower, the lowest first."""
    return _in_force(_thresholds(), None)


def limits(code: str) -> list[ThresholdRow]:
    """The thresholds of a station in force today, upper and lower, the lowest first."""
    return _in_force(_thresholds().filter(station__code=code), None).get(code, [])


def _thresholds() -> QuerySet[AlarmRule]:
    return AlarmRule.objects.filter(kind=RuleKind.THRESHOLD)


def _upper() -> QuerySet[AlarmRule]:
    return _thresholds().exclude(direction__in=LOWER)


def _in_force(rules: QuerySet[AlarmRule], on: date | None) -> dict[str, list[ThresholdRow]]:
    day = on or clock.today()
    rules = rules.filter(valid_from__lte=day).select_related("series__station")
    rules = rules.order_by("valid_from", "edition", "pk")
    newest = {rule.key: rule for rule in rules if rule.in_force(day)}
    found: dict[str, list[ThresholdRow]] = {}
    for r in newest.values():
        if r.series is None:  # thresholds have one
            continue
        station = r.series.station
        found.setdefault(station.code, []).append(
            ThresholdRow(
                r.series.element, r.name, r.value, r.datum, r.hysteresis,
                r.duration_s, r.level, r.source, station.offset_m, r.direction in LOWER,
                r.direction in ALLOWS_FIGURE,
            )
        )  # fmt: skip
    for rows in found.values():
        rows.sort(key=lambda row: (row.element, row.value))
    return found


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """What a gateway must know of a device: its password, in figures or as text, its account.

    `also` are passwords that it may have as well, since it was ordered to take a new one.
    """

    password: int
    secret: str
    account: str
    gcj02: bool
    also: frozenset[int] = frozenset()
    terminal: str = ""


def directory(protocol: str) -> dict[str, DirectoryRow]:
    """device -> what a gateway accepts of it, of every station that speaks so."""
    rows = Station.objects.filter(protocol=protocol).exclude(device="").order_by("device")
    changing = passwords_ordered(protocol)
    return {
        device: DirectoryRow(
            password,
            unseal_text(sealed),
            account,
            gcj02,
            changing.get(device, frozenset()),
            terminal,
        )
        for device, password, sealed, account, gcj02, terminal in rows.values_list(
            "device", "password", "secret_sealed", "account", "gcj02", "terminal"
        )
    }
