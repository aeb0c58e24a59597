from django.conf import settings
from django.db import models

from anlan.operations.hotline.rules.states import State
from anlan.operations.registers.shapes import DatedFigures, Step, YearCounter, account


class Tip(models.Model):
    """A report to the hotline 举报, as it stands now; how it came so is in its steps.

    Nothing here says who reported: that is sealed in `Informant`. `unit` is the organisation that
    verifies; `query_digest` the SHA-256 of the code by which the public follows the report; `key`
    names one sending of the form, so that one sent twice is kept once. `source`, `source_id`: of
    the platform that handed it on. `extended_by`: the superior that approved more time, under
    `extension_number`; `extension_told_at`: when the informant was told of it.

    Of a natural hazard: `sign` is what was seen; `early`, whether it came before any alarm or
    finding, with `known`, the records that the verifier was shown; `brought_out`, people who were
    out in time because of it; `same_as`, the earlier report that told of the same.
    """

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=64, unique=True)
    query_digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=12)
    matter = models.CharField(max_length=1000)
    accused = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    named = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default=State.RECEIVED)
    received_at = models.DateTimeField()
    received_by_name = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    handler_one = account()
    handler_two = account()
    due_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    extended_by = models.CharField(max_length=100, blank=True)
    extension_number = models.CharField(max_length=60, blank=True)
    extension_told_at = models.DateTimeField(null=True)
    verifiers = models.CharField(max_length=120, blank=True)
    sign = models.CharField(max_length=12, blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    verified_by = account()
    early = models.BooleanField(null=True)
    early_why = models.CharField(max_length=300, blank=True)
    known = models.JSONField(default=list)
    brought_out = models.PositiveIntegerField(default=0)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=1000, blank=True)
    verified_at = models.DateTimeField(null=True)
    danger = models.OneToOneField(
        "safety.Danger", null=True, on_delete=models.PROTECT, related_name="+"
    )
    handling = models.CharField(max_length=1000, blank=True)
    reply = models.CharField(max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followers"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on"], name="tip_state"),
            models.Index(fields=["unit", "state"], name="tip_unit"),
            models.Index(fields=["received_at"], name="tip_received"),
            models.Index(fields=["sign", "received_at"], name="tip_sign"),
        ]

    def __str__(self) -> str:
        return self.number


class TipStep(Step):
    """One step of a report: who of the staff, when, from where to where, why; append-only."""

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["tip", "id"], name="tip_steps")]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.verb}"


class Informant(models.Model):
    """Who reported, sealed. No list, search, export or interface reads this table."""

    tip = models.OneToOneField(Tip, on_delete=models.PROTECT, related_name="informant")
    name_sealed = models.BinaryField(default=b"")
    phone_sealed = models.BinaryField(default=b"")
    works_there_sealed = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"informant of {self.tip_id}"


class IdentityView(models.Model):
    """A named handler was shown an informant, and what for; append-only."""

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="views")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.tip_id} {self.at:%Y-%m-%d}"


class Reward(models.Model):
    """The reward of a report, in whole yuan: one a report, and with `paid_at` paid once.

    `grounds` holds what it was computed from, `source` the table of amounts.
    """

    tip = models.OneToOneField(Tip, on_delete=models.PROTECT, related_name="reward")
    amount = models.PositiveIntegerField()
    grounds = models.JSONField()
    basis = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    proposed_by = account()
    proposed_at = models.DateTimeField()
    approved_by = account()
    approved_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    claim_by = models.DateField(null=True)
    claimed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.tip_id} {self.amount}"


class Payment(models.Model):
    """A reward was paid: the database takes one row a reward, and one a voucher."""

    reward = models.OneToOneField(Reward, on_delete=models.PROTECT, related_name="payment")
    voucher = models.CharField(max_length=60, unique=True)
    amount = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = account()
    by_name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.voucher


class RewardTerms(DatedFigures):
    """The district's terms and amounts, as dated data: `table` is of safety or of hazards."""

    table = models.CharField(max_length=8, default="safety")
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "valid_from"], name="one_version_a_table_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.valid_from}"


class TipCounter(YearCounter):
    """The next number of a year's reports."""


class DoorCount(models.Model):
    """How often a public door was used in a spell, by a bucket of network addresses.

    `bucket` is 16 bits of a keyed digest: thousands of addresses share one, so that no row leads
    back to a sender. Rows of earlier spells are deleted.
    """

    door = models.CharField(max_length=8)
    spell = models.PositiveIntegerField()
    bucket = models.PositiveIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["door", "spell", "bucket"], name="one_count_a_bucket_and_spell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.spell}"
