from datetime import date

from django.db import models

from anlan.operations.sensing.models.station import Series, Station
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind


class AlarmRule(models.Model):
    """A dated rule of a station, or of a site; a change is a new version, the old one stays.

    `key` = station:element:name is the alarm's, @site::name that of a site's rule: an expression
    over series of the stations there, its stages stated in `datum`. By kind, `value` is the level
    in the stated `datum`, the change per hour over `window_s`, or the expected interval in
    seconds; an `expression` has none and reads `inputs`. `level` hints at an alert level 1..4.
    `valid_to` is from the district's file, `ended_on` what a person said; the earlier counts.
    """

    key = models.CharField(max_length=100)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="rules", null=True)
    site_code = models.CharField(
        max_length=40, blank=True, default="", db_default="", db_index=True
    )
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="rules", null=True)
    kind = models.CharField(max_length=12, default=RuleKind.THRESHOLD.value)
    name = models.CharField(max_length=20)
    direction = models.CharField(max_length=6, default=Direction.ABOVE.value)
    value = models.FloatField(default=0)
    datum = models.CharField(max_length=20, blank=True)
    hysteresis = models.FloatField(default=0)
    duration_s = models.PositiveIntegerField(default=0)
    window_s = models.PositiveIntegerField(default=0)
    expression = models.CharField(max_length=300, blank=True)
    inputs = models.ManyToManyField(Series, related_name="read_by")
    level = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    edition = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=100, blank=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from", "edition"], name="rule_version")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value} {self.datum}"

    def in_force(self, day: date) -> bool:
        ends = [one for one in (self.valid_to, self.ended_on) if one is not None]
        return self.valid_from <= day and all(day < end for end in ends)


class Maintenance(models.Model):
    """A span in which a station, or one of its series, is worked on: its alarms are recorded only.

    `ends_at` moves forward when it is ended early; `ended_by` says who did.
    """

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="maintenances")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+", null=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=100)
    ended_by = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["station", "ends_at"], name="maintenance_of_station")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.begins_at:%m-%d %H:%M}"


class QuietBand(models.Model):
    """While every series of a rate or condition stays in its band, the rule says nothing new.

    All readings of the series since `since` lie in [low, high] (its unit; None: unbounded), as far
    before it as the rule reaches too. Found anew when a reading leaves it; no row: look each time.
    """

    rule = models.ForeignKey(AlarmRule, on_delete=models.CASCADE, related_name="bands")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "series"], name="one_quiet_band")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.series_id} [{self.low}, {self.high}]"
