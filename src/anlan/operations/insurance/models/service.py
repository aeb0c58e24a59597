from django.db import models

from anlan.operations.insurance.rules.engagements import EngagementState, ProviderState
from anlan.operations.registers.shapes import Step, account


class Provider(models.Model):
    """A provider of technical services for work safety 安全生产技术服务机构.

    `kinds`: what it offers, by key, a comma between. Qualified until `qualified_until`, that day
    included.
    """

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    kinds = models.CharField(max_length=120)
    qualification = models.CharField(max_length=60, blank=True)
    qualified_until = models.DateField(null=True)
    state = models.CharField(max_length=12, default=ProviderState.ACTIVE)
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="providers_by_name")]

    def __str__(self) -> str:
        return self.name


class ProviderStep(Step):
    """A step of a provider and what its record said from then on; append-only."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"{self.provider_id} {self.verb}"


class Engagement(models.Model):
    """A provider works for an enterprise; `report_on`: the day of what it delivered."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="engagements")
    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=12, default=EngagementState.RUNNING)
    delivered = models.CharField(max_length=500, blank=True)
    report_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="engagements_newest"),
            models.Index(fields=["enterprise", "-starts_on"], name="engagements_of_firm"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="engagement_of_source",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.provider_id} {self.kind}"


class EngagementStep(Step):
    """One step of an engagement; append-only."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.verb}"


class Rating(models.Model):
    """How a side rates a finished engagement, 1 worst … 5 best; append-only.

    `replaced_at`: a newer version stands in its place; the record stays.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="ratings")
    side = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField(default=1)
    score = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = account()
    by_name = models.CharField(max_length=100)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "side"], condition=models.Q(replaced_at=None),
                name="one_rating_a_side",
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="rated_1_to_5"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.side} {self.score}"
