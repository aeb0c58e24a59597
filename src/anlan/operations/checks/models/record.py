from django.conf import settings
from django.db import models

from anlan.operations.checks.models.task import CheckTask
from anlan.operations.registers.shapes import PhotoOnSite

_ASKED = ("current", "use", "cycle", "not_ok")


class CheckRecord(models.Model):
    """A check as it was submitted; never changed. A correction is another row that replaces it.

    `key` names it for the phone that sends it: the same key again is the same check. `answers` is
    a list of {code, version, item, choice, note, confirmed, danger} in the order of the list.
    `performed_at`, `lon`, `lat` (CGCS2000) are what the phone said, unproven; `kept_at` is ours.
    `counts`: it answers the check that is owed; not so a monthly one that the principal did not
    make in person.
    """

    key = models.CharField(max_length=80, unique=True)
    task = models.ForeignKey(CheckTask, null=True, on_delete=models.PROTECT, related_name="records")
    enterprise = models.ForeignKey(
        "safety.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    use = models.CharField(max_length=12)
    cycle = models.CharField(max_length=8, blank=True)
    answers = models.JSONField(default=list)
    ok = models.PositiveSmallIntegerField(default=0)
    not_ok = models.PositiveSmallIntegerField(default=0)
    na = models.PositiveSmallIntegerField(default=0)
    performed_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    by_name = models.CharField(max_length=100)
    organisation = models.CharField(max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    current = models.BooleanField(default=True)
    counts = models.BooleanField(default=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "-performed_at"], name="check_enterprise"),
            # Each holds what a list filters and searches by: only a page's rows are read.
            models.Index(
                fields=["area_code", "-performed_at", *_ASKED, "unit", "sector"], name="check_place"
            ),
            models.Index(
                fields=["sector", "-performed_at", "id", "area_code", *_ASKED, "unit"],
                name="check_sector",
            ),
            models.Index(
                fields=["-performed_at", "id", "area_code", "sector", *_ASKED], name="check_newest"
            ),
            models.Index(
                fields=["-performed_at", "id", "area_code", "sector", *_ASKED],
                condition=models.Q(not_ok__gt=0), name="check_found",
            ),
            models.Index(
                fields=["-performed_at", "id", "area_code", "sector", "current", "use", "not_ok",
                        "enterprise"],
                condition=models.Q(use="enforcement"), name="check_inspections",
            ),
            models.Index(
                fields=["sector", "-performed_at", "area_code", "current", "use", "not_ok"],
                condition=models.Q(use="enforcement"), name="check_sector_seen",
            ),
            models.Index(
                fields=["enterprise", "performed_at"],
                condition=models.Q(use="enforcement", current=True), name="check_inspected",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.performed_at:%Y-%m-%d}"


class CheckPhoto(PhotoOnSite):
    """A photo of one item of a check; the file lies in the evidence folder under its SHA-256.

    `taken_at`, `lon`, `lat` (CGCS2000) are what the phone said, unproven.
    """

    record = models.ForeignKey(CheckRecord, on_delete=models.PROTECT, related_name="photos")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "code", "sha256"], name="check_photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.code}"
