from django.db import models

from anlan.operations.territory.models.area import Outlined


class Site(models.Model):
    """One point on the one map: a reservoir, a geohazard, a camera … `cell` clusters points."""

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12, db_index=True)
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField(db_index=True)
    attributes = models.JSONField(default=dict)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "area_code"], name="site_kind_area")]

    def __str__(self) -> str:
        return self.name


class Road(Outlined):
    """A road segment; `grade` is trunk, main, street or lane."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60)
    grade = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12, db_index=True)
    length_m = models.FloatField()
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name or self.code
