from django.db import models

from anlan.operations.registers.shapes import Dated, Step, account
from anlan.operations.risks.rules.loop import State

_ASKED = ("area_code", "sector", "state", "review_on")


class RatingTerms(Dated):
    """How the district rates risks, from a day on; `values` as `rules.rating.Terms`."""

    values = models.JSONField()


class SitePlan(models.Model):
    """A plan of an enterprise's ground as a picture; the file lies under its SHA-256."""

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    media = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["enterprise", "-id"], name="site_plans")]

    def __str__(self) -> str:
        return self.name


class RiskPoint(models.Model):
    """A risk point 风险点 as it stands now; each version stands in its steps.

    `level` is the newest rating's, `confirmed_level` that of the newest one which the principal has
    confirmed (1 red … 4 blue). `score` is D of LEC or R of the matrix. `lon`, `lat`: CGCS2000;
    `x`, `y`: on the plan, 0 … 1 of its width and height from the top left. `controls` by
    `rules.loop.CONTROLS`, `accidents` by the types of GB 6441, `causes` by the district's terms.
    `unit`, `area_code`, `sector` are the enterprise's name, place and sector as its file says them,
    kept here so that a list of all risk points reads no enterprise (`reactions`).
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=120, blank=True)
    area_code = models.CharField(max_length=12, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    place = models.CharField(max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    plan = models.ForeignKey(SitePlan, null=True, on_delete=models.PROTECT, related_name="points")
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    hazards = models.CharField(max_length=500)
    accidents = models.JSONField(default=list)
    method = models.CharField(max_length=6, blank=True)
    l = models.CharField(max_length=4, blank=True)  # noqa: E741 - the method's own letters
    e = models.CharField(max_length=4, blank=True)
    c = models.CharField(max_length=4, blank=True)
    likely = models.CharField(max_length=1, blank=True)
    severe = models.CharField(max_length=1, blank=True)
    causes = models.JSONField(default=list)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    level = models.PositiveSmallIntegerField(null=True)
    confirmed_level = models.PositiveSmallIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=100, blank=True)
    controls = models.JSONField(default=dict)
    holder = models.CharField(max_length=10, blank=True)
    responsible = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default=State.IDENTIFIED)
    version = models.PositiveSmallIntegerField(default=0)
    rated_by = account()
    rated_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    terms = models.ForeignKey(RatingTerms, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    found_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "level"], name="risk_enterprise"),
            # Each holds what the list filters by, so that only the page's rows are read.
            models.Index(fields=["level", "unit", "name", "id", *_ASKED], name="risk_by_level"),
            models.Index(fields=["name", "id", *_ASKED], name="risk_by_name"),
            models.Index(fields=["unit", "id", *_ASKED], name="risk_by_unit"),
            models.Index(fields=["review_on", "id", *_ASKED[:-1]], name="risk_by_review"),
            models.Index(
                fields=["area_code", "level", "unit", "name", "id", "sector", "state", "review_on"],
                name="risk_in_area",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "name", "place"], condition=~models.Q(state=State.RETIRED),
                name="one_risk_a_name_and_place",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="risk_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class RiskStep(Step):
    """One step of a risk point; append-only. `said` of a rating holds the whole version."""

    risk = models.ForeignKey(RiskPoint, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=16)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["risk", "id"], name="risk_steps")]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.verb}"
