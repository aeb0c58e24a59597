"""Stations and their thresholds, from the district's files or the station register."""

import secrets
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from anlan.operations.people.actions import Actor, act, seal_text
from anlan.operations.sensing.actions.bands import forget_bands
from anlan.operations.sensing.actions.cameras import load_camera_file
from anlan.operations.sensing.actions.topics import load_topic_files
from anlan.operations.sensing.models import AlarmRule, Series, Station
from anlan.operations.sensing.rules.alarm_states import LONGEST_DURATION_S
from anlan.operations.sensing.rules.kinds import SITE_KINDS, WITHOUT_SERIES
from anlan.operations.sensing.rules.offered import NO_DEVICE
from anlan.operations.sensing.rules.possible import POSSIBLE
from anlan.operations.sensing.rules.quality_limits import BadLimits, limits_of
from anlan.operations.sensing.rules.rule_kinds import LOWER, THRESHOLD_WORDS, Direction
from anlan.operations.sensing.rules.upkeep import UPKEEP
from anlan.operations.sensing.rules.vehicle_classes import VehicleClass
from anlan.operations.sensing.rules.water_class import IN_FORCE, TARGET, limits, source_of
from anlan.operations.territory.actions import NewSite
from anlan.protocols import jt808
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS, area_code
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import UNITS, WITH_DATUM, Element

PLACE = ("area_code", "lon", "lat", "schematic")
SECRET_BYTES = 16
HELD_TO = (2, 3, 4)  # the classes that a river section is held to


class BadStation(ValueError):
    """A station or threshold that cannot be registered; the text says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStation:
    """A station as the district's file gives it (units and datum as in `Station`).

    `possible` bounds single elements: ``{"stage": [150.0, 215.0]}``, in the series' own datum;
    `gcj02`: a vehicle that states its positions in GCJ-02;
    `quality` says what is usual here: ``{"stage": {"range": [170.0, 196.0], "same_h": 48}}``.
    """

    code: str
    name: str
    kind: str
    lon: float
    lat: float
    area_code: str
    interval_s: int
    elements: tuple[str, ...]
    device: str = ""
    account: str = ""
    password: int = 0
    secret: str = ""
    protocol: str = "sl651"
    river: str = ""
    bank: str = ""
    serves: str = ""
    site_code: str = ""
    operator: str = ""
    network: str = ""
    cell: str = ""
    place: str = ""
    device_model: str = ""
    vehicle_class: str = ""
    datum: str = ""
    offset_m: float | None = None
    chainage_km: float | None = None
    schematic: bool = False
    gcj02: bool = False
    source: str = ""
    possible: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    quality: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThreshold:
    """A dated threshold of one element of a station, in its own stated datum.

    `kind` names it (warning, guarantee); `direction` "below" for one that must not be undercut,
    "over" or "under" where the figure itself is still allowed.
    """

    station: str
    element: str
    kind: str
    value: float
    datum: str = ""
    hysteresis: float = 0.0
    duration_s: int = 0
    direction: str = Direction.ABOVE.value
    level: int | None = None
    valid_from: date
    valid_to: date | None = None
    source: str = ""


def water_thresholds(
    station: str, elements: Iterable[str], water_class: int = TARGET, *,
    valid_from: date = IN_FORCE, source: str = "",
) -> list[NewThreshold]:  # fmt: skip
    """The limits of a water class (2 to 4, GB 3838-2002) as thresholds of what a station measures.

    Raises `BadStation` for a class that no river is held to.
    """
    if water_class not in HELD_TO:
        raise BadStation(f"{station}: a river is held to class 2, 3 or 4, not {water_class}")
    measured, name = set(elements), f"class_{water_class}"
    return [
        NewThreshold(
            station=station, element=element.value, value=value, direction=side.value,
            kind=f"{name}_low" if side in LOWER else name, valid_from=valid_from,
            source=source or source_of(water_class),
        )
        for element, side, value in limits(water_class)
        if element in measured
    ]  # fmt: skip


def register_stations(
    actor: Actor, stations: Iterable[NewStation], rules: Iterable[NewThreshold]
) -> int:
    """Register stations with their series and thresholds; the same again changes nothing.

    Raises `BadStation` and writes nothing when a stage has no datum, a threshold stands in another
    datum than a station without offset can convert, or names an unknown station or element.
    """
    checked, limits = list(stations), list(rules)
    for station in checked:
        _check(station)
    with act("sensing.register_stations", actor) as this:
        _write_stations(checked)
        _write_series(checked)
        codes = [station.code for station in checked]
        forget_bands(
            list(Series.objects.filter(station__code__in=codes).values_list("pk", flat=True))
        )
        _write_rules(limits)
        this.on("station", "all", f"{len(checked)} stations")
    return len(checked)


def load_district_files(actor: Actor, folder: Path) -> int:
    """Register what the district's `stations.toml` lists; returns how many stations."""
    stations, rules = _listed(folder)
    load_topic_files(actor, folder)
    load_camera_file(actor, folder)
    return register_stations(actor, stations, rules) if stations else 0


def station_sites(folder: Path) -> list[NewSite]:
    """What the district's `stations.toml` lists, as points of the one map."""
    listed = [station for station in _listed(folder)[0] if station.kind in SITE_KINDS]
    placed = _placed([station.code for station in listed])
    where = {code: {name: getattr(row, name) for name in PLACE} for code, row in placed.items()}
    return [station_site(replace(one, **where.get(one.code, {}))) for one in listed]


def station_site(station: NewStation) -> NewSite:
    """A station as a point of the one map; one outside belongs to whom it serves."""
    inside = station.area_code.startswith(station.serves)
    return NewSite(
        code=station.code, kind=SITE_KINDS[station.kind], name=station.name,
        area_code=station.area_code if inside else station.serves,
        lon=station.lon, lat=station.lat,
        attributes={"live": True} | ({"river": station.river} if station.river else {}),
        schematic=station.schematic, source=station.source,
    )  # fmt: skip


def _listed(folder: Path) -> tuple[list[NewStation], list[NewThreshold]]:
    path = folder / "stations.toml"
    stations: list[NewStation] = []
    rules: list[NewThreshold] = []
    if not path.exists():
        return stations, rules
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["station"]:
        rules += [
            NewThreshold(station=entry["code"], **rule) for rule in entry.pop("threshold", [])
        ]
        if held := entry.pop("water_target", None):
            rules += water_thresholds(entry["code"], entry["elements"], **held)
        entry["elements"] = tuple(entry["elements"])
        stations.append(NewStation(**entry))
    return stations, rules


def _check(station: NewStation) -> None:
    unknown = [name for name in station.elements if name not in set(Element)]
    if unknown:
        raise BadStation(f"{station.code}: unknown element {unknown[0]!r}")
    if WITH_DATUM & set(station.elements) and station.datum not in set(Datum):
        raise BadStation(f"{station.code}: a stage needs its datum")
    if not station.elements and station.kind not in WITHOUT_SERIES:
        raise BadStation(f"{station.code}: a station measures at least one element")
    for element, here in station.quality.items():
        if element not in station.elements:
            raise BadStation(f"{station.code}: has no {element} to check")
        try:
            limits_of(element, here)
        except BadLimits as error:
            raise BadStation(f"{station.code}: {error}") from error
    if station.vehicle_class and station.vehicle_class not in set(VehicleClass):
        raise BadStation(f"{station.code}: unknown class of vehicle {station.vehicle_class!r}")
    if station.interval_s <= 0:
        raise BadStation(f"{station.code}: the reporting interval must be positive")
    area_code(station.area_code)


def _write_stations(stations: Sequence[NewStation]) -> None:
    of_series = {"secret", "elements", "possible", "quality"}
    names = [one.name for one in fields(NewStation) if one.name not in of_series]
    rows = []
    known = _secrets(stations)
    for station in stations:
        values: dict[str, Any] = {name: getattr(station, name) for name in names}
        values["serves"] = station.serves or station.area_code[:DISTRICT_DIGITS]
        own = station.device or (station.code if station.protocol in NO_DEVICE else "")
        values["device"] = own.upper()  # as the gateways write it
        values["secret_sealed"] = known.get(station.code) or seal_text(_secret(station))
        rows.append(Station(**values, registered_at=clock.now()))
    _leave_described(rows)
    _leave_passwords(rows)
    Station.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"],
        update_fields=[*(name for name in names if name != "code"), "secret_sealed"],
    )  # fmt: skip


def _secret(station: NewStation) -> str:
    """The text password; a vehicle without one gets a random secret for its code."""
    if station.secret or station.protocol != jt808.PROTOCOL:
        return station.secret
    return secrets.token_hex(SECRET_BYTES)


def _secrets(stations: Sequence[NewStation]) -> dict[str, bytes]:
    """The sealed secrets that vehicles have already and keep; code -> secret."""
    unstated = [s.code for s in stations if s.protocol == jt808.PROTOCOL and not s.secret]
    rows = Station.objects.filter(code__in=unstated, protocol=jt808.PROTOCOL)
    return {code: bytes(sealed) for code, sealed in rows.values_list("code", "secret_sealed")}


def _leave_described(rows: Sequence[Station]) -> None:
    """What a person has said of a device since, the district's file does not take back."""
    described = Station.objects.filter(
        code__in=[row.code for row in rows], described_at__isnull=False
    )
    said = {row.code: row for row in described.only("code", *UPKEEP)}
    placed = _placed([row.code for row in rows])
    for row in rows:
        if row.code in said:
            for name in UPKEEP:
                setattr(row, name, getattr(said[row.code], name))
        if row.code in placed:
            for name in PLACE:
                setattr(row, name, getattr(placed[row.code], name))


def _placed(codes: Collection[str]) -> dict[str, Station]:
    """Those of the stations that a person has said the place of."""
    rows = Station.objects.filter(code__in=codes, placed_at__isnull=False)
    return {row.code: row for row in rows.only("code", *PLACE)}


def _leave_passwords(rows: Sequence[Station]) -> None:
    """Nor the password that it was given since."""
    given = Station.objects.filter(code__in=[row.code for row in rows], password_at__isnull=False)
    known = {row.code: row for row in given.only("code", "password", "secret_sealed")}
    for row in rows:
        if row.code in known:
            row.password = known[row.code].password
            row.secret_sealed = known[row.code].secret_sealed


def _write_series(stations: Sequence[NewStation]) -> None:
    ids = dict(Station.objects.values_list("code", "id"))
    Series.objects.bulk_create(
        [_series(station, Element(name), ids) for station in stations for name in station.elements],
        update_conflicts=True, unique_fields=["station", "element"],
        update_fields=["unit", "datum", "low", "high", "quality"],
    )  # fmt: skip


def _series(station: NewStation, element: Element, ids: Mapping[str, int]) -> Series:
    low, high = station.possible.get(element, POSSIBLE[element])
    return Series(
        station_id=ids[station.code], element=element.value, unit=UNITS[element],
        datum=station.datum if element in WITH_DATUM else "", sources=[station.protocol],
        low=low, high=high, quality=dict(station.quality.get(element, {})),
    )  # fmt: skip


def _write_rules(rules: Sequence[NewThreshold]) -> None:
    series = {(s.station.code, s.element): s for s in Series.objects.select_related("station")}
    rows = []
    for rule in rules:
        home = series.get((rule.station, rule.element))
        if home is None:
            raise BadStation(f"{rule.station} has no {rule.element} for {rule.kind}")
        if rule.datum != home.datum and (not rule.datum or home.station.offset_m is None):
            raise BadStation(
                f"{rule.station} {rule.kind}: {rule.datum or 'no datum'} against {home.datum},"
                " and the station has no offset"
            )
        if not 0 <= rule.duration_s <= LONGEST_DURATION_S:
            raise BadStation(f"{rule.station} {rule.kind}: a duration is 0 to 2 hours")
        if rule.direction not in THRESHOLD_WORDS:
            raise BadStation(f"{rule.station} {rule.kind}: a threshold lies above or below")
        values = {one.name: getattr(rule, one.name) for one in fields(NewThreshold)}
        del values["station"], values["element"]
        values["name"] = values.pop("kind")
        key = f"{rule.station}:{rule.element}:{rule.kind}"
        rows.append(AlarmRule(key=key, station=home.station, series=home, **values))
    AlarmRule.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key", "valid_from", "edition"],
        update_fields=["value", "datum", "hysteresis", "duration_s", "direction", "level",
                       "valid_to", "source"],
    )  # fmt: skip
