from django.db import models

from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.operations.sensing.rules.rule_kinds import RuleKind


class Alarm(models.Model):
    """A rule that held, or a station fallen silent. `key` = station:element:rule.

    `value` and `limit` are in the element's unit and `datum`. `began_at`, `observed_at` and
    `ended_at` are times of readings; `raised_at` and `closed_at` are ours. `level` is a hint.
    `flags`: what the checks found in the readings that raised it; it is raised all the same.
    An alarm of a site (`site_code`) has no station; `station_name` is the site's then.
    `kind` as in `AlarmRule`; `condition` is what held; `cause` is why it was only recorded.
    """

    key = models.CharField(max_length=100)
    station_code = models.CharField(max_length=40, db_index=True)
    station_name = models.CharField(max_length=100)
    site_code = models.CharField(
        max_length=40, blank=True, default="", db_default="", db_index=True
    )
    area_code = models.CharField(max_length=12)
    element = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=20)
    value = models.FloatField()
    limit = models.FloatField()
    datum = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, default=AlarmState.OPEN.value)
    began_at = models.DateTimeField()
    observed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)
    flags = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, default=RuleKind.THRESHOLD.value)
    unit = models.CharField(max_length=10, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="open"), name="one_open_alarm_a_key"
            )
        ]
        indexes = [
            models.Index(fields=["key", "began_at"], name="alarm_episodes"),
            models.Index(fields=["-raised_at"], name="alarm_newest"),
            models.Index(fields=["ended_at"], name="alarm_ended"),
            models.Index(fields=["key"], name="alarm_going_on", condition=models.Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.key


class BadFrame(models.Model):
    """Bytes, or one reading of a frame, that could not be taken, and why; kept, counted, shown.

    `about`: what it says each time it comes (`rules.folding`), empty where it stands for itself;
    `times`: how many it stands for. `read_at`: when it became readings after all, once its device
    or its topic was known.
    """

    digest = models.CharField(max_length=32, unique=True)
    received_at = models.DateTimeField(db_index=True)
    protocol = models.CharField(max_length=20)
    device = models.CharField(max_length=40, blank=True, db_index=True)
    peer = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)
    raw = models.TextField(blank=True)
    about = models.CharField(max_length=300, blank=True, default="", db_default="")
    times = models.PositiveIntegerField(default=1, db_default=1)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["protocol", "device", "about"], name="bad_frames_said_again",
                condition=~models.Q(about=""),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.received_at:%m-%d %H:%M} {self.device} {self.reason}"
