"""Silence is an alarm too: a device that has not spoken for two reporting intervals.

Where most devices of one keeper or on one cell fall silent together, one alarm says so for all.
"""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from anlan.operations.sensing.actions.alarms import Telling, clear_each, tell_each
from anlan.operations.sensing.actions.health import silence_key
from anlan.operations.sensing.models import Alarm, Maintenance, StationHealth
from anlan.operations.sensing.queries.health_limits import health_limits
from anlan.operations.sensing.rules.alarm_states import SILENCE, SILENT_AFTER_INTERVALS, AlarmState
from anlan.operations.sensing.rules.kinds import VEHICLE
from anlan.operations.sensing.rules.mass_silence import (
    CELL,
    MASS_SILENCE,
    NETWORK,
    OPERATOR,
    Device,
    Mass,
    MassLimits,
    masses,
    over,
)
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.vocabulary import clock
from anlan.vocabulary.areas import shared
from anlan.vocabulary.words import N_

SILENT = N_("%(station)s has been silent since %(since)s: call its keeper")
TOGETHER = {
    OPERATOR: N_("%(count)s of %(of)s devices kept by %(name)s fell silent since %(since)s:"
                 " call the keeper"),
    CELL: N_("%(count)s of %(of)s devices on %(name)s fell silent since %(since)s: ask the"
             " network's operator"),
    NETWORK: N_("%(count)s of %(of)s devices in the network of %(name)s fell silent since"
                " %(since)s: ask the network's operator"),
}  # fmt: skip


def check_silence() -> int:
    """Raise an alarm for every device that fell silent, one for those that did so together.

    Returns how many were raised. A device that never spoke is not yet in service and raises none;
    one that is worked on does when its maintenance is over. However many fall silent, they are
    asked for and told in a handful of queries; cheap when nothing changes.
    """
    _end_masses()
    if not StationHealth.objects.filter(_overdue() | _LOOSE).exists():
        return 0
    waiting = _waiting()
    if not waiting.exists():
        return 0
    limits = health_limits().mass
    with transaction.atomic():
        rows = list(
            waiting.select_for_update(of=("self",)).select_related("station").order_by("pk")
        )
        StationHealth.objects.filter(pk__in=[row.pk for row in rows]).update(silent=True)
        together = _masses(limits)
        tellings = _fold(together)
        folded = {station for mass in together for station in mass.members}
        told = folded.union(
            StationHealth.objects.filter(_WITH_ALARM).values_list("station_id", flat=True)
        )
        return tell_each([*tellings, *(_alone(row) for row in rows if row.pk not in told)])


# Stations with an open alarm of silence of their own.
_WITH_ALARM = Exists(
    Alarm.objects.filter(
        rule=SILENCE, state=AlarmState.OPEN, station_code=OuterRef("station__code")
    )
)


# Of a mass that is over, those who are silent still stand for themselves again.
_LOOSE = Q(silent=True, mass="")


def _overdue() -> Q:
    return Q(silent=False, silent_after__lt=clock.now())


def _waiting() -> QuerySet[StationHealth]:
    """Devices that are due an alarm, or a place in that of their group."""
    now = clock.now()
    worked_on = Maintenance.objects.filter(
        station=OuterRef("station"), series=None, begins_at__lte=now, ends_at__gt=now
    )
    # A vehicle whose ignition is off owes nothing.
    overdue = _overdue() & ~Q(station__kind=VEHICLE)
    return StationHealth.objects.filter(~Exists(worked_on), overdue | _LOOSE & ~_WITH_ALARM)


def _masses(limits: MassLimits) -> list[Mass]:
    rows = StationHealth.objects.exclude(
        station__operator="", station__network="", station__cell=""
    )
    return masses(
        (
            Device(*row)
            for row in rows.values_list(
                "station_id",
                "station__operator",
                "station__network",
                "station__cell",
                "last_frame_at",
                "silent",
            )
        ),
        limits,
    )


def _fold(together: Sequence[Mass]) -> list[Telling]:
    """Put devices into their masses and end the alarms that they raised alone; what is to be told
    of masses that have no alarm yet."""
    by_station = {station: mass.key for mass in together for station in mass.members}
    members = list(StationHealth.objects.filter(pk__in=by_station).select_related("station"))
    codes = {row.station.code for row in members}
    for mass in together:
        StationHealth.objects.filter(pk__in=mass.members).update(mass=mass.key)
    alone = Alarm.objects.filter(rule=SILENCE, state=AlarmState.OPEN, station_code__in=codes)
    clear_each([(one, Ending(one.pk, clock.now(), one.value)) for one in alone.order_by("pk")])
    keys = [_key(mass.key) for mass in together]
    opened = set(
        Alarm.objects.filter(key__in=keys, state=AlarmState.OPEN).values_list("key", flat=True)
    )
    serves = {row.pk: row.station.serves for row in members}
    return [
        _together(mass, shared({serves[station] for station in mass.members}))
        for mass in together
        if _key(mass.key) not in opened
    ]


def _key(group: str) -> str:
    return f"{group}::{MASS_SILENCE}"


def _together(mass: Mass, area: str) -> Telling:
    """One alarm for the group."""
    hours = (clock.now() - mass.since).total_seconds() / 3600
    alarm = Alarm(
        key=_key(mass.key), station_code="", station_name=mass.name, area_code=area,
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
    return Telling(alarm, TOGETHER[mass.kind], words, link)


def _alone(health: StationHealth) -> Telling:
    station, since = health.station, health.last_frame_at
    alarm = Alarm(
        key=silence_key(station), station_code=station.code, station_name=station.name,
        area_code=station.serves, rule=SILENCE,
        value=round((clock.now() - since).total_seconds() / 3600, 3),
        limit=SILENT_AFTER_INTERVALS * station.interval_s / 3600, began_at=since,
        observed_at=since, raised_at=clock.now(),
    )  # fmt: skip
    moment = since.astimezone(clock.CHINA)
    return Telling(alarm, SILENT, {"station": station.name, "since": f"{moment:%H:%M}"})


def _end_masses() -> None:
    """Close the alarms of groups of which most speak again; their silent members stand alone."""
    opened = Alarm.objects.filter(rule=MASS_SILENCE, state=AlarmState.OPEN)
    if not opened.exists():
        return
    limits = health_limits().mass
    alarms = opened.order_by("pk")
    groups = {alarm.key.removesuffix(f"::{MASS_SILENCE}"): alarm for alarm in alarms}
    with transaction.atomic():
        rows = StationHealth.objects.select_for_update().filter(mass__in=groups, silent=True)
        silent = Counter(rows.values_list("mass", flat=True))
        ended = [key for key, one in groups.items() if over(silent[key], int(one.value), limits)]
        StationHealth.objects.filter(mass__in=ended).update(mass="")
        clear_each(
            [(groups[key], Ending(groups[key].pk, clock.now(), float(silent[key])))
             for key in ended]
        )  # fmt: skip
