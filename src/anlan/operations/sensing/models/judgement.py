from django.db import models


class ReadingJudgement(models.Model):
    """What a person found of a flagged reading: RIGHT or WRONG (`rules.quality.Flag`).

    The newest of a reading counts, as long as the reading has the `value` that was judged; none is
    ever changed or deleted. `series`, `at`, `source` name the reading, which lies elsewhere.
    """

    series = models.PositiveIntegerField()
    at = models.DateTimeField()
    source = models.CharField(max_length=20)
    value = models.FloatField()
    verdict = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["series", "at"], name="judgement_of_reading")]

    def __str__(self) -> str:
        return f"{self.series} {self.at} {self.value} {self.verdict}"
