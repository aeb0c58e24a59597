from django.db import models

from anlan.operations.registers.shapes import DatedFigures, account


class Policy(models.Model):
    """An insurance policy as it reads now; what it said before stands in its versions.

    In force from `starts_on` until `ends_on`, both included. Amounts are 元. Without an enterprise
    it is the district's own (catastrophe insurance). `name` and `credit_code` are the insured's as
    they were when it was entered. `follows`: the one that it renews.
    """

    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, blank=True)
    insurer = models.CharField(max_length=80)
    number = models.CharField(max_length=60)
    sum_insured = models.DecimalField(max_digits=14, decimal_places=2)
    people = models.PositiveIntegerField(null=True)
    premium = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-ends_on", "-id"], name="policies_by_end"),
            models.Index(fields=["enterprise", "kind", "-ends_on"], name="policies_of_enterprise"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "number"], condition=models.Q(withdrawn_at=None),
                name="policy_number_once",
            ),
            models.UniqueConstraint(
                fields=["follows"], condition=models.Q(withdrawn_at=None), name="followed_once"
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="policy_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class PolicyVersion(models.Model):
    """What a policy said from a moment on, who wrote it and why; append-only."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = account()
    by_name = models.CharField(max_length=100)
    verb = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version} {self.verb}"


class PolicyDocument(models.Model):
    """A photo or document of the policy, kept as it came under its digest; append-only."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64)
    media = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "sha256"], name="policy_document_once")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class InsuranceTerms(DatedFigures):
    """The district's terms from a day on (`rules.terms.Terms`), with their source."""
