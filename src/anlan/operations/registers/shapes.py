"""Shapes that tables of the rooms above have in common: abstract models, no table of their own.

A room makes its own table of one, adds what is its own, and keeps its own migrations (ADR 0017).
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
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


def account() -> "models.ForeignKey[object, object]":
    """A column for an account, empty for the platform; no way back from the account's side."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Step(models.Model):
    """One step of a loop: who took it, and when; append-only.

    What it was and what became of it (`verb`, `before`, `after`) are as long as the words of the
    room's own table of steps.
    """

    at = models.DateTimeField()
    by = account()
    by_name = models.CharField(max_length=100)

    class Meta:
        abstract = True


class Photo(models.Model):
    """A picture as it came, its file in the evidence folder under its SHA-256."""

    sha256 = models.CharField(max_length=64)
    media = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    by_name = models.CharField(max_length=100)

    class Meta:
        abstract = True


class PhotoOrDocument(Photo):
    """A picture or a document (`safety.actions.paper_media`) as it came; `name` as its sender
    called it, without an ending."""

    media = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class PhotoOnSite(Photo):
    """One that a phone took: when and where (CGCS2000) as the phone says it, unproven."""

    taken_at = models.DateTimeField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        abstract = True


class YearCounter(models.Model):
    """The last number of a year, by `registers.actions.next_number`."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.year}"
