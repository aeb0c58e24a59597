from django.db import models


class Reach(models.Model):
    """A river reach whose crest is forecast, as the district's forecasts.toml describes it.

    `upstream`, `station` and `downstream` are station codes; `settings` is the whole table.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    upstream = models.CharField(max_length=40)
    station = models.CharField(max_length=40, db_index=True)
    downstream = models.CharField(max_length=40)
    settings = models.JSONField()

    def __str__(self) -> str:
        return self.name


class OfficialForecast(models.Model):
    """A bulletin of the hydrological service: a gauge's stages ahead, in a stated datum."""

    station_code = models.CharField(max_length=40)
    issued_at = models.DateTimeField()
    received_at = models.DateTimeField()
    datum = models.CharField(max_length=20)
    at = models.JSONField()
    stage_m = models.JSONField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station_code", "issued_at"], name="one_bulletin_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_code} {self.issued_at:%m-%d %H:%M}"
