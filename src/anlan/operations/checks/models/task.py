from django.db import models


class CheckTask(models.Model):
    """A self-check that an enterprise owes for one period; made at night, once a period and cycle.

    Place and sector are those of the day it was made. `done_at` is when the check was performed;
    late and missed are read from it and `due_on`, never kept.
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
    done_by_name = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "cycle", "begins_on"], name="one_task_a_period"
            )
        ]
        indexes = [
            models.Index(fields=["area_code", "due_on"], name="task_place"),
            models.Index(fields=["sector", "due_on"], name="task_sector"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.cycle} {self.begins_on}"


class TaskNight(models.Model):
    """A night whose tasks are made, so that none is made twice."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    tasks = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day}"
