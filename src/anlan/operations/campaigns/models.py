from django.db import models

from anlan.operations.campaigns.rules.states import State
from anlan.operations.registers.shapes import Step, account


class Campaign(models.Model):
    """A campaign 专项整治: why, who leads it, from when to when. Ended, never deleted.

    `lead_code` is the organisation that leads, `area_code` where it lies.
    """

    title = models.CharField(max_length=100)
    basis = models.CharField(max_length=300)
    lead_code = models.CharField(max_length=40)
    lead_name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    begins_on = models.DateField()
    ends_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="campaign_of_source",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """An enterprise on a campaign's list: what is to become of it until the end of `due_on`.

    `unit`, `area_code`, `sector` are what the enterprise's file says, kept here as risk points keep
    them. `done_on`: the day on which what was last reported done came.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="entries")
    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    measure = models.CharField(max_length=10)
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=State.LISTED)
    listed_at = models.DateTimeField()
    submitted_by = account()
    done_on = models.DateField(null=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["campaign", "due_on", "id"], name="campaign_by_day"),
            models.Index(fields=["enterprise", "state"], name="campaign_enterprise"),
            models.Index(fields=["area_code", "due_on"], name="campaign_area"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "enterprise"], condition=~models.Q(state=State.DROPPED),
                name="listed_once",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="campaign_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.what[:60]}"


class EntryStep(Step):
    """One step of a listed enterprise; append-only. `due_before`: the deadline that it moved."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=10)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    words = models.CharField(max_length=1000, blank=True)
    due_before = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.verb}"
