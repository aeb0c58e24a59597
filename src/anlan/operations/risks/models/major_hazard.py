from django.db import models


class MajorHazard(models.Model):
    """A version of a major hazard source 重大危险源 of an enterprise, GB 18218-2018.

    `held`: [substance key, tonnes] pairs; `exposed`: people living within 500 m. `level` is the
    class 1 … 4, None below the threshold. `replaced_at`: a newer version stands in its place.
    `source`, `source_id`: by what another system names it.
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    held = models.JSONField()
    exposed = models.PositiveIntegerField()
    s = models.FloatField()
    r = models.FloatField()
    level = models.PositiveSmallIntegerField(null=True)
    number = models.CharField(max_length=40, blank=True)
    filed_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    replaced_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["enterprise", "level"], name="major_hazards")]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "name"], condition=models.Q(replaced_at=None),
                name="one_major_hazard",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(replaced_at=None) & ~models.Q(source_id=""),
                name="major_hazard_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
