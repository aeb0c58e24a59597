"""Silence is an alarm too: a device that has not spoken for two reporting intervals."""

from django.db import transaction

from anlan.operations.sensing.actions.alarms import tell
from anlan.operations.sensing.actions.health import silence_key
from anlan.operations.sensing.models import Alarm, StationHealth
from anlan.operations.sensing.rules.alarm_states import SILENCE, SILENT_AFTER_INTERVALS, AlarmState
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

SILENT = N_("%(station)s has been silent since %(since)s: call its keeper")


def check_silence() -> int:
    """Raise one alarm for every device that fell silent; returns how many.

    A device that never spoke is not yet in service and raises none. Cheap when nothing is silent.
    """
    overdue = list(
        StationHealth.objects.filter(silent=False, silent_after__lt=clock.now())
        .select_related("station")
        .order_by("pk")[:200]
    )
    return sum(_fall_silent(health) for health in overdue)


def _fall_silent(health: StationHealth) -> int:
    station, since = health.station, health.last_frame_at
    with transaction.atomic():
        # Of two watchers one turns the flag; a frame recorded meanwhile has moved silent_after.
        turned = StationHealth.objects.filter(
            pk=health.pk, silent=False, silent_after=health.silent_after
        ).update(silent=True)
        if not turned:
            return 0
        key = silence_key(station)
        if Alarm.objects.filter(key=key, state=AlarmState.OPEN).exists():
            return 0
        alarm = Alarm(
            key=key, station_code=station.code, station_name=station.name,
            area_code=station.serves, rule=SILENCE,
            value=round((clock.now() - since).total_seconds() / 3600, 3),
            limit=SILENT_AFTER_INTERVALS * station.interval_s / 3600, began_at=since,
            observed_at=since, raised_at=clock.now(),
        )  # fmt: skip
        moment = since.astimezone(clock.CHINA)
        tell(alarm, SILENT, {"station": station.name, "since": f"{moment:%H:%M}"})
    return 1
