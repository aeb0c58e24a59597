from django.db import models


class IllegalActivity(models.Model):
    """A danger that is an illegal activity with dangerous chemicals 打非; what becomes of it is the
    danger's.

    `substance` as far as it is known, "" for unknown; `units`: with whom it is checked jointly.
    `history`: what the mark said from each moment on (at, by, verb, reason, said), oldest first.
    """

    danger = models.OneToOneField(
        "safety.Danger", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    activity = models.CharField(max_length=10)
    substance = models.CharField(max_length=120, blank=True)
    units = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)
    history = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-marked_at", "-danger"], name="illegal_newest")]

    def __str__(self) -> str:
        return f"{self.danger_id} {self.activity}"
