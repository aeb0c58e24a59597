from anlan.operations.deadlines.actions import close_item
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.sensing.actions.alarms import clear
from anlan.operations.sensing.models import Alarm
from anlan.operations.sensing.rules.alarm_bits import ENDED_BY_HAND
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.vocabulary import clock

NOTE_LONGEST = 300


class AlreadyAcknowledged(Exception):
    """Somebody took this alarm before: `by` and `at` say who and when."""

    def __init__(self, alarm: Alarm) -> None:
        super().__init__(f"{alarm.key} was taken by {alarm.acknowledged_by}")
        self.by, self.at = alarm.acknowledged_by, alarm.acknowledged_at


def acknowledge_alarm(actor: Actor, scope: Scope, alarm_id: int, note: str = "") -> None:
    """Take an alarm: it leaves the desk and stays open until the readings clear it.

    An emergency of a vehicle is over with it: the device never says so.

    Raises `Alarm.DoesNotExist` outside the scope and `AlreadyAcknowledged` the second time.
    """
    with act("sensing.acknowledge_alarm", actor) as this:
        prefix = scope.area_prefix
        seen = (
            Alarm.objects.filter(area_code__startswith=prefix) if prefix else Alarm.objects.none()
        )
        alarm = seen.select_for_update().get(pk=alarm_id)
        if alarm.acknowledged_at:
            raise AlreadyAcknowledged(alarm)
        alarm.acknowledged_at, alarm.acknowledged_by = clock.now(), actor.label
        alarm.note = note.strip()[:NOTE_LONGEST]
        alarm.save(update_fields=["acknowledged_at", "acknowledged_by", "note"])
        close_item(f"alarm:{alarm.key}", actor.label)
        if alarm.rule in ENDED_BY_HAND:
            clear(alarm, Ending(alarm.pk, alarm.acknowledged_at, alarm.value))
        this.on("alarm", alarm.pk, alarm.key)
        this.detail = {"note": alarm.note}
