from django.conf import settings
from django.db import models


class Enterprise(models.Model):
    """A unit that produces or trades 生产经营单位: its file, and who regulates it (R-114).

    `level` is the risk level of the whole, 1 red … 4 blue; None as long as nobody has rated it.
    `standard` is its grade of standardisation, good until a day (R-209);
    `standard_asked` the end that was put on a desk.
    `lon`, `lat` are CGCS2000. Phones are sealed.
    """

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    area_code = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    sector = models.CharField(max_length=40)
    trade = models.CharField(max_length=40, blank=True)
    scale = models.CharField(max_length=10, blank=True)
    people = models.PositiveIntegerField(null=True)
    traits = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(null=True)
    standard = models.CharField(max_length=10, blank=True)
    standard_until = models.DateField(null=True)
    standard_asked = models.DateField(null=True)
    state = models.CharField(max_length=10, default="open")
    principal = models.CharField(max_length=60, blank=True)
    principal_phone_sealed = models.BinaryField(default=b"")
    manager = models.CharField(max_length=60, blank=True)
    manager_phone_sealed = models.BinaryField(default=b"")
    sector_regulator = models.CharField(max_length=40, blank=True)
    general_regulator = models.CharField(max_length=40, blank=True)
    local_regulator = models.CharField(max_length=40, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    schematic = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "name"], name="enterprise_place"),
            models.Index(fields=["sector", "area_code"], name="enterprise_sector"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="enterprise_of_source",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class EnterpriseVersion(models.Model):
    """What the file said before a change, who changed it and why; append-only."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="versions")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    reason = models.CharField(max_length=200, blank=True)
    before = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["enterprise", "-at"], name="enterprise_versions")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.at:%Y-%m-%d}"


class Membership(models.Model):
    """An account that works for an enterprise, from when to when."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "account"], condition=models.Q(until=None),
                name="one_membership",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account_id} in {self.enterprise_id}"


class ClaimCode(models.Model):
    """What a street hands to an enterprise, so that it claims its file; only a digest is kept."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=models.Q(used_at=None), name="one_claim_code"
            )
        ]

    def __str__(self) -> str:
        return f"code of {self.enterprise_id}"


class EnterpriseFile(models.Model):
    """A register that was sent in as a file: sealed, until it is taken in or let go.

    `look_sealed`: what its rows would do, or did (`registers.Look`), until a newer one is sent.
    """

    name = models.CharField(max_length=120)
    sealed = models.BinaryField(default=b"")
    look_sealed = models.BinaryField(default=b"")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
