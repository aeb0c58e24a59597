from decimal import Decimal
from typing import Any

from django.db import models

from anlan.operations.enforcement.models.case import Case


class Paper(models.Model):
    """A paper of a case, issued: never changed; a correction is a new version that names the old.

    `number` is the district's, per kind and year; a version keeps it. `words` is what the paper
    says, sealed, because parties stand in it; `secrets_sealed` the part of `said` that names them.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    why = models.CharField(max_length=300, blank=True)
    words_sealed = models.BinaryField()
    said = models.JSONField(default=dict)
    secrets_sealed = models.BinaryField(default=b"")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="one_paper_a_number")
        ]
        indexes = [models.Index(fields=["case", "id"], name="case_papers")]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises `RuntimeError` for a paper that is issued already."""
        if not self._state.adding:
            raise RuntimeError("an issued paper is never changed")
        super().save(*args, **kwargs)


class PaperFile(models.Model):
    """A paper as DOCX or PDF, sealed; `sha256` is of the open file."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=8)
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "form"], name="one_file_a_form")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.form}"


class PaperCounter(models.Model):
    """The last number of a unit's papers of one kind in a year."""

    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year"], name="one_paper_counter")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind} {self.year}"


class Publication(models.Model):
    """A decision for everybody to read, without personal data, until its term ends.

    `kind`: a penalty, or another decision (an order, measures on the spot, a case dropped), whose
    paper `paper_kind` names; of it no facts are published, only on whom, by what law and when.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=8, default="penalty")
    paper_kind = models.CharField(max_length=30, blank=True)
    number = models.CharField(max_length=60)
    unit_name = models.CharField(max_length=100)
    party = models.CharField(max_length=120)
    violation = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    fine = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    gains = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    others = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField()
    published_on = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)
    why_ended = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                condition=models.Q(ended_on=None),
                name="one_publication",
            )
        ]
        indexes = [models.Index(fields=["kind", "-decided_on", "-id"], name="publications_newest")]

    def __str__(self) -> str:
        return self.number
