"""Feeds and how they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.sensing.models import Feed


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as it stands; whether a secret is kept, never the secret."""

    id: int
    name: str
    kind: str
    url: str
    interval_s: int
    options: dict[str, Any]
    secret_header: str
    has_secret: bool
    active: bool
    overdue: bool
    next_at: datetime
    last_try_at: datetime | None
    last_success_at: datetime | None
    last_error: str
    failures: int
    rows: int
    new: int
    refused: int
    refusal: str
    sample: list[str]


def feeds() -> list[FeedRow]:
    """Every feed, those that are asked first."""
    return [
        FeedRow(
            one.pk, one.name, one.kind, one.url, one.interval_s, one.options, one.secret_header,
            bool(one.secret_sealed), one.active, one.overdue, one.next_at, one.last_try_at,
            one.last_success_at, _worded(one.last_error), one.failures, one.rows, one.new,
            one.refused, one.refusal, one.sample,
        )
        for one in Feed.objects.order_by("-active", "name", "pk")
    ]  # fmt: skip


def _worded(error: dict[str, Any]) -> str:
    if not error:
        return ""
    words, parameters = error["words"], error["with"]
    return _(words) % parameters if parameters else _(words)
