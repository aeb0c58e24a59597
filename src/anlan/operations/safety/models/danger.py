from django.db import models

from anlan.operations.registers.shapes import PhotoOnSite, PhotoOrDocument, Step, account
from anlan.operations.safety.models.enterprise import Enterprise
from anlan.operations.safety.rules.states import State

# What a list asks of a danger beside its place.
_ASKED = (
    "state", "due_on", "found_at", "grade", "source", "listed", "closed_on", "repeat", "sector",
)  # fmt: skip


class Danger(models.Model):
    """A hidden danger 事故隐患, as it stands now; how it came so is in its steps.

    `area_code`, `sector` and `regulator` (an organisation's code) decide who sees and who acts.
    `reported_on`, `congress_on`: when a major one was reported to the regulator and to the workers'
    congress 双报告 (AQF 41). `five` holds the provisions 五落实 by key (`rules.loop.FIVE`; funds in
    万元, as text). `key` is what a phone names a find by, so that one sent twice is kept once.
    `first_due_on`: the deadline before more time was given, None where none was; whether it was
    closed in time is told by it. `extended_to` stays: more time is given once.
    `settled_on`: the day on which it was both due and closed; None as long as it is not both.
    `closed_on` is the day of `closed_at` in China: compared with deadlines row by row, hundreds of
    thousands at a time.
    `repeat`: the same item (where no item is named, the same title) was found at the same
    enterprise within the twelve months before (`domain.md` 3.1); where none is registered, of the
    same unit at the same place.

    `kept_again_on`: of a missed cycle, when it was kept in time since.
    `findable`: its words are in the index of a search (`WordBlock`).

    The indexes hold all that lists filter and sort by, so that a list reads only the rows it shows.
    """

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, related_name="dangers"
    )
    unit = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=12)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    sector = models.CharField(max_length=40)
    source = models.CharField(max_length=12)
    item = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, default=State.FOUND)
    grade = models.CharField(max_length=8, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    regulator = models.CharField(max_length=40, blank=True)
    transferred_from = models.CharField(max_length=40, blank=True)
    found_at = models.DateTimeField()
    found_by = account()
    found_by_name = models.CharField(max_length=100)
    rectifier = account()
    rectifier_name = models.CharField(max_length=60, blank=True)
    supervisor = account()
    supervisor_name = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    five = models.JSONField(default=dict)
    controls = models.CharField(max_length=500, blank=True)
    submitted_by = account()
    submitted_at = models.DateTimeField(null=True)
    accepted_by = account()
    accepted_at = models.DateTimeField(null=True)
    countersigned_by = account()
    reported_on = models.DateField(null=True)
    congress_on = models.DateField(null=True)
    resume_asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    settled_on = models.GeneratedField(
        expression=models.Case(
            models.When(models.Q(due_on=None) | models.Q(closed_on=None), then=None),
            models.When(closed_on__gt=models.F("due_on"), then=models.F("closed_on")),
            default=models.F("due_on"),
        ),
        output_field=models.DateField(null=True), db_persist=True,
    )  # fmt: skip
    repeat = models.BooleanField(default=False)
    kept_again_on = models.DateField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)
    listed = models.BooleanField(default=False)
    findable = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", *_ASKED], name="danger_in_area"),
            models.Index(fields=["sector", *_ASKED[:-1], "area_code"], name="danger_in_sector"),
            models.Index(fields=["regulator", "sector", "area_code"], name="danger_regulated"),
            models.Index(fields=["rectifier", "sector", "area_code"], name="danger_rectified"),
            models.Index(fields=["enterprise", "item", "found_at"], name="danger_repeat"),
            models.Index(
                fields=["due_on", "-found_at", "id", "area_code", "sector", "state", "grade"],
                name="danger_by_due",
            ),
            models.Index(
                fields=["found_at", "id", "area_code", "sector", "state", "grade"],
                name="danger_by_found",
            ),
            models.Index(fields=["grade", "id", "area_code", "state"], name="danger_by_grade"),
            models.Index(
                fields=[
                    "due_on", "-found_at", "id", "area_code", "sector", "state", "grade",
                    "enterprise",
                ],
                condition=~models.Q(state=State.CLOSED), name="danger_open",
            ),
            models.Index(fields=["enterprise", "found_at", "source"], name="danger_of_firm"),
            models.Index(
                fields=["found_at", "enterprise", "area_code", "sector"],
                condition=models.Q(repeat=True), name="danger_repeated",
            ),
            models.Index(fields=["state", "closed_on", "area_code"], name="danger_closed"),
            models.Index(
                fields=["settled_on", "due_on", "area_code", "sector"], name="danger_settled"
            ),
            models.Index(
                fields=["area_code"], condition=models.Q(listed=True), name="danger_listed"
            ),
            models.Index(
                fields=["id"], condition=models.Q(findable=False), name="danger_not_findable"
            ),
            # A search for what very many hold reads this instead of the rows: a quarter of them.
            models.Index(
                fields=["unit", "title", "place", "number", "area_code", "sector"],
                name="danger_sought",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class DangerStep(Step):
    """One step of a danger's loop: who, when, from where to where, why; append-only.

    `said` holds what the step set (deadline, clause, provisions …), so that every version of the
    record can be read again.
    """

    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    reason = models.CharField(max_length=500, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["danger", "id"], name="danger_steps"),
            models.Index(fields=["verb", "at"], name="danger_step_when"),
        ]

    def __str__(self) -> str:
        return f"{self.danger_id} {self.verb}"


class DangerPhoto(PhotoOrDocument, PhotoOnSite):
    """A photo of a danger: `moment` says whether before, at or after the work; evidence of a
    report may be a document too.

    The file lies in the evidence folder under its SHA-256. `taken_at`, `lon`, `lat` are what the
    phone said, unproven.
    """

    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="photos")
    moment = models.CharField(max_length=6)
    by = account()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["danger", "sha256", "moment"], name="photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.danger_id} {self.moment}"


class Supervision(models.Model):
    """Listed supervision 挂牌督办 of a major danger: opened and ended by its issuer only.

    `public_unit`, `public_title`: what its issuer published of the danger; without a unit its
    street stands there. `source`, `source_id`: by what another system names it.
    """

    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="supervisions")
    number = models.CharField(max_length=40, unique=True)
    issuer = models.CharField(max_length=40)
    issuer_name = models.CharField(max_length=100)
    supervisor = models.CharField(max_length=60)
    due_on = models.DateField()
    notice = models.TextField()
    public_unit = models.CharField(max_length=120, blank=True)
    public_title = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)
    finding = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["danger"], condition=models.Q(ended_at=None), name="one_supervision"
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="supervision_of_source",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Counter(models.Model):
    """The next number of a year's register."""

    register = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year}"
