from decimal import Decimal

from django.db import models

from anlan.operations.chemicals.models.record import Record


class Pipeline(Record):
    """A pipeline of hazardous chemicals. `line`: [longitude, latitude] of its points, CGCS2000;
    `length_m` follows from it. `pressure` in MPa, `diameter` in mm, `cycle` in months: it is
    inspected again until `inspect_by`. `patrol`: who answers for its patrols."""

    name = models.CharField(max_length=120)
    medium = models.CharField(max_length=60)
    pressure: "models.DecimalField[Decimal, Decimal]" = models.DecimalField(
        max_digits=7, decimal_places=3
    )
    diameter = models.PositiveIntegerField()
    material = models.CharField(max_length=60)
    laid = models.PositiveSmallIntegerField(null=True)
    begins = models.CharField(max_length=120)
    ends = models.CharField(max_length=120)
    line = models.JSONField()
    length_m = models.FloatField()
    cycle = models.PositiveSmallIntegerField()
    inspected_on = models.DateField(null=True)
    inspect_by = models.DateField(null=True)
    patrol = models.CharField(max_length=60)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["inspect_by", "id"], name="pipeline_by_inspection")]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["enterprise", "name"], condition=models.Q(withdrawn_at=None),
                name="pipeline_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Section(Record):
    """A high-consequence section 高后果区 of a pipeline: where many people would be hurt.

    `grade` 1 … 3, 3 the gravest; from `from_m` to `to_m` along the line; `people` nearby.
    """

    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="sections")
    name = models.CharField(max_length=120)
    grade = models.CharField(max_length=1)
    from_m = models.PositiveIntegerField()
    to_m = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    measures = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["-people", "id"], name="section_by_people")]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["pipeline", "name"], condition=models.Q(withdrawn_at=None),
                name="section_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Encroachment(models.Model):
    """A danger 占压 that was registered on a pipeline; what becomes of it is the danger's."""

    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="encroachments")
    danger = models.OneToOneField("safety.Danger", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.pipeline_id} {self.danger_id}"
