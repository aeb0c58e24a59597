from django.db import models

from anlan.operations.forecasts.rules.run_states import RunState


class ForecastRun(models.Model):
    """One run of one reach. The pool only executes it: state, lease and attempt live here.

    `arguments` are fixed at the first attempt, so that a retry computes the same. Stages are in
    `datum`. Files lie in `folder`, relative to ANLAN_HOME. `cell_m`: the cells that were asked for,
    null is the reach's own. `first`: what the stage library answers while the run is under way.
    `refused`: the term or saying that tells what the readings lack.
    """

    key = models.CharField(max_length=160, unique=True)
    reach = models.CharField(max_length=40, db_index=True)
    station_code = models.CharField(max_length=40)
    trigger = models.CharField(max_length=160)
    requested_by = models.CharField(max_length=100)
    issued_at = models.DateTimeField(db_index=True)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=RunState.QUEUED.value)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)
    refused = models.JSONField(null=True)
    cell_m = models.FloatField(null=True)
    arguments = models.JSONField(null=True)
    folder = models.CharField(max_length=200, blank=True)
    datum = models.CharField(max_length=20, blank=True)
    crest_at = models.DateTimeField(null=True)
    crest_stage_m = models.FloatField(null=True)
    hydrograph = models.JSONField(null=True)
    method = models.JSONField(default=dict)
    flood = models.JSONField(null=True)
    first = models.JSONField(null=True)
    wall = models.JSONField(default=dict)
    households = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    area_m2 = models.FloatField(null=True)
    checked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["state", "requested_at"],
                name="runs_to_advance",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return self.key


class CommunityHit(models.Model):
    """What a run floods in one community: people and households by depth class, worst depth.

    `unsafe`: people who cannot walk out through the water, by its depth and speed; null in runs of
    before speeds were known.
    """

    run = models.ForeignKey(ForecastRun, on_delete=models.CASCADE, related_name="communities")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    people = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    needs_help = models.PositiveIntegerField(default=0)
    max_depth_m = models.FloatField()
    max_speed_ms = models.FloatField(null=True)
    unsafe = models.PositiveIntegerField(null=True)
    arrival_at = models.DateTimeField(null=True)
    by_class = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="one_hit_a_community")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"
