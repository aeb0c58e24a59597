"""What devices state themselves: kept once, their parts brought up to date, fire told at once.

Of a unit that is worked on a fire is recorded, and told when the work is over if it still burns.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from anlan.operations.sensing.actions.alarms import Telling, clear
from anlan.operations.sensing.actions.maintained import end_recorded, raise_each
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
        DeviceNotice.objects.filter(digest__among=named).values_list("digest", flat=True)
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
    parts = _parts(station)
    going_on = _going_on(station)
    changed: set[str] = set()
    for said in statements(notices):
        changed |= take(parts, said)
        fires = burning(parts)
        fresh = said.at >= clock.now() - timedelta(seconds=FRESH_AT_LEAST_S)
        if going_on is not None and not fires:
            _end(going_on, said.at)
            going_on = None
        elif fires and fresh and (going_on is None or going_on.state == AlarmState.RECORDED):
            raise_each([_telling(station, *fires[0])])
            going_on = _going_on(station)
    PartState.objects.bulk_create(
        [
            PartState(station=station, part=part, words=parts[part].words, at=parts[part].at,
                      codes=list(parts[part].codes))
            for part in sorted(changed)
        ],
        update_conflicts=True, unique_fields=["station", "part"],
        update_fields=["words", "at", "codes"],
    )  # fmt: skip


def _key(station: Station) -> str:
    return f"{station.code}::{FIRE_RULE}"


def _parts(station: Station) -> dict[str, Part]:
    rows = PartState.objects.filter(station=station)
    return {row.part: Part(row.at, tuple(row.codes), row.words) for row in rows}


def _going_on(station: Station) -> Alarm | None:
    return Alarm.objects.filter(key=_key(station), ended_at=None).first()


def _end(alarm: Alarm, at: datetime) -> None:
    if alarm.state == AlarmState.RECORDED:
        end_recorded({alarm.key: at})
    else:
        clear(alarm, Ending(alarm.pk, at, 0.0))


def _telling(station: Station, name: str, part: Part) -> Telling:
    alarm = Alarm(
        key=_key(station), station_code=station.code, station_name=station.name,
        area_code=station.serves, rule=FIRE_RULE, value=1.0, limit=1.0, began_at=part.at,
        observed_at=part.at, raised_at=clock.now(), condition=f"{name} {part.words}",
    )  # fmt: skip
    words = {"station": station.name, "part": part_word(name, part.words)}
    return Telling(alarm, FIRE_STATED, words)


def check_fires() -> int:
    """Tell the fires that were recorded while a unit was worked on and burn on after it.

    Returns how many. One query where no such fire burns.
    """
    recorded = Alarm.objects.filter(rule=FIRE_RULE, state=AlarmState.RECORDED, ended_at=None)
    codes = list(recorded.values_list("station_code", flat=True))
    if not codes:
        return 0
    with transaction.atomic():
        # Held: the recorder holds a unit too while it follows what the unit states.
        held = Station.objects.select_for_update().filter(code__in=codes).order_by("pk")
        going_on = {one: _going_on(one) for one in held}
        waiting = [one for one, alarm in going_on.items()
                   if alarm and alarm.state == AlarmState.RECORDED]  # fmt: skip
        found = [(one, burning(_parts(one))) for one in waiting]
        return raise_each([_telling(one, *fires[0]) for one, fires in found if fires])
