from django.db import models


class StageLibrary(models.Model):
    """The steady maps of a reach on one terrain, made part by part in the pool when it is idle.

    `parts`: what each finished part answered, by the number of its first map. Files lie in
    `folder`, relative to ANLAN_HOME. `faults` counts the parts that came to nothing.
    """

    reach = models.CharField(max_length=40)
    terrain_version = models.CharField(max_length=80)
    folder = models.CharField(max_length=200)
    parts = models.JSONField(default=dict)
    lease_until = models.DateTimeField(null=True)
    faults = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reach", "terrain_version"], name="one_library_a_terrain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reach} {self.terrain_version}"
