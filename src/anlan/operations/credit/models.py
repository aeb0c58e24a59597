from django.db import models

from anlan.operations.credit.rules.states import State
from anlan.operations.registers.shapes import DatedFigures, Step, account


class Listing(models.Model):
    """An enterprise in the list of serious dishonesty, or on its way there; one at a time.

    `source`, `source_id`: by what another system names its notice.
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    facts = models.CharField(max_length=1000)
    basis = models.CharField(max_length=300)
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default=State.NOTICED)
    noticed_at = models.DateTimeField()
    object_by = models.DateField()
    decide_by = models.DateField(null=True)
    objected = models.BooleanField(default=False)
    proposed_by = account()
    entered_on = models.DateField(null=True)
    until = models.DateField(null=True)
    removed_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-noticed_at"], name="listings_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=~models.Q(state__in=(State.REMOVED, State.WITHDRAWN)),
                name="one_listing",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="listing_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ListingStep(Step):
    """One step of a listing; append-only."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    reason = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.verb}"


class CreditEvent(models.Model):
    """What counts for or against an enterprise until a day; never changed, only withdrawn.

    `key` names its source, which counts once at a time; `number` is of the decision that it is of.
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    source = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    case = models.ForeignKey("enforcement.Case", null=True, on_delete=models.PROTECT,
                             related_name="+")  # fmt: skip
    number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    points = models.SmallIntegerField()
    text = models.CharField(max_length=300)
    basis = models.CharField(max_length=400, blank=True)
    until = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "-at"], name="credit_of_enterprise"),
            models.Index(fields=["-at"], name="credit_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(withdrawn_on=None), name="counts_once"
            )
        ]

    def __str__(self) -> str:
        return self.key


class CreditTerms(DatedFigures):
    """Terms and points of the district from a day on (`rules.terms.Terms`), with their source."""
