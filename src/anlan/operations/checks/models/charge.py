from django.conf import settings
from django.db import models


class Charge(models.Model):
    """Somebody of a unit is in charge of an enterprise, or of all in a place; ended, never deleted.

    Without an enterprise it is all in `area_code`; with one that is where the enterprise lies.
    `source`, `source_id`: by what another system names it.
    """

    organisation = models.CharField(max_length=40)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    account_name = models.CharField(max_length=100)
    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=120, blank=True)
    area_code = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "enterprise"], condition=models.Q(ended_at=None),
                name="one_in_charge_of_an_enterprise",
            ),
            models.UniqueConstraint(
                fields=["organisation", "area_code"],
                condition=models.Q(ended_at=None, enterprise=None),
                name="one_in_charge_of_a_place",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(ended_at=None) & ~models.Q(source_id=""),
                name="charge_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account_name} {self.unit or self.area_code}"
