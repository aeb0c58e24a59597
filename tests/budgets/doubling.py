"""A second helping of every row: the same database, twice as full.

Each row is copied beside itself, under the same parents, with what must be unique changed a little.
"""

from datetime import date, datetime, timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models

# A second one of these would be another kind of house, not a fuller one.
ONCE = {
    "auth.permission", "auth.group", "contenttypes.contenttype", "sessions.session",
    "people.auditentry", "people.reactiondone", "territory.terrain", "territory.edition",
    "assessment.indicator", "incidents.reportingterms",
}  # fmt: skip
# One of a few words; another one would be no row of this house.
WORDS_OF_A_FEW = {
    "posts.PostCard.kind", "posts.Certificate.kind", "insurance.Rating.side",
    "statistics.DangerReturn.period",
}  # fmt: skip
STEP = 100_000


def double_everything() -> dict[str, int]:
    """Copy the rows of every table; returns how many were added, by table."""
    added = {}
    for model in apps.get_models():
        if model._meta.label_lower not in ONCE and model not in (ContentType, Session):
            added[model._meta.label_lower] = _double(model)
    return added


def _double(model: type[models.Model]) -> int:
    changing = _changing(model)
    rows = list(model._base_manager.all())
    if changing is None or not rows:
        return 0
    for row in rows:
        for field in changing:
            setattr(row, field.attname, _other(getattr(row, field.attname)))
        if model._meta.pk.auto_created:
            row.pk = None
        row._state.adding = True
    model._base_manager.bulk_create(rows, batch_size=500)
    return len(rows)


def _changing(model: type[models.Model]) -> list[models.Field] | None:
    """The fields to change so that no unique set repeats; None where none may be changed."""
    chosen: list[models.Field] = []
    for fields in _unique_sets(model):
        if any(field in chosen for field in fields):
            continue
        free = [f for f in fields if not f.is_relation and str(f) not in WORDS_OF_A_FEW]
        free.sort(key=lambda f: ORDER.index(_kind(f)))
        if not free:
            return None
        chosen.append(free[0])
    return chosen


def _unique_sets(model: type[models.Model]) -> list[list[models.Field]]:
    meta = model._meta
    sets = [[f] for f in meta.concrete_fields if f.unique and not f.auto_created]
    sets += [list(meta.pk_fields)] if len(meta.pk_fields) > 1 else []
    named = [c.fields for c in meta.constraints if isinstance(c, models.UniqueConstraint)]
    named += list(meta.unique_together)
    return sets + [[meta.get_field(name) for name in names] for names in named]


ORDER = ("text", "moment", "number", "day", "other")


def _kind(field: models.Field) -> str:
    if isinstance(field, models.CharField | models.TextField):
        return "text"
    if isinstance(field, models.DateTimeField):
        return "moment"
    if isinstance(field, models.DateField):
        return "day"
    return "number" if isinstance(field, models.IntegerField) else "other"


def _other(value: object) -> object:
    if isinstance(value, str):
        return f"{value}x" if value else ""  # what may be empty is unique only where it is not
    if isinstance(value, datetime):
        return value + timedelta(milliseconds=997)
    if isinstance(value, date):
        return value + timedelta(days=1)
    return value + STEP if isinstance(value, int) else value
