from django.conf import settings
from django.db import models

from anlan.operations.credit.rules.states import State


def _account() -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Listing(models.Model):
    """An enterprise in the list of serious dishonesty, or on its way there; one at a time."""

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    facts = models.CharField(max_length=1000)
    basis = models.CharField(max_length=300)
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default=State.NOTICED)
    noticed_at = models.DateTimeField()
    object_by = models.DateField()
    objected = models.BooleanField(default=False)
    proposed_by = _account()
    entered_on = models.DateField(null=True)
    until = models.DateField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=~models.Q(state__in=(State.REMOVED, State.WITHDRAWN)),
                name="one_listing",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListingStep(models.Model):
    """One step of a listing; append-only."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = _account()
    by_name = models.CharField(max_length=100)
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    reason = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.verb}"


class CreditEvent(models.Model):
    """What counts for or against an enterprise; `key` names its source, once."""

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    points = models.SmallIntegerField()
    text = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.key
