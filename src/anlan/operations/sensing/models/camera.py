from django.db import models


class Camera(models.Model):
    """A camera of the district or of another keeper. lon/lat CGCS2000 degrees.

    `area_code` is where it stands, `serves` whose watch it is. `device_id` and `channel_id` are
    its GB/T 28181 identifiers. An RTSP address carries a password and is kept sealed. `state` is
    what the video platform said when it was last asked, `seen_at` when it was online last.
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
    seen_at = models.DateTimeField(null=True)

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


class CameraSpell(models.Model):
    """So long a camera was in one state; the running one has no end."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=models.Q(ended_at=None), name="one_spell_a_camera"
            )
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.state}"


class CameraFile(models.Model):
    """A file of cameras that somebody sent in, known by its SHA-256.

    `body_sealed` until it is taken: RTSP addresses carry passwords.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    body_sealed = models.BinaryField(default=bytes)
    sent_at = models.DateTimeField(db_index=True)
    sent_by = models.CharField(max_length=100)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=100, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
