from django.conf import settings
from django.db import models

from anlan.operations.checks.models.record import CheckRecord


class InspectionPlan(models.Model):
    """What a unit has set itself to inspect or review: whom, and how often. Ended, never deleted.

    Empty `sector` or `level`: every one; `level` 1 red … 4 blue. `role`: only checks of such an
    account count (a grid worker's plan), empty: anybody's of the unit. With an `enterprise` it is
    one check of that one alone, until `due_on`, by `inspector` (empty: by who is in charge of it);
    it has no `months` and ends once it is done. `months` counts months; "1d" is every working day,
    "7d" every week. `source`, `source_id`: by what another system names it, also after its end.
    """

    organisation = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    use = models.CharField(max_length=12, default="enforcement")
    role = models.CharField(max_length=20, blank=True)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=1, blank=True)
    months = models.CharField(max_length=2, blank=True)
    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True)
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(enterprise=None) & ~models.Q(source_id=""),
                name="inspection_plan_of_source",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(enterprise__isnull=False) & ~models.Q(source_id=""),
                name="single_check_of_source",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(ended_at=None, enterprise=None), name="one_plan_a_name",
            ),
            models.UniqueConstraint(
                fields=["organisation", "enterprise", "use"],
                condition=models.Q(ended_at=None), name="one_check_planned",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class InspectionTask(models.Model):
    """An inspection that a unit owes in a period of its plan; made at night, once a period.

    `inspector`: who goes there (`Charge`); empty: whoever of the unit may. Place, sector and level
    are those of the day it was made. `planned_on` spreads the period's
    inspections over its working days; late is what is not done after `due_on`. Until
    `asked_until` it stays on desks all the same, then it is missed (None: of what was done before).
    """

    plan = models.ForeignKey(InspectionPlan, on_delete=models.PROTECT, related_name="tasks")
    enterprise = models.ForeignKey(
        "safety.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    level = models.CharField(max_length=1, blank=True)
    organisation = models.CharField(max_length=40)
    role = models.CharField(max_length=20, blank=True)
    begins_on = models.DateField()
    planned_on = models.DateField()
    due_on = models.DateField()
    asked_until = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=100, blank=True)
    record = models.ForeignKey(
        CheckRecord, null=True, on_delete=models.PROTECT, related_name="inspections"
    )
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "begins_on", "enterprise"], name="one_inspection_a_period"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "planned_on"], name="inspection_unit"),
            models.Index(fields=["area_code", "due_on"], name="inspection_place"),
            models.Index(fields=["enterprise", "due_on"], name="inspection_enterprise"),
            models.Index(
                fields=["organisation", "asked_until"], condition=models.Q(done_at=None),
                name="inspection_asked",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.begins_on}"
