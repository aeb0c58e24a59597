"""What other contexts put into the event file: lines, figures, and what keeps it open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from anlan.operations.incidents.models import Entry, Figure, Hold, Incident
from anlan.operations.incidents.rules.loss import FIELD
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """One line for the file's history; `text` is an English message id with `parameters`."""

    kind: str
    text: str
    parameters: dict[str, Any] = field(default_factory=dict)
    detail: str = ""
    link: str = ""
    at: datetime | None = None


def note_entry(incident_id: int, entry: NewEntry, actor: Actor = PLATFORM) -> None:
    """Write a line into the file; the same line about the same thing twice stays one."""
    with act("incidents.note", actor) as this:
        row, _ = Entry.objects.get_or_create(
            incident_id=incident_id, kind=entry.kind, text=entry.text, link=entry.link,
            at=entry.at or clock.now(), parameters=entry.parameters, detail=entry.detail,
            by="" if actor.id is None else actor.label,
        )  # fmt: skip
        this.on("incident", incident_id, row.text)


def note_figures(incident_id: int, values: Mapping[str, int], source: str, link: str = "") -> int:
    """Record what the records of the house now say, e.g. people moved; returns how many changed.

    `source` is an English message id. Raises `KeyError` for a figure that no report has.
    """
    changed = 0
    for key, value in values.items():
        FIELD[key]
        newest = Figure.objects.filter(incident_id=incident_id, key=key).order_by("-id").first()
        if newest is not None and newest.value == value:
            continue
        Figure.objects.create(
            incident_id=incident_id, key=key, value=Decimal(value), at=clock.now(),
            source=source, link=link,
        )  # fmt: skip
        changed += 1
    return changed


def hold_incident(incident_id: int, hold: NewEntry) -> None:
    """Keep the file open for a reason; `hold.kind` names the hold, e.g. ``response:12``."""
    Hold.objects.update_or_create(
        incident=Incident.objects.get(pk=incident_id), key=hold.kind,
        defaults={"reason": hold.text, "parameters": hold.parameters, "link": hold.link,
                  "released_at": None},
        create_defaults={"reason": hold.text, "parameters": hold.parameters, "link": hold.link,
                         "since": clock.now()},
    )  # fmt: skip


def release_incident(incident_id: int, key: str) -> int:
    """The reason is gone; returns how many holds were released (0 or 1)."""
    holds = Hold.objects.filter(incident_id=incident_id, key=key, released_at=None)
    return holds.update(released_at=clock.now())
