from django.db import models


class Shift(models.Model):
    """Who is on duty between two times: officers by name, and the leader of the shift."""

    starts_at = models.DateTimeField(unique=True)
    ends_at = models.DateTimeField()
    officers = models.JSONField(default=list)
    leader = models.CharField(max_length=60)
    standby = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.leader}"


class LogEntry(models.Model):
    """One line of the duty log. Append-only; a correction is a new line."""

    at = models.DateTimeField(db_index=True)
    author = models.CharField(max_length=100)
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.text}"
