from django.db import models


class Indicator(models.Model):
    """A version of an indicator's definition. Values are computed from records, never stored."""

    code = models.CharField(max_length=10)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=120)
    target = models.FloatField()
    direction = models.CharField(max_length=2)
    unit = models.CharField(max_length=20)
    unit_en = models.CharField(max_length=30)
    formula = models.CharField(max_length=300)
    formula_en = models.CharField(max_length=400)
    source = models.CharField(max_length=200)
    nature = models.CharField(max_length=10, blank=True)
    path = models.CharField(max_length=10)
    base = models.FloatField(null=True)
    starts = models.DateField()
    ends = models.DateField()
    valid_from = models.DateField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="indicator_version")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OutsideFigure(models.Model):
    """A denominator from outside the platform: population, GDP. Dated, with its source."""

    key = models.CharField(max_length=30)
    area_code = models.CharField(max_length=12)
    value = models.FloatField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "area_code", "valid_from"], name="outside_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.area_code}"
