from decimal import Decimal

from django.db import models

from anlan.operations.enforcement.models.office import Certificate, DiscretionRow
from anlan.operations.enforcement.rules.penalties import Penalty, of_text
from anlan.operations.enforcement.rules.states import ENDED, State
from anlan.operations.registers.shapes import Step, account


def _money() -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))


class Case(models.Model):
    """An enforcement case 行政执法案件, as it stands now; how it came so is in its steps.

    `unit` (an organisation's code) decides who sees it. `sector` is that of its enterprise when it
    was opened, "" without one: figures of months that are over stay. `party` is what lists and
    papers for others may show: a natural person's name masked. The rest of the party
    (`party_sealed`, JSON: name, number, principal, address, phone) is sealed and every view of it
    recorded. Money is in 元. `gains` are unlawful gains confiscated, `others` the penalties without
    an amount as a text (`rules.penalties`), `terms` for how long something is stopped or suspended,
    and what.
    `inspected_on`: the day on which the inspection began. `check_record`: the check by checklist
    that it was opened from, its first version; `counted_as_check`: the inspection is that very
    visit, which counts there.
    `late_days`: how long after its term it was decided. `instalments`: rows of day and amount
    that were granted. `ended_on`: when the execution ended, paid or by the court; `added`: the
    additional fine by then. `dues` holds the running deadlines by term key (ISO days, of a
    term in hours the moment in China); a case has few, all of them shown. `source`, `source_id`:
    another system that keeps the case, and its number there.
    """

    number = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    party_kind = models.CharField(max_length=6)
    party = models.CharField(max_length=120)
    party_sealed = models.BinaryField(default=b"")
    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    danger = models.ForeignKey(
        "safety.Danger", null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_record = models.ForeignKey(
        "checks.CheckRecord", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=20, default=State.PLANNED)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    dues = models.JSONField(default=dict)
    inspected_on = models.DateField(null=True)
    counted_as_check = models.BooleanField(default=False)
    summary = models.BooleanField(default=False)
    filed_on = models.DateField(null=True)
    extended = models.BooleanField(default=False)
    late_days = models.PositiveSmallIntegerField(default=0)
    proposed = models.BooleanField(default=False)
    ordered = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    recheck_asked_on = models.DateField(null=True)
    row = models.ForeignKey(
        DiscretionRow, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    intended = _money()
    intended_gains = _money()
    intended_others = models.CharField(max_length=80, blank=True)
    terms = models.CharField(max_length=200, blank=True)
    hearing_right = models.BooleanField(default=False)
    waived = models.BooleanField(default=False)
    hearing_on = models.DateField(null=True)
    hearing_held = models.BooleanField(default=False)
    reviewed_by = account()
    discussed = models.BooleanField(default=False)
    decided_by = account()
    decided_on = models.DateField(null=True)
    fine = _money()
    gains = _money()
    others = models.CharField(max_length=80, blank=True)
    paid = _money()
    gains_paid = _money()
    ended_on = models.DateField(null=True)
    added = _money()
    instalments = models.JSONField(default=list)
    revoked_on = models.DateField(null=True)
    published = models.BooleanField(default=False)
    others_published = models.BooleanField(default=False)
    crime_proposed = models.BooleanField(default=False)
    crime_approved = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="case_unit"),
            models.Index(fields=["unit", "-opened_at"], name="case_newest"),
            models.Index(fields=["enterprise"], name="case_enterprise"),
            models.Index(fields=["inspected_on"], name="case_inspected"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="one_case_a_number"),
            models.UniqueConstraint(fields=["unit", "key"], name="one_case_a_key"),
            models.UniqueConstraint(
                fields=["unit", "check_record", "party"], name="one_case_a_check",
                # Of a person the surname alone: whether it is the same one is asked unsealed.
                condition=models.Q(party_kind="unit")
                & ~models.Q(state__in=[f"{one}" for one in ENDED]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def penalty(self) -> Penalty:
        """What was decided; nothing before."""
        return Penalty(fine=self.fine, gains=self.gains, others=of_text(self.others))

    @penalty.setter
    def penalty(self, decided: Penalty) -> None:
        self.fine, self.gains = decided.fine, decided.gains
        self.others = ",".join(decided.others)

    @property
    def intention(self) -> Penalty:
        """What the officers intend, and the party is told of."""
        return Penalty(fine=self.intended, gains=self.intended_gains,
                       others=of_text(self.intended_others))  # fmt: skip

    @intention.setter
    def intention(self, meant: Penalty) -> None:
        self.intended, self.intended_gains = meant.fine, meant.gains
        self.intended_others = ",".join(meant.others)


class CaseDanger(models.Model):
    """A danger that the check found and that was handed to this case of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="taken_up")
    danger = models.ForeignKey("safety.Danger", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "danger"], name="one_danger_a_case")]

    def __str__(self) -> str:
        return f"{self.danger_id} in {self.case_id}"


class CaseOfficer(models.Model):
    """An officer of a case, by the certificate shown; one who left stays on record."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="officers")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="cases")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "certificate"], condition=models.Q(until=None),
                name="one_officer_a_case",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.certificate_id} in {self.case_id}"


class CaseStep(Step):
    """One step of a case: who, when, from where to where; append-only.

    `said` holds what the step was told, by the keys of its form; names and words of people who
    are not of the office are sealed beside it (`secrets_sealed`, JSON), every view of them
    recorded. `secret`: the keys that are sealed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    said = models.JSONField(default=dict)
    secret = models.JSONField(default=list)
    secrets_sealed = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="case_steps")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"


class Payment(models.Model):
    """Money that came in for a case, in 元, `of` its fine or its gains; a receipt counts once."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payments")
    of = models.CharField(max_length=6, default="fine")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid_on = models.DateField()
    receipt = models.CharField(max_length=40, unique=True)
    entered_at = models.DateTimeField()
    by = account()

    def __str__(self) -> str:
        return self.receipt


class Appeal(models.Model):
    """A reconsideration or a suit against a decision, from the day of its acceptance."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    kind = models.CharField(max_length=16)
    body = models.CharField(max_length=200)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_on=None), name="one_appeal_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
