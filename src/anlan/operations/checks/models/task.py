from django.db import models

_ASKED = ("cycle", "done_on", "begins_on")


class CheckTask(models.Model):
    """A self-check that an enterprise owes for one period; made at night, once a period and cycle.

    Place and sector are those of the day it was made. `done_at` is when the check was performed,
    `done_on` its day in China; late and missed are read from it and `due_on`, never kept.
    """

    enterprise = models.ForeignKey(
        "safety.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    cycle = models.CharField(max_length=8)
    begins_on = models.DateField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    done_by_name = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "cycle", "begins_on"], name="one_task_a_period"
            )
        ]
        # Each holds what the list filters and searches by, so that only a page's rows are read.
        indexes = [
            models.Index(
                fields=["area_code", "due_on", *_ASKED, "unit", "sector"], name="task_place"
            ),
            models.Index(
                fields=["sector", "due_on", "unit", "id", "area_code", *_ASKED], name="task_sector"
            ),
            models.Index(fields=["due_on", "unit", "id", "area_code", "sector", *_ASKED],
                         name="task_by_due"),
            models.Index(fields=["done_at", "id", "area_code", "sector", "cycle", "due_on"],
                         name="task_by_done"),
            models.Index(
                fields=["due_on", "unit", "id", "area_code", "sector", "cycle", "begins_on"],
                condition=models.Q(done_on=None), name="task_not_done",
            ),
            models.Index(
                fields=["due_on", "unit", "id", "area_code", "sector", "cycle"],
                condition=models.Q(done_on__gt=models.F("due_on")), name="task_done_late",
            ),
            models.Index(
                fields=["sector", "due_on", "area_code", "cycle", "begins_on", "unit"],
                condition=models.Q(done_on=None), name="task_sector_not_done",
            ),
            models.Index(
                fields=["sector", "due_on", "area_code", "cycle"],
                condition=models.Q(done_on__gt=models.F("due_on")), name="task_sector_late",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.cycle} {self.begins_on}"


class TaskNight(models.Model):
    """A night whose tasks are made, so that none is made twice; `findings_made`: what was missed
    until then is found."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    tasks = models.PositiveIntegerField()
    findings_made = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.day}"
