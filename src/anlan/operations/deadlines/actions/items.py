"""Opening, escalating and closing what waits on a desk. Called inside the caller's own action."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from anlan.operations.deadlines.models import WorkItem
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What an item on the desk says, and to whom.

    `title` is an English message id with ``%(name)s`` parameters, `action` the verb on its button;
    both are translated when shown. `right` names who may take it, within `area_code`.
    """

    key: str
    kind: str
    title: str
    action: str
    link: str
    right: str
    area_code: str
    due_at: datetime | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    detail: str = ""
    owner_id: int | None = None


def open_item(item: NewItem) -> None:
    """Put one item on the desk; a second call with the key of an open item refreshes it."""
    values = asdict(item)
    key = values.pop("key")
    WorkItem.objects.update_or_create(
        key=key,
        done_at=None,
        defaults=values,
        create_defaults={**values, "opened_at": clock.now()},
    )


def remark_item(key: str, detail: str) -> None:
    """Say under the title of an open item what was found since; a message id, or nothing more."""
    WorkItem.objects.filter(key=key, done_at=None).update(detail=detail)


def close_item(key: str, by: str = "") -> int:
    """Take the item of `key` off the desk; returns how many were open (0 or 1)."""
    return WorkItem.objects.filter(key=key, done_at=None).update(done_at=clock.now(), done_by=by)


def close_items(key_prefix: str, by: str = "") -> int:
    """Take every item whose key starts so off the desk."""
    waiting = WorkItem.objects.filter(key__startswith=key_prefix, done_at=None)
    return waiting.update(done_at=clock.now(), done_by=by)


def escalate_item(key: str, *, right: str, area_code: str, detail: str = "") -> int:
    """Hand an open item up: to holders of `right` over `area_code`."""
    return WorkItem.objects.filter(key=key, done_at=None).update(
        right=right, area_code=area_code, detail=detail, escalated=F("escalated") + 1
    )
