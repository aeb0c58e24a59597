from django.db import models

from anlan.operations.registers.shapes import Dated


class HandlingTerms(Dated):
    """Within how long an authority acts on a danger that has come to it, from a day on.

    `values`: by state (`REVIEW`: of a stopped production), a count and its unit (working or
    calendar days). `second_looks`: of the own finds that were closed by who rectified them, the
    share that the street looks at again, 0 to 1; each by a lot. `missed_cycles`: how many missed
    self-checks of a cycle in a month make a finding against the enterprise; a cycle that is not
    named makes none.
    """

    values = models.JSONField()
    second_looks = models.FloatField(default=0.1)
    missed_cycles = models.JSONField(default=dict)
