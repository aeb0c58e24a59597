from django.db import models

from anlan.operations.registers.shapes import Dated


class HandlingTerms(Dated):
    """Within how long an authority acts on a danger that has come to it, from a day on.

    `values`: by state (`REVIEW`: of a stopped production), a count and its unit (working or
    calendar days).
    """

    values = models.JSONField()
