from django.db import models


class Feed(models.Model):
    """A web address that is asked again and again for what it has: weather, satellite hotspots.

    `options` says how to read a weather service's answer (`rules.weather.Columns`). The secret of
    `secret_header` is kept sealed. `next_at` is when it is asked next; `last_error` a message with
    its parameters, `sample` the last lines it brought, as people read them.
    """

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    url = models.CharField(max_length=500)
    interval_s = models.PositiveIntegerField()
    options = models.JSONField(default=dict)
    secret_header = models.CharField(max_length=60, blank=True)
    secret_sealed = models.BinaryField(default=bytes)
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(db_index=True)
    last_try_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_error = models.JSONField(default=dict)
    failures = models.PositiveIntegerField(default=0)
    overdue = models.BooleanField(default=False)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=300, blank=True)
    sample = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class HotspotCluster(models.Model):
    """Hotspots within 1 km and 24 h of each other: one fire to verify, once.

    lon/lat CGCS2000 of its first hotspot. `raised_at` is empty where it was only recorded.
    """

    lon = models.FloatField()
    lat = models.FloatField()
    area_code = models.CharField(max_length=12, db_index=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    raised_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(null=True)
    found_by = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.area_code} {self.first_at:%m-%d %H:%M}"


class Hotspot(models.Model):
    """One pixel in which a satellite saw something burn (lon/lat degrees, `frp_mw` MW).

    `area_code` is the township, empty outside the district; only those inside have a cluster.
    """

    instrument = models.CharField(max_length=20)
    satellite = models.CharField(max_length=20)
    lon = models.FloatField()
    lat = models.FloatField()
    acquired_at = models.DateTimeField(db_index=True)
    received_at = models.DateTimeField()
    confidence = models.CharField(max_length=10)
    stated = models.CharField(max_length=10)
    brightness_k = models.FloatField(null=True)
    frp_mw = models.FloatField(null=True)
    day = models.BooleanField(null=True)
    area_code = models.CharField(max_length=12, blank=True, db_index=True)
    cluster = models.ForeignKey(
        HotspotCluster, null=True, on_delete=models.CASCADE, related_name="hotspots"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "satellite", "lat", "lon", "acquired_at"],
                name="one_hotspot_a_pixel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.satellite} {self.acquired_at:%m-%d %H:%M} {self.lat} {self.lon}"
