from django.db import models


class HandlingTerms(models.Model):
    """Within how long an authority acts on a danger that has come to it, from a day on.

    `values`: by state (`REVIEW`: of a stopped production), a count and its unit (working or
    calendar days).
    """

    valid_from = models.DateField(unique=True)
    values = models.JSONField()
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.valid_from}"
