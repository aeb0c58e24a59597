from django.conf import settings
from django.db import models

from anlan.operations.registers.shapes import DatedFigures


class Record(models.Model):
    """An entry of an enterprise as it reads now; what it said before stands in its versions.

    None is ever deleted: what was entered wrongly is withdrawn. `source`, `source_id`: by which
    another system names it.
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="%(class)s_of_source",
            )
        ]  # fmt: skip


class RecordVersion(models.Model):
    """What an entry said from a moment on, who wrote it and why; append-only.

    `kind` and `record` name the entry: its register, and its id there.
    """

    kind = models.CharField(max_length=12)
    record = models.PositiveBigIntegerField()
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=100)
    verb = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    values = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "version"], name="one_version_of_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} {self.version} {self.verb}"


class ChemicalTerms(DatedFigures):
    """The district's terms from a day on (`rules.terms.Terms`), with their source."""
