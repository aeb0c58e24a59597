from django.db import models

from anlan.operations.patrols.rules.states import State
from anlan.operations.registers.shapes import DatedFigures, PhotoOnSite, Step, account


class Beat(models.Model):
    """A route to be walked or a post to be manned, with the persons named for it.

    `unit`: the organisation that it binds. `points`: [{name, lon, lat, radius_m}], of a post one;
    `line`: [[lon, lat]]; CGCS2000. `months`: "1"–"12", empty for the year. `sign_min`: minutes
    between signs of life at a post, empty for none but at its begin and end. `alert_level`: an
    alert of its hazard at this level or a more severe one calls it out (1 red … 4 blue), empty for
    none; `response_level`: likewise a response (1 is level I). `repeat_h`: hours after which it is
    called out again while that lasts, empty for the district's. Closed, never deleted.
    """

    key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=60)
    form = models.CharField(max_length=12)
    hazard = models.CharField(max_length=20)
    means = models.CharField(max_length=8)
    area_code = models.CharField(max_length=12)
    unit = models.CharField(max_length=40)
    supervisor = account()
    patroller = account()
    deputy = account()
    points = models.JSONField()
    line = models.JSONField(default=list)
    task = models.CharField(max_length=500, blank=True)
    rhythm = models.CharField(max_length=8)
    every = models.PositiveSmallIntegerField(default=1)
    months = models.JSONField(default=list)
    since = models.TimeField()
    until = models.TimeField()
    sign_min = models.PositiveSmallIntegerField(null=True)
    alert_level = models.PositiveSmallIntegerField(null=True)
    response_level = models.PositiveSmallIntegerField(null=True)
    repeat_h = models.PositiveSmallIntegerField(null=True)
    begins_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=100)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "name"], name="beats_area"),
            models.Index(fields=["closed_at", "begins_on"], name="beats_open"),
        ]

    def __str__(self) -> str:
        return self.name


class PatrolTask(models.Model):
    """A patrol of one day as it stands; how it came so is in its steps, where it was in its fixes.

    `asked` holds points, line and signs of life as the route had them when it was made. `reached`:
    [{index, at, off_m}]; `gaps`: [[begin, minutes]]; `doubtful`: moments. All figures are computed
    from the fixes. `walkers`: account ids of everybody who was at it. `turn`: 0 by the rhythm, from
    1 on called out on the same day. `occasions`: keys of the occasions it answers to, empty where
    none called it out.
    """

    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="tasks")
    day = models.DateField()
    turn = models.PositiveSmallIntegerField(default=0)
    occasions = models.JSONField(default=list)
    name = models.CharField(max_length=60)
    form = models.CharField(max_length=12)
    hazard = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    unit = models.CharField(max_length=40)
    asked = models.JSONField()
    begins_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=State.DUE)
    supervisor = account()
    patroller = account()
    deputy = account()
    walker = account()
    walker_name = models.CharField(max_length=100, blank=True)
    walkers = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    normal = models.BooleanField(null=True)
    remark = models.CharField(max_length=1000, blank=True)
    share = models.PositiveSmallIntegerField(default=0)
    reached = models.JSONField(default=list)
    metres = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    gaps = models.JSONField(default=list)
    doubtful = models.JSONField(default=list)
    fix_count = models.PositiveIntegerField(default=0)
    last_fix_at = models.DateTimeField(null=True)
    complete = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    missed = models.BooleanField(default=False)
    returned = models.PositiveSmallIntegerField(default=0)
    dangers = models.PositiveSmallIntegerField(default=0)
    missed_why = models.CharField(max_length=1000, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = account()
    thinned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["beat", "day", "turn"], name="one_patrol_a_turn")
        ]
        indexes = [
            models.Index(fields=["-day", "due_at", "id"], name="patrols_day"),
            models.Index(fields=["area_code", "-day"], name="patrols_area"),
            models.Index(fields=["state", "due_at"], name="patrols_state"),
            models.Index(fields=["patroller", "-day"], name="patrols_patroller"),
            models.Index(fields=["deputy", "-day"], name="patrols_deputy"),
            models.Index(
                fields=["day"], name="patrols_not_thinned",
                condition=models.Q(thinned_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class Occasion(models.Model):
    """An alert or a response that calls routes out while it is in force; kept when it has ended.

    `level` is the one of its kind; `areas`: codes that it concerns; `until`: when it runs out by
    itself, empty for what a person ends; `why` is said in the record of what it calls out.
    """

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8)
    hazard = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    areas = models.JSONField()
    why = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["until"], name="occasions_not_ended",
                condition=models.Q(ended_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.why


class Fix(models.Model):
    """One position of a patrol, kept once: personal data. CGCS2000, accuracy in metres.

    `proves`: it shows that a point was reached; such a one stays when the track is thinned.
    """

    task = models.ForeignKey(PatrolTask, on_delete=models.PROTECT, related_name="fixes")
    by = account()
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy_m = models.FloatField()
    proves = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "at"], name="one_fix_a_moment")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.at}"


class PatrolStep(Step):
    """One step of a patrol; append-only. `key` names what a phone sent, so that it is kept once."""

    patrol = models.ForeignKey(PatrolTask, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=1000, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patrol", "key"], condition=~models.Q(key=""), name="sent_once_a_patrol"
            )
        ]
        indexes = [models.Index(fields=["patrol", "id"], name="patrol_steps")]

    def __str__(self) -> str:
        return f"{self.patrol_id} {self.verb}"


class PatrolDanger(models.Model):
    """A hidden danger that was found on a patrol."""

    patrol = models.ForeignKey(PatrolTask, on_delete=models.PROTECT, related_name="found")
    danger = models.OneToOneField("safety.Danger", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.patrol_id} {self.danger_id}"


class PatrolPhoto(PhotoOnSite):
    """A photo of a patrol, kept under its digest; time and place as the phone says them."""

    patrol = models.ForeignKey(PatrolTask, on_delete=models.PROTECT, related_name="photos")
    by = account()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patrol", "sha256"], name="one_photo_a_patrol")
        ]

    def __str__(self) -> str:
        return f"{self.patrol_id} {self.sha256[:8]}"


class PatrolTerms(DatedFigures):
    """The district's figures (`rules.terms.Terms`), as dated data."""

    source = models.CharField(max_length=200)
