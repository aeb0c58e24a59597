from django.conf import settings
from django.db import models


class EnforcementUnit(models.Model):
    """A unit that punishes in its own name; limits in 元, as the district set them.

    `mark` stands in every number, as in （渝沙）应急罚〔2026〕1号. From the hearing limits up the
    party may ask for a hearing and the leaders discuss; up to the summary limits officers fine on
    the spot. `words` has the word of each kind of paper for its number; `source` says by what.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    mark = models.CharField(max_length=20)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    court = models.CharField(max_length=60)
    reconsideration = models.CharField(max_length=100)
    pay_to = models.CharField(max_length=200, blank=True)
    hearing_person = models.DecimalField(max_digits=12, decimal_places=2)
    hearing_unit = models.DecimalField(max_digits=12, decimal_places=2)
    summary_person = models.DecimalField(max_digits=12, decimal_places=2)
    summary_unit = models.DecimalField(max_digits=12, decimal_places=2)
    words = models.JSONField(default=dict)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """An officer's enforcement certificate 行政执法证; `valid_to` is its last day.

    `qualified`: by what its holder is (`rules.officers`), as far as it is on record. `source`,
    `source_id`: by what another system of its unit names it.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    holder = models.CharField(max_length=60)
    number = models.CharField(max_length=40, unique=True)
    unit = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField()
    qualified = models.CharField(max_length=12, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=100)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "valid_to"], name="certificates_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source", "source_id"], condition=~models.Q(source_id=""),
                name="officers_certificate_of_source",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.holder} {self.number}"


class LegalTerm(models.Model):
    """How long the law gives for something, from a day on; `source` names the clause.

    `days` counts the `unit`: calendar or working days, months, or hours. `rolls`: a last day that
    is a day off makes way for the next working day.
    """

    key = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8)
    rolls = models.BooleanField(default=False)
    source = models.CharField(max_length=120)
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="one_legal_term_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.days}"


class DiscretionRow(models.Model):
    """A row of the discretion table 裁量基准: violation, law, circumstances, range in 元.

    `others`: which other penalties its law gives (`rules.penalties`), as a text. `source` names
    the document that it comes from; `system`, `system_id`: by what another system names the row, in
    each of its versions.
    """

    code = models.CharField(max_length=30)
    violation = models.CharField(max_length=200)
    law = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    circumstances = models.CharField(max_length=300)
    party = models.CharField(max_length=6)
    least = models.DecimalField(max_digits=12, decimal_places=2)
    most = models.DecimalField(max_digits=12, decimal_places=2)
    law_most = models.DecimalField(max_digits=12, decimal_places=2)
    others = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)
    system = models.CharField(max_length=60, blank=True)
    system_id = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_discretion_row")
        ]
        indexes = [
            models.Index(
                fields=["system", "system_id"], condition=~models.Q(system_id=""),
                name="discretion_of_system",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.violation}"


class DiscretionFile(models.Model):
    """A discretion table that was sent in as a file, sealed until it is taken in or let go.

    Its rows hold from `valid_from` on; `source` names the document that they come from.
    """

    name = models.CharField(max_length=120)
    sealed = models.BinaryField(default=b"")
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
