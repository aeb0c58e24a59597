from django.db import models


class ReadingFile(models.Model):
    """A file of readings that somebody sent in, known by its SHA-256; `body` until it is taken."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    body = models.BinaryField(default=bytes)
    sent_at = models.DateTimeField(db_index=True)
    sent_by = models.CharField(max_length=100)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=100, blank=True)
    stored = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
