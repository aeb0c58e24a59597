from django.db import models


class Station(models.Model):
    """A place that measures, and the device that reports for it.

    lon/lat CGCS2000 degrees. `offset_m` = Wusong − Yellow Sea at this station, metres. `area_code`
    is where it stands, `serves` whose watch it is: a gauge upstream of the district serves it.
    `password` is that of the protocols whose passwords are figures (and of HJ 212 devices that were
    registered by them), `secret_sealed` of those whose passwords are text, and the secret that a
    vehicle's authentication code is made of;
    `account` is the device that may report for this one. `terminal`: maker and id of the one that
    registered for a vehicle and alone may. `gcj02`: it states its positions in
    GCJ-02. `operator` keeps the device, `network` is whose network it hangs on and `cell` which
    cell or link of it; `place` says where to find it, `device_model` what it is,
    `vehicle_class` (`rules.vehicle_classes`) what a vehicle is.
    `described_at`: when a person last changed these, `placed_at` where it stands, `password_at` its
    password (or an order did); a district's file then leaves that alone.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, db_index=True)
    river = models.CharField(max_length=40, blank=True)
    bank = models.CharField(max_length=10, blank=True)
    device = models.CharField(max_length=40, blank=True)
    account = models.CharField(max_length=40, blank=True)
    password = models.PositiveIntegerField(default=0)
    secret_sealed = models.BinaryField(default=bytes)
    protocol = models.CharField(max_length=20, default="sl651")
    lon = models.FloatField()
    lat = models.FloatField()
    area_code = models.CharField(max_length=12)
    serves = models.CharField(max_length=12, db_index=True)
    site_code = models.CharField(max_length=40, blank=True)
    operator = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    device_model = models.CharField(max_length=60, blank=True)
    described_at = models.DateTimeField(null=True)
    placed_at = models.DateTimeField(null=True)
    password_at = models.DateTimeField(null=True)
    interval_s = models.PositiveIntegerField()
    datum = models.CharField(max_length=20, blank=True)
    offset_m = models.FloatField(null=True)
    chainage_km = models.FloatField(null=True)
    schematic = models.BooleanField(default=False)
    gcj02 = models.BooleanField(default=False)
    vehicle_class = models.CharField(max_length=20, blank=True, default="", db_default="")
    terminal = models.CharField(max_length=60, blank=True, default="", db_default="")
    source = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"], condition=~models.Q(device=""), name="one_station_a_device"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """One element of one station. `sources` ranks them where two state the same moment.

    Values outside [low, high] are impossible here: kept as bad frames, never as readings.
    `quality` is what is usual here, where it differs from the element's (`quality_limits`).
    """

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="series")
    element = models.CharField(max_length=20)
    unit = models.CharField(max_length=10)
    datum = models.CharField(max_length=20, blank=True)
    sources = models.JSONField(default=list)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    quality = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "element"], name="one_series_an_element")
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.element}"


class StationHealth(models.Model):
    """When a device last spoke and in what state; `ignored` counts elements it has no series for.

    `silent_after` moves with every frame; a device past it is silent. `skews`: how far the newest
    frames were sent after their arrival, seconds (`rules.clock_skew`), and `skew_at`: when the
    newest of these began to arrive; `skewed_since`: since when the clock has been seen further off
    than an alarm bears. `delays`: how long the newest frames
    were under way, seconds (`rules.latency`); `stored_after_s`: how long after its arrival the
    newest was stored. `battery_low_since`: since when it is below its limit. `battery_at`
    and `signal_at`: of which moment these figures are. `mass` names the
    group with which it fell silent, where it did not do so alone. `first_at`: the oldest moment of
    which it told anything; None where it spoke before this was noted.
    """

    station = models.OneToOneField(
        Station, on_delete=models.CASCADE, related_name="health", primary_key=True
    )
    first_at = models.DateTimeField(null=True)
    last_frame_at = models.DateTimeField()
    last_observed_at = models.DateTimeField(null=True)
    silent_after = models.DateTimeField()
    silent = models.BooleanField(default=False)
    protocol = models.CharField(max_length=20)
    battery_v = models.FloatField(null=True)
    battery_at = models.DateTimeField(null=True)
    battery_low_since = models.DateTimeField(null=True)
    signal_dbm = models.FloatField(null=True)
    signal_at = models.DateTimeField(null=True)
    delays = models.CharField(max_length=200, blank=True)
    stored_after_s = models.FloatField(null=True)
    ignored = models.PositiveIntegerField(default=0)
    mass = models.CharField(max_length=80, blank=True, default="", db_default="", db_index=True)
    skews = models.CharField(max_length=90, blank=True)
    skew_at = models.DateTimeField(null=True)
    skewed_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["silent_after"], name="not_yet_silent", condition=models.Q(silent=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.last_frame_at:%m-%d %H:%M}"


class StationBeat(models.Model):
    """When a device last said no more than that it is on line. It is no report."""

    station = models.OneToOneField(
        Station, on_delete=models.CASCADE, related_name="beat", primary_key=True
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.station_id} {self.at:%m-%d %H:%M}"
