from django.db import models

from anlan.operations.forecasts.models.run import ForecastRun


class ForecastCheck(models.Model):
    """A forecast against what came: stage at one lead time, metres in the run's datum.

    `change_m` is the observed change over the lead; `allowed_m` and `qualified` by GB/T 22482.
    """

    run = models.ForeignKey(ForecastRun, on_delete=models.CASCADE, related_name="checks")
    lead_h = models.PositiveSmallIntegerField()
    valid_at = models.DateTimeField()
    forecast_m = models.FloatField()
    observed_m = models.FloatField()
    error_m = models.FloatField()
    change_m = models.FloatField()
    allowed_m = models.FloatField()
    qualified = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "lead_h"], name="one_check_a_lead")]
        indexes = [models.Index(fields=["valid_at"], name="check_when")]

    def __str__(self) -> str:
        return f"{self.run_id} +{self.lead_h} h {self.error_m:+.2f} m"
