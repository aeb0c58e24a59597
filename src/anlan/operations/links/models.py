"""Other systems that are told of facts, and each fact on its way to one of them."""

import uuid

from django.db import models


class Listener(models.Model):
    """A system that listens. `facts`: names of events; `secret_sealed` signs what it is sent.

    `next_at`: when it is tried next; `tries`: how often in a row it did not take what it was sent.
    """

    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    facts = models.JSONField(default=list)
    secret_sealed = models.BinaryField()
    since = models.DateTimeField()
    set_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Telling(models.Model):
    """One fact for one listener; `id` is the same however often it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    listener = models.ForeignKey(Listener, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=60)
    body = models.TextField()
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["listener", "made_at"], name="tellings_waiting",
                condition=models.Q(taken_at=None, given_up_at=None),
            ),
            models.Index(fields=["listener", "-made_at"], name="tellings_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.fact} {self.made_at:%Y-%m-%d %H:%M}"
