from django.db import models


class HealthLimit(models.Model):
    """A dated limit by which the health of devices is judged (`rules.health_limits`).

    Of `kind` and `device_model` where it differs by them, else empty. A change is a new row, the
    old one stays; `source` says on what the value rests.
    """

    name = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True)
    device_model = models.CharField(max_length=60, blank=True)
    value = models.FloatField()
    valid_from = models.DateField()
    edition = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "kind", "device_model", "valid_from", "edition"],
                name="health_limit_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.kind} {self.device_model} {self.value}"
