from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A person's own view of a list: `question` is the query part of the list's `address`.

    The `first` one of a list is what its address shows when nothing is asked.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(max_length=100)
    name = models.CharField(max_length=30)
    question = models.CharField(max_length=500)
    first = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "address", "name"], name="saved_view_named_once"
            ),
            models.UniqueConstraint(
                fields=["account", "address"], condition=models.Q(first=True),
                name="one_first_view",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.address} {self.name}"
