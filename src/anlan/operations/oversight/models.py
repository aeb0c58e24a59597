from django.conf import settings
from django.db import models

from anlan.operations.oversight.rules.states import State
from anlan.operations.registers.shapes import DatedFigures, Step, YearCounter, account


class Checklist(DatedFigures):
    """The district's checklist (`rules.checklist`) from a day on, with its source."""


class Review(models.Model):
    """A review of a unit's archived cases of a period 案卷评查; `since` and `until` are its days.

    `seed` and `frame` (the numbers of all cases that could be drawn) are what the sample follows
    from (`rules.drawing`); neither changes. The period begins at `since_at`, where the review
    before it ended, and ends at `until_at`, so that no case falls between two.
    """

    number = models.CharField(max_length=20)
    unit = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    seed = models.CharField(max_length=64)
    frame = models.JSONField()
    count = models.PositiveIntegerField()
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="reviews")
    opened_at = models.DateTimeField()
    opened_by = account()
    opened_by_name = models.CharField(max_length=100)
    closed_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["unit", "-opened_at"], name="reviews_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="one_review_number"),
            models.UniqueConstraint(
                fields=["unit", "source", "source_id"], condition=~models.Q(source_id=""),
                name="review_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Counter(models.Model):
    """The last number of a unit's reviews of a year."""

    unit = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_review_counter")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class Sampled(models.Model):
    """A case that was drawn. `computed`: what the machine found when it was drawn, by check.

    `mean` is of both reviewers' points, 0 to 100; `vetoed` fails it whatever they are.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey("enforcement.Case", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=State.DRAWN)
    computed = models.JSONField()
    reviewer_one = account()
    reviewer_two = account()
    due_on = models.DateField(null=True)
    mean = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    vetoed = models.BooleanField(default=False)
    grade = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["review", "place"], name="sampled_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["review", "case"], name="a_case_is_drawn_once")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reviewers(self) -> tuple[int, ...]:
        """The account ids of who reads it."""
        both = (self.reviewer_one_id, self.reviewer_two_id)
        return tuple(one for one in both if one is not None)


class Score(models.Model):
    """What one reviewer gave: points and words by item, vetoes with why; append-only."""

    sampled = models.ForeignKey(Sampled, on_delete=models.PROTECT, related_name="scores")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    points = models.JSONField()
    notes = models.JSONField()
    vetoes = models.JSONField()
    total = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sampled", "by"], name="one_score_a_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.sampled_id} {self.total}"


class Fault(models.Model):
    """What was found wrong in a case: for its unit to mend and answer.

    `key` is the item or veto of the checklist; `text` what the reviewer wrote, empty where it was
    computed; `found_by_name` empty likewise.
    """

    sampled = models.ForeignKey(Sampled, on_delete=models.PROTECT, related_name="faults")
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=500, blank=True)
    found_by_name = models.CharField(max_length=100, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.sampled_id} {self.key}"


class SampledStep(Step):
    """One step of a reviewed case; append-only."""

    sampled = models.ForeignKey(Sampled, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.sampled_id} {self.verb}"


class AppraisalTerms(DatedFigures):
    """Grades and days of officers' appraisals from a day on, with their source."""


class Appraisal(models.Model):
    """An officer's appraisal of a year, once it is graded.

    `figures` are those that were computed when it was graded (`queries.appraisals.Figures`).
    """

    unit = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=60)
    figures = models.JSONField()
    state = models.CharField(max_length=10)
    grade = models.CharField(max_length=20)
    object_by = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "unit", "year"], name="one_appraisal_a_year")
        ]
        indexes = [models.Index(fields=["unit", "year"], name="appraisals_of_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class AppraisalStep(Step):
    """One step of an appraisal, with its reason and the grade after it; append-only."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    grade = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.verb}"


class Interference(models.Model):
    """Somebody tried to interfere with a case or an investigation; what of it is sealed.

    `sealed` (JSON) says who, in what capacity, how, when, and with which case or accident;
    `outcome_sealed` what became of it. Nothing in the open says whom or what it is about, and no
    list of others, search, export, statistics or interface reads this table.
    """

    number = models.CharField(max_length=20, unique=True)
    sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    handler_one = account()
    handler_two = account()
    state = models.CharField(max_length=10)
    ended_on = models.DateField(null=True)
    outcome_sealed = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["recorder", "-recorded_at"], name="interference_mine")]

    def __str__(self) -> str:
        return self.number


class InterferenceCounter(YearCounter):
    """The last number of a year's records of interference."""


class InterferenceView(models.Model):
    """Somebody looked at a record, and what for, or was refused it; append-only."""

    interference = models.ForeignKey(Interference, on_delete=models.PROTECT, related_name="views")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200, blank=True)
    refused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.interference_id} {self.at:%Y-%m-%d}"


class Evaluation(models.Model):
    """An evaluation of a unit's enforcement over a period, perhaps of one `sector` or one `item`:
    a violation as the discretion table names it.

    `provider` is the third party's name, "" where the unit evaluates itself. `figures` are those
    that were counted when the opinion was handed in (`queries.evaluations.Line`); they name nobody.
    """

    number = models.CharField(max_length=20)
    unit = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField()
    provider = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=100)
    figures = models.JSONField(default=list)
    opinion = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = account()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = account()
    summary = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-opened_at"], name="evaluations_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="one_evaluation_number"),
            models.UniqueConstraint(
                fields=["unit", "source", "source_id"],
                condition=~models.Q(source_id=""),
                name="one_evaluation_of_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class EvaluationCounter(models.Model):
    """The last number of a unit's evaluations of a year."""

    unit = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_evaluation_counter")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class EvaluationMeasure(models.Model):
    """What is done about a finding: by whom, until when, and how far it is.

    One whose opinion was returned is withdrawn: it is owed no more, its record stays.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="measures")
    finding = models.CharField(max_length=500)
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=100)
    due_on = models.DateField()
    state = models.CharField(max_length=10)
    progress = models.CharField(max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text


class EvaluationStep(Step):
    """One step of an evaluation; append-only.

    `said`: of a return, the opinion that was returned, its figures and its measures.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.verb}"
