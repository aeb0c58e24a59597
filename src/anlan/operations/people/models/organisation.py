from django.db import models


class Organisation(models.Model):
    """A unit of the district's emergency management, as it was named in a period (dated tree)."""

    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    parent_code = models.CharField(max_length=40, blank=True, db_index=True)
    area_code = models.CharField(max_length=12, db_index=True)
    sector = models.CharField(max_length=40, blank=True)
    admin_by = models.CharField(max_length=40, blank=True)
    duties = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="organisation_version")
        ]

    def __str__(self) -> str:
        return self.name
