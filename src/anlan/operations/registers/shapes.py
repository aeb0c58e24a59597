"""Shapes that tables of the rooms above have in common: abstract models, no table of their own.

A room makes its own table of one, adds what is its own, and keeps its own migrations (ADR 0017).
"""

from datetime import date
from typing import Any, Self

from django.db import models


class Dated(models.Model):
    """What the district has set from a day on, with the paper that it rests on."""

    valid_from = models.DateField(unique=True)
    source = models.CharField(max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.valid_from}"

    @classmethod
    def on(cls, day: date, **of: Any) -> Self | None:
        """The version in force on a day: of those that `of` names, if any; None without one."""
        rows = cls._default_manager.filter(valid_from__lte=day, **of)
        return rows.order_by("-valid_from").first()


class DatedFigures(Dated):
    """Figures as the district's file has them; the room's `rules.terms.Terms` is their typed form.

    They come by `registers.actions.load_figures` alone, which refuses what is not of that form.
    """

    figures = models.JSONField()

    class Meta:
        abstract = True
