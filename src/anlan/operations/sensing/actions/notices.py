"""What devices state themselves: kept once, their parts brought up to date, fire told at once."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from anlan.operations.sensing.actions.alarms import clear, tell
from anlan.operations.sensing.actions.vehicle_alarms import Stated, warn
from anlan.operations.sensing.models import Alarm, DeviceNotice, PartState, Station
from anlan.operations.sensing.rules.alarm_states import FRESH_AT_LEAST_S, AlarmState
from anlan.operations.sensing.rules.kinds import VEHICLE
from anlan.operations.sensing.rules.notices import FIRE_RULE, Part, burning, statements, take
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.protocols.gb26875 import part_word
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.notices import Notice
from anlan.vocabulary.words import N_

FIRE_STATED = N_("%(station)s states a fire: %(part)s. Ask the control room and send somebody")


def record_notices(good: Sequence[Frame], turned: Sequence[Stated]) -> None:
    """Keep the notices of frames that were taken, and `turned`: what vehicles' alarm bits come to.

    Inside the caller's transaction.
    What is known already changes nothing. Late notices are kept, but raise no alarm.
    """
    stated = [(notice, frame.received_at) for frame in good for notice in frame.notices]
    stated += turned
    if not stated:
        return
    devices = {notice.device for notice, _received_at in stated}
    held = Station.objects.select_for_update().filter(device__in=devices).order_by("pk")
    stations = {station.device: station for station in held}
    new: dict[str, list[Notice]] = defaultdict(list)
    for notice in _keep(stated, stations):
        new[notice.device].append(notice)
    for device, notices in new.items():
        if stations[device].kind == VEHICLE:
            warn(stations[device], notices)
        else:
            _follow(stations[device], notices)


def _keep(stated: Sequence[tuple[Notice, datetime]], stations: dict[str, Station]) -> list[Notice]:
    """Store what is not known yet; that comes back, in the order in which it came."""
    named = {
        _digest(notice): (notice, received_at)
        for notice, received_at in stated if notice.device in stations
    }  # fmt: skip
    known = set(
        DeviceNotice.objects.filter(digest__in=named).values_list("digest", flat=True)
    )  # fmt: skip
    new = {digest: pair for digest, pair in named.items() if digest not in known}
    DeviceNotice.objects.bulk_create(
        DeviceNotice(
            digest=digest, station=stations[n.device], at=n.at, received_at=received_at,
            code=n.code, state=n.state, part=n.part, words=n.words, level=n.level, value=n.value,
            lon=n.position.lon if n.position else None, lat=n.position.lat if n.position else None,
            speed_kmh=n.speed_kmh,
        )
        for digest, (n, received_at) in new.items()
    )  # fmt: skip
    return [notice for notice, _received_at in new.values()]


def _digest(n: Notice) -> str:
    said = (
        n.device,
        n.at.astimezone(clock.CHINA).isoformat(),
        n.code,
        n.state,
        n.part,
        n.level,
        n.value,
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _follow(station: Station, notices: Sequence[Notice]) -> None:
    rows = {row.part: row for row in PartState.objects.filter(station=station)}
    parts = {part: Part(row.at, tuple(row.codes), row.words) for part, row in rows.items()}
    key = f"{station.code}::{FIRE_RULE}"
    open_ = Alarm.objects.filter(key=key, state=AlarmState.OPEN).first()
    changed: set[str] = set()
    for said in statements(notices):
        changed |= take(parts, said)
        fires = burning(parts)
        fresh = said.at >= clock.now() - timedelta(seconds=FRESH_AT_LEAST_S)
        if open_ is not None and not fires:
            clear(open_, Ending(open_.pk, said.at, 0.0))
            open_ = None
        elif open_ is None and fires and fresh:
            open_ = _raise(station, key, *fires[0])
    PartState.objects.bulk_create(
        [
            PartState(station=station, part=part, words=parts[part].words, at=parts[part].at,
                      codes=list(parts[part].codes))
            for part in sorted(changed)
        ],
        update_conflicts=True, unique_fields=["station", "part"],
        update_fields=["words", "at", "codes"],
    )  # fmt: skip


def _raise(station: Station, key: str, name: str, part: Part) -> Alarm:
    alarm = Alarm(
        key=key, station_code=station.code, station_name=station.name, area_code=station.serves,
        rule=FIRE_RULE, value=1.0, limit=1.0, began_at=part.at, observed_at=part.at,
        raised_at=clock.now(), condition=f"{name} {part.words}",
    )  # fmt: skip
    tell(alarm, FIRE_STATED, {"station": station.name, "part": part_word(name, part.words)})
    return alarm
