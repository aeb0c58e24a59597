from django.db import models


class Exercise(models.Model):
    """One exercise that was held: by whom, when, of what kind, how it went."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    owner_kind = models.CharField(max_length=12)
    owner_code = models.CharField(max_length=40, db_index=True)
    owner_name = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12, db_index=True)
    held_on = models.DateField(db_index=True)
    hazard = models.CharField(max_length=20, blank=True)
    people = models.PositiveIntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    summary = models.TextField(blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_code", "held_on", "name"], name="one_exercise_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """What an exercise showed to be wrong, and when it was put right."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="findings")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    fixed_at = models.DateTimeField(null=True)
    fixed_by = models.CharField(max_length=100, blank=True)
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "text"], name="one_finding_once")
        ]

    def __str__(self) -> str:
        return self.text
