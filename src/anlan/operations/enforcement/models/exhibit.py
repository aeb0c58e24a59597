from django.db import models

from anlan.operations.enforcement.models.case import Case
from anlan.operations.registers.shapes import PhotoOnSite, account


class Exhibit(PhotoOnSite):
    """A photo or document filed with a case: of the site, as evidence, or a receipt signed by the
    party; append-only. Parties stand in them: who takes one is recorded.

    `name` as its sender called it, without an ending.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    kind = models.CharField(max_length=10)
    media = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)
    by = account()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="case_exhibit_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.sha256[:12]}"
