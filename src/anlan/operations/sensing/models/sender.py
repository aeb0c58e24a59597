from django.db import models


class Sender(models.Model):
    """A program that pushes readings: what it may speak for, and how it has been doing.

    Of its token only the SHA-256 is kept; `hint` is how it begins, so that a person can tell two
    apart. `minute` and `in_minute` count its requests for the rate limit.
    """

    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    stations = models.ManyToManyField("sensing.Station", related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=100)
    revoked_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    taken = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    last_refusal = models.CharField(max_length=300, blank=True)
    minute = models.DateTimeField(null=True)
    in_minute = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class PushAnswer(models.Model):
    """What was answered to a push under its idempotency key; the same key gets it again.

    `digest` is the SHA-256 of the body: the same key over another body is refused.
    """

    sender = models.ForeignKey(Sender, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "key"], name="one_answer_a_key")]

    def __str__(self) -> str:
        return f"{self.sender_id} {self.key}"
