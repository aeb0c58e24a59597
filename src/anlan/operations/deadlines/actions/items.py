"""Opening, escalating and closing what waits on a desk. Called inside the caller's own action."""

from datetime import datetime
from typing import Any

from django.db.models import F

from anlan.operations.deadlines.models import WorkItem
from anlan.vocabulary import clock


def open_item(
    *, key: str, kind: str, title: str, action: str, link: str, right: str, area_code: str,
    due_at: datetime | None = None, parameters: dict[str, Any] | None = None, detail: str = "",
    owner_id: int | None = None,
) -> None:  # fmt: skip
    """Put one item on the desk; a second call with the key of an open item refreshes it.

    `title` is an English message id (with ``%(name)s`` parameters) and `action` the verb on its
    button; both are translated when shown. `right` names who may take it, within `area_code`.
    """
    WorkItem.objects.update_or_create(
        key=key, done_at=None,
        defaults={
            "kind": kind, "title": title, "parameters": parameters or {}, "detail": detail,
            "action": action, "link": link, "right": right, "area_code": area_code,
            "owner_id": owner_id, "due_at": due_at,
        },
        create_defaults={
            "kind": kind, "title": title, "parameters": parameters or {}, "detail": detail,
            "action": action, "link": link, "right": right, "area_code": area_code,
            "owner_id": owner_id, "due_at": due_at, "opened_at": clock.now(),
        },
    )  # fmt: skip


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
