from django.db import models


class Camera(models.Model):
    """A camera of the district or of another keeper. lon/lat CGCS2000 degrees.

    `area_code` is where it stands, `serves` whose watch it is. `device_id` and `channel_id` are
    its GB/T 28181 identifiers. An RTSP address carries a password and is kept sealed. `state` is
    what the video platform said when it was last asked.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    lon = models.FloatField()
    lat = models.FloatField()
    area_code = models.CharField(max_length=12)
    serves = models.CharField(max_length=12, db_index=True)
    device_id = models.CharField(max_length=20, blank=True)
    channel_id = models.CharField(max_length=20, blank=True)
    rtsp_sealed = models.BinaryField(default=bytes)
    hls_url = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(max_length=100, blank=True)
    keeper = models.CharField(max_length=60, blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="unknown")
    state_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device_id", "channel_id"], condition=~models.Q(channel_id=""),
                name="one_camera_a_channel",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["lat", "lon"], name="camera_place")]

    def __str__(self) -> str:
        return self.name
