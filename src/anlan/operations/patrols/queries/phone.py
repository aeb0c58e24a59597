"""The patrols that a phone takes along to walk without a signal."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.patrols.models import PatrolTask
from anlan.operations.patrols.queries.scope import own_tasks
from anlan.operations.patrols.queries.state import signs_of
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.states import (
    FORM_WORDS,
    HAZARD_WORDS,
    OWED,
    POSTS,
    WALK,
    Form,
    Hazard,
)
from anlan.operations.people.queries import Scope

AHEAD = timedelta(hours=24)
MOST = 40


def phone_patrols(scope: Scope, now: datetime) -> dict[str, Any]:
    """`patrols`: one's own that are owed until tomorrow. At most three queries."""
    if not scope.may(WALK):
        return {"patrols": []}
    rows = own_tasks(scope).filter(state__in=OWED, begins_at__lte=now + AHEAD)
    found = list(rows.order_by("due_at", "pk")[:MOST])
    if not found:
        return {"patrols": []}
    figures = terms(now.date())
    asked = {
        "interval_s": figures.interval_s, "worst_accuracy_m": figures.worst_accuracy_m,
        "least_share": figures.least_share,
    }  # fmt: skip
    return {"patrols": [_said(one, scope, asked) for one in found]}


def _said(task: PatrolTask, scope: Scope, asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": task.pk, "name": task.name, "post": task.form in POSTS,
        "word": f"{pgettext(*FORM_WORDS[Form(task.form)])} · "
                f"{pgettext(*HAZARD_WORDS[Hazard(task.hazard)])}",
        "begins_at": task.begins_at.isoformat(), "due_at": task.due_at.isoformat(),
        "task": task.asked["task"], "points": task.asked["points"], "line": task.asked["line"],
        "signs": [at.isoformat() for at in signs_of(task)], "state": task.state,
        "mine": task.walker_id == scope.account_id,
        "reached": [one["index"] for one in task.reached], **asked,
    }  # fmt: skip
