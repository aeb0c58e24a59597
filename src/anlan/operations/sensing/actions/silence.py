"""Silence is an alarm too: a device that has not spoken for two reporting intervals.

Where most devices of one keeper or on one cell fall silent together, one alarm says so for all.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from anlan.operations.sensing.actions.alarms import clear, tell
from anlan.operations.sensing.actions.health import silence_key
from anlan.operations.sensing.models import Alarm, Maintenance, StationHealth
from anlan.operations.sensing.rules.alarm_states import SILENCE, SILENT_AFTER_INTERVALS, AlarmState
from anlan.operations.sensing.rules.kinds import VEHICLE
from anlan.operations.sensing.rules.mass_silence import (
    CELL,
    MASS_SILENCE,
    OPERATOR,
    Device,
    Mass,
    group_key,
    masses,
    over,
)
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

SILENT = N_("%(station)s has been silent since %(since)s: call its keeper")
TOGETHER = {
    OPERATOR: N_("%(count)s of %(of)s devices kept by %(name)s fell silent since %(since)s:"
                 " call the keeper"),
    CELL: N_("%(count)s of %(of)s devices on %(name)s fell silent since %(since)s: ask the"
             " network's operator"),
}  # fmt: skip
MOST = 200  # alarms of single devices in one look


def check_silence() -> int:
    """Raise an alarm for every device that fell silent, one for those that did so together.

    Returns how many were raised. A device that never spoke is not yet in service and raises none;
    one that is worked on does when its maintenance is over. Cheap when nothing changes.
    """
    now = clock.now()
    worked_on = Maintenance.objects.filter(
        station=OuterRef("station"), series=None, begins_at__lte=now, ends_at__gt=now
    )
    # A vehicle whose ignition is off owes nothing.
    overdue = Q(silent=False, silent_after__lt=now) & ~Q(station__kind=VEHICLE)
    # Of a mass that is over, those who are silent still stand for themselves again.
    loose = Q(silent=True, mass="") & ~Q(station__in=_with_alarm())
    waiting = StationHealth.objects.filter(~Exists(worked_on), overdue | loose)
    _end_masses()
    if not waiting.exists():
        return 0
    with transaction.atomic():
        rows = list(
            waiting.select_for_update(of=("self",)).select_related("station").order_by("pk")
        )
        StationHealth.objects.filter(pk__in=[row.pk for row in rows]).update(silent=True)
        together = _masses()
        raised = sum(_raise_mass(mass) for mass in together)
        folded = {station for mass in together for station in mass.members}
        told = folded.union(_with_alarm())
        alone = [row for row in rows if row.pk not in told][:MOST]
        return raised + _raise_alone(alone)


def _with_alarm() -> list[int]:
    """Stations with an open alarm of silence of their own."""
    codes = Alarm.objects.filter(rule=SILENCE, state=AlarmState.OPEN).values("station_code")
    return list(
        StationHealth.objects.filter(station__code__in=codes).values_list("station_id", flat=True)
    )


def _masses() -> list[Mass]:
    rows = StationHealth.objects.exclude(station__operator="", station__cell="")
    return masses(
        Device(*row)
        for row in rows.values_list(
            "station_id", "station__operator", "station__cell", "last_frame_at", "silent"
        )
    )


def _raise_mass(mass: Mass) -> int:
    """One alarm for the group; alarms that its members raised alone are folded into it."""
    members = StationHealth.objects.filter(station__in=mass.members)
    codes = list(members.values_list("station__code", flat=True))
    members.update(mass=mass.key)
    for alarm in Alarm.objects.filter(
        rule=SILENCE, state=AlarmState.OPEN, station_code__in=codes
    ).order_by("pk"):
        clear(alarm, Ending(alarm.pk, clock.now(), alarm.value))
    key = f"{mass.key}::{MASS_SILENCE}"
    if Alarm.objects.filter(key=key, state=AlarmState.OPEN).exists():
        return 0
    hours = (clock.now() - mass.since).total_seconds() / 3600
    alarm = Alarm(
        key=key, station_code="", station_name=mass.name, area_code=_shared_area(codes),
        rule=MASS_SILENCE, value=float(len(mass.members)), limit=float(mass.in_service),
        began_at=mass.since, observed_at=mass.since, raised_at=clock.now(),
        note=f"{hours:.1f} h",
    )  # fmt: skip
    moment = mass.since.astimezone(clock.CHINA)
    words = {
        "count": str(len(mass.members)), "of": str(mass.in_service), "name": mass.name,
        "since": f"{moment:%H:%M}",
    }  # fmt: skip
    link = f"/devices/health?{urlencode({mass.kind: mass.name})}"
    tell(alarm, TOGETHER[mass.kind], words, link=link)
    return 1


def _shared_area(codes: Sequence[str]) -> str:
    """The smallest area that all stations serve: the beginning that their codes share."""
    rows = StationHealth.objects.filter(station__code__in=codes)
    served = sorted(set(rows.values_list("station__serves", flat=True)))
    first, last = served[0], served[-1]
    shared = next((n for n, pair in enumerate(zip(first, last, strict=False)) if
                   pair[0] != pair[1]), len(first))  # fmt: skip
    return first[: max(size for size in (2, 4, 6, 9, 12) if size <= max(shared, 2))]


def _raise_alone(rows: Sequence[StationHealth]) -> int:
    for health in rows:
        station, since = health.station, health.last_frame_at
        alarm = Alarm(
            key=silence_key(station), station_code=station.code, station_name=station.name,
            area_code=station.serves, rule=SILENCE,
            value=round((clock.now() - since).total_seconds() / 3600, 3),
            limit=SILENT_AFTER_INTERVALS * station.interval_s / 3600, began_at=since,
            observed_at=since, raised_at=clock.now(),
        )  # fmt: skip
        moment = since.astimezone(clock.CHINA)
        tell(alarm, SILENT, {"station": station.name, "since": f"{moment:%H:%M}"})
    return len(rows)


def _end_masses() -> None:
    """Close the alarms of groups of which most speak again; their silent members stand alone."""
    opened = list(Alarm.objects.filter(rule=MASS_SILENCE, state=AlarmState.OPEN).order_by("pk"))
    if not opened:
        return
    silent: dict[str, int] = {}
    in_service: dict[str, int] = {}
    rows = StationHealth.objects.values_list("station__operator", "station__cell", "silent", "mass")
    for operator, cell, is_silent, mass in rows:
        for key in (group_key(OPERATOR, operator), group_key(CELL, cell)):
            in_service[key] = in_service.get(key, 0) + 1
            silent[key] = silent.get(key, 0) + (is_silent and mass == key)
    ended = over(silent, in_service)
    for alarm in opened:
        key = alarm.key.removesuffix(f"::{MASS_SILENCE}")
        if key in ended or key not in in_service:
            with transaction.atomic():
                StationHealth.objects.filter(mass=key).update(mass="")
                clear(alarm, Ending(alarm.pk, clock.now(), float(silent.get(key, 0))))
