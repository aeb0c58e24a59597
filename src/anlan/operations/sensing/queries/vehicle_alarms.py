"""What vehicles stated as alarms: each from where it began to where it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.sayings import spoken
from anlan.operations.sensing.models import AlarmWord, DeviceNotice, Station
from anlan.operations.sensing.rules.alarm_bits import SERIOUS
from anlan.operations.sensing.rules.alarm_states import fresh_s
from anlan.operations.sensing.rules.kinds import VEHICLE
from anlan.protocols import jt808
from anlan.protocols.bits import names
from anlan.vocabulary import clock
from anlan.vocabulary.notices import NoticeState

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which alarms: of a vehicle, of a group (`jt808.GROUPS`), since, a level, still going on."""

    since: datetime | None = None
    station: str = ""
    group: str = ""
    level: int | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class VehicleAlarmRow:
    """An alarm of a vehicle, where and how fast it was when it began; CGCS2000 degrees, km/h.

    `momentary`: it happened, and has no end. `ended_at` is None where no end was stated. `late`: it
    came too late to be told though it is a serious one.
    """

    station_code: str
    station_name: str
    code: str
    level: int | None
    began_at: datetime
    ended_at: datetime | None
    momentary: bool
    received_at: datetime
    lon: float | None
    lat: float | None
    speed_kmh: float | None
    words: str
    late: bool

    @property
    def name(self) -> str:
        return spoken(jt808.word(self.code))

    @property
    def details(self) -> str:
        """What the terminal says beside it: of a tyre the wheel, its pressure and temperature."""
        wheel, _blank, rest = self.words.partition(" ")
        if not wheel.startswith("#"):
            return self.words
        said = {"n": wheel.removeprefix("#"), "state": rest}
        return pgettext("vehicle alarm", "wheel %(n)s %(state)s") % said

    @property
    def serious(self) -> bool:
        return self.code in SERIOUS


@dataclass(frozen=True, slots=True)
class VehicleAlarms:
    """A page of alarms, newest first, of how many in all."""

    total: int
    rows: list[VehicleAlarmRow] = field(default_factory=list)


def vehicle_alarms(scope: Scope, asked: Asked, page: int = 1, size: int = A_PAGE) -> VehicleAlarms:
    """The alarms within sight, newest first. Two queries."""
    if scope.area_prefix is None:
        return VehicleAlarms(0)
    found = _asked(scope.area_prefix, asked)
    ends = _ends().order_by("at").values("at")[:1]
    rows = found.select_related("station").annotate(ended_at=Subquery(ends)).order_by("-at", "-pk")
    first = (page - 1) * size
    return VehicleAlarms(found.count(), [_row(row) for row in rows[first : first + size]])


def standing_alarms(code: str) -> Sequence[str]:
    """The names of the alarm bits that a vehicle's newest fix has."""
    station = Station.objects.filter(code=code).values("pk")[:1]
    word = AlarmWord.objects.filter(station__in=station).first()
    return [spoken(one) for one in names(word.alarm, jt808.ALARM_WORDS)] if word else []


def _asked(prefix: str, asked: Asked) -> QuerySet[DeviceNotice]:
    around = [prefix[:n] for n in range(len(prefix))]
    seen = Q(station__serves__startswith=prefix) | Q(station__serves__in=around)
    found = DeviceNotice.objects.filter(seen, station__kind=VEHICLE).exclude(
        state=NoticeState.ENDED
    )
    if asked.since:
        found = found.filter(at__gte=asked.since)
    if asked.station:
        found = found.filter(station__code=asked.station)
    if asked.group:
        codes = jt808.codes_of(asked.group)
        begins = asked.group in jt808.ITEM_GROUPS
        found = found.filter(code__startswith=codes[0]) if begins else found.filter(code__in=codes)
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.standing:
        found = found.filter(~Exists(_ends()), state=NoticeState.BEGUN)
    return found


def _ends() -> QuerySet[DeviceNotice]:
    """What ends the alarm that the outer query looks at."""
    return DeviceNotice.objects.filter(
        station=OuterRef("station"), code=OuterRef("code"), part=OuterRef("part"),
        state=NoticeState.ENDED, at__gte=OuterRef("at"),
    )  # fmt: skip


def _row(row: DeviceNotice) -> VehicleAlarmRow:
    station, ended = row.station, row.ended_at  # type: ignore[attr-defined]
    late = row.received_at - row.at > timedelta(seconds=fresh_s(station.interval_s))
    return VehicleAlarmRow(
        station.code, station.name, row.code, row.level, row.at.astimezone(clock.CHINA),
        ended.astimezone(clock.CHINA) if ended else None, row.state == NoticeState.EVENT,
        row.received_at.astimezone(clock.CHINA), row.lon, row.lat, row.speed_kmh, row.words,
        late and row.code in SERIOUS,
    )  # fmt: skip
