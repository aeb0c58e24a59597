"""What a phone takes along to check without a signal: today's tasks, lists, words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.checks.queries.due import open_tasks
from anlan.operations.checks.queries.library import as_said, items_in_force, kind_of
from anlan.operations.checks.queries.scope import my_inspections
from anlan.operations.checks.rules.answers import CHOICES, LONGEST_NOTE
from anlan.operations.checks.rules.library import (
    CYCLE_WORDS,
    ENFORCEMENT,
    REVIEW,
    SELF,
    Item,
    listed,
)
from anlan.operations.patrols.queries import phone_patrols
from anlan.operations.people.queries import Scope
from anlan.operations.posts.queries.phone import phone_posts
from anlan.operations.safety.queries.phone import phone_dangers
from anlan.operations.safety.queries.rows import (
    EnterpriseRow,
    enterprises_of,
    enterprises_to_choose,
)

MOST_TASKS = 60
MOST_ENTERPRISES = 100


def pack(scope: Scope, text: str, now: datetime) -> dict[str, Any]:
    """Everything the form needs, as JSON; `text` narrows the enterprises to choose from."""
    items = items_in_force()
    mine = enterprises_to_choose(scope, text, MOST_ENTERPRISES)
    own = scope.reach == "itself"
    by_id = {one.id: one for one in mine}
    tasks = _tasks(scope, items, by_id, now) if own else []
    places = [] if own else _places(scope, text, mine, items, now)
    used = {code for one in (*tasks, *places) for code in one["codes"]}
    used |= {code for one in places for code in one["review_codes"]}
    return {
        "list_at": now.isoformat(), "own": own, "tasks": tasks, "enterprises": places,
        "items": {one.code: as_said(one) for one in items if one.code in used},
        "choices": [
            {"key": c.key, "word": pgettext(*c.word), "note": c.note, "note_on_key": c.note_on_key}
            for c in CHOICES
        ],
        "longest_note": LONGEST_NOTE, **phone_posts(scope, now), **phone_patrols(scope, now),
        **phone_dangers(scope, now),
    }  # fmt: skip


def _tasks(
    scope: Scope, items: Iterable[Item], firms: dict[int, EnterpriseRow], now: datetime
) -> list[dict[str, Any]]:
    return [
        {
            "id": task.pk, "enterprise": task.enterprise_id, "unit": task.unit,
            "word": pgettext(*CYCLE_WORDS[task.cycle]), "due_on": task.due_on.isoformat(),
            "codes": [
                i.code for i in listed(items, kind_of(firms[task.enterprise_id]), SELF, task.cycle)
            ],
        }
        for task in open_tasks(scope, now.date())[:MOST_TASKS] if task.enterprise_id in firms
    ]  # fmt: skip


def _places(
    scope: Scope, text: str, found: list[EnterpriseRow], items: list[Item], now: datetime
) -> list[dict[str, Any]]:
    """What one has to inspect or review until today stands first, then what else one may choose."""
    owed: dict[int, dict[str, str]] = {}
    if not text:
        rows = my_inspections(scope, now.date()).order_by("due_on", "planned_on")
        asked = rows.values_list("enterprise_id", "plan__use", "due_on")
        for pk, use, due in asked[:MOST_TASKS]:
            owed.setdefault(pk, {}).setdefault(use, due.isoformat())
    planned = {one.id: one for one in enterprises_of(scope, list(owed))}
    first = [planned[pk] for pk in owed if pk in planned]
    rest = [one for one in found if one.id not in planned]
    uses = (ENFORCEMENT, REVIEW) if scope.may("safety.regulate") else (ENFORCEMENT,)
    return [
        {"id": one.id, "name": one.name, "address": one.address, "list_at": now.isoformat(),
         "due_on": owed.get(one.id, {}).get(ENFORCEMENT, ""),
         "review_due_on": owed.get(one.id, {}).get(REVIEW, "")}
        | {
            key: [item.code for item in listed(items, kind_of(one), use)] if use in uses else []
            for key, use in (("codes", ENFORCEMENT), ("review_codes", REVIEW))
        }
        for one in (*first, *rest)
    ]  # fmt: skip
