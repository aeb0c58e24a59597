from django.conf import settings
from django.db import models


class Commendation(models.Model):
    """A commendation 表彰 of a person or a unit; revoked with a reason, never deleted.

    `unit_code` is the unit that it belongs to (a person's unit); `document` the number of the
    decision it rests on. `source`, `source_id`: by what another system names it.
    """

    whom = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    unit_code = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=10)
    document = models.CharField(max_length=80)
    given_on = models.DateField()
    reason = models.CharField(max_length=300)
    kept_at = models.DateTimeField()
    kept_by_name = models.CharField(max_length=100)
    revoked_on = models.DateField(null=True)
    revoked_why = models.CharField(max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["-given_on"], name="commendations_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name", "title"], name="commended_once_by_a_document"
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="commendation_of_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"
