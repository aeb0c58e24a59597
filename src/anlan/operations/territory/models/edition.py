from django.db import models


class Edition(models.Model):
    """One state of the territory: every load or import makes the next, and says why."""

    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.number} {self.reason}"


class Terrain(models.Model):
    """A terrain in use since its edition: a GeoTIFF (EPSG:4544, Yellow Sea 1985 metres).

    `path` is relative to the installation's data folder, so a copy of the folder is whole.
    """

    version = models.CharField(max_length=60, primary_key=True)
    path = models.CharField(max_length=200)
    cell_m = models.FloatField()
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.version
