from django.conf import settings
from django.db import models


class Bearer(models.Model):
    """Who bears duties: a leader's post of a unit or, with an empty `post`, the unit itself.

    `account` is the leader's login where there is one; without it the unit's people act for the
    post. `area_code` is where the unit lies. Ended, never deleted. `source`, `source_id`: by what
    another system names it.
    """

    unit_code = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    post = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=60, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField()
    ended_on = models.DateField(null=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["unit_code", "post"], name="bearers_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_code", "post"], condition=models.Q(ended_on=None),
                name="one_bearer_a_post",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(ended_on=None) & ~models.Q(source_id=""),
                name="bearer_of_source",
            ),
        ]  # fmt: skip

    @property
    def title(self) -> str:
        """The unit, with the post where it is a leader's."""
        return f"{self.unit_name} {self.post}".strip()

    def __str__(self) -> str:
        return self.title


class Duty(models.Model):
    """A version of one duty 职责; `number` stays the same from version to version.

    It holds from `valid_from` until the day before `valid_to` (None: until further notice).
    `source`, `source_id`: by what another system names it, in all its versions.
    """

    bearer = models.ForeignKey(Bearer, on_delete=models.PROTECT, related_name="duties")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=500)
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=100)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["bearer", "number", "version"], name="duty_version"),
            models.UniqueConstraint(
                fields=["source", "source_id", "version"], condition=~models.Q(source_id=""),
                name="duty_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"


class Reading(models.Model):
    """A leader, or a unit's, signed that the list of a year was read; `works`: how many it had."""

    bearer = models.ForeignKey(Bearer, on_delete=models.PROTECT, related_name="readings")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    works = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bearer", "year"], name="read_once_a_year")]

    def __str__(self) -> str:
        return f"{self.bearer_id} {self.year}"
