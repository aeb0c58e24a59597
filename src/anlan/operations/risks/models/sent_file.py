from django.conf import settings
from django.db import models


class SentFile(models.Model):
    """A file that somebody sends in to be looked at before it is taken in; sealed, then let go.

    `kind` says what its rows are; `look_sealed` what they would do, a `Look`.
    """

    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    sealed = models.BinaryField()
    look_sealed = models.BinaryField(default=b"")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
