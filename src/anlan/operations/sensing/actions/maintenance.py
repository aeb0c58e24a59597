"""Maintenance: while a station is worked on, its alarms are recorded and nobody is called."""

from datetime import datetime, timedelta

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.models import Maintenance, Series, Station
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = timedelta(days=30)  # [pv]
NO_SPAN = N_("Maintenance ends after it begins, within 30 days, and not in the past.")


def plan_maintenance(
    actor: Actor, station: str, begins_at: datetime, ends_at: datetime, reason: str,
    element: str = "",
) -> int:  # fmt: skip
    """Plan a span in which alarms are only recorded; the same span again changes nothing.

    Raises `Refused`, `Station.DoesNotExist`, `Series.DoesNotExist`.
    """
    if not begins_at < ends_at <= begins_at + LONGEST or ends_at <= clock.now():
        raise Refused(NO_SPAN)
    with act("sensing.plan_maintenance", actor) as this:
        home = Station.objects.select_for_update().get(code=station)
        series = Series.objects.get(station=home, element=element) if element else None
        row, new = Maintenance.objects.get_or_create(
            station=home, series=series, begins_at=begins_at, ends_at=ends_at,
            defaults={
                "reason": reason[:200], "planned_at": clock.now(), "planned_by": actor.label,
            },
        )  # fmt: skip
        this.on("station", home.code, home.name)
        this.detail = {"from": begins_at.isoformat(), "to": ends_at.isoformat(), "reason": reason}
        if not new:
            this.detail = {"repeat": True}
    return row.pk


def end_maintenance(actor: Actor, station: str, maintenance_id: int) -> bool:
    """End maintenance now, or call off what has not begun; False when it was over already.

    Raises `Maintenance.DoesNotExist`.
    """
    with act("sensing.end_maintenance", actor) as this:
        row = Maintenance.objects.select_for_update(of=("self",)).select_related("station").get(
            pk=maintenance_id, station__code=station
        )  # fmt: skip
        this.on("station", row.station.code, row.station.name)
        now = clock.now()
        if row.ends_at <= now or row.ended_by:
            this.detail = {"repeat": True}
            return False
        row.ends_at, row.ended_by = max(now, row.begins_at), actor.label
        row.save(update_fields=["ends_at", "ended_by"])
    return True
