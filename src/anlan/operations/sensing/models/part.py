from django.db import models


class FramePart(models.Model):
    """One packet of a message that a device divided, until the whole has been read.

    `message` names the message among the device's; `whole`: it has been read; `given_up`: it is
    shown among the bad frames, and would still be read if the rest came. `kept_at` is when it was
    recorded.
    """

    digest = models.CharField(max_length=32, unique=True)
    protocol = models.CharField(max_length=20)
    device = models.CharField(max_length=40)
    peer = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField()
    raw = models.TextField()
    message = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    kept_at = models.DateTimeField(db_index=True)
    whole = models.BooleanField(default=False)
    given_up = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["device", "message"], name="part_of_message")]

    def __str__(self) -> str:
        return f"{self.device} {self.message} {self.number}/{self.total}"
