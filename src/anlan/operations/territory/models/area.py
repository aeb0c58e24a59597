from django.db import models


class Outlined(models.Model):
    """A line or polygon: WKB in lon/lat (CGCS2000) and its bounding box in degrees."""

    wkb = models.BinaryField(default=b"")
    west = models.FloatField(default=0.0)
    south = models.FloatField(default=0.0)
    east = models.FloatField(default=0.0)
    north = models.FloatField(default=0.0)

    class Meta:
        abstract = True


class Area(Outlined):
    """A district, a street or town, a community or village; `code` is the shortest form.

    `lon`, `lat` is where people live (the centre a label stands on), not the centroid.
    `admin_by` is the organisation that runs it since `admin_since`; empty means the district.
    """

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, db_index=True)
    parent_code = models.CharField(max_length=12, blank=True, db_index=True)
    admin_by = models.CharField(max_length=40, blank=True)
    admin_since = models.DateField(null=True, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    households = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Waterway(Outlined):
    """A river or stream by its middle line, drawn downstream."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    width_m = models.FloatField(default=0.0)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name
