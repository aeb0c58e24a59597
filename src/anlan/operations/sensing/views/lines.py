"""What several pages of this room show alike."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import pgettext

from anlan.operations.people.actions import Actor, as_actor
from anlan.operations.people.queries import Scope
from anlan.operations.sensing import queries
from anlan.operations.sensing.queries.picture import rule_word
from anlan.operations.sensing.rules.alarm_states import STATE_WORDS, AlarmState
from anlan.vocabulary.words import Term

ALARM_MARKS = {AlarmState.OPEN: "wait", AlarmState.CLEARED: "done", AlarmState.RECORDED: "stop"}


def acting(request: HttpRequest) -> Actor:
    """Whoever asks, as the one who acts."""
    account: Any = request.user
    return as_actor(account, request.META.get("REMOTE_ADDR", ""))


def seen(scope: Scope, code: str) -> queries.StationRow:
    """The station of an address; one that the account may not see is not there."""
    row = queries.station(code)
    if row is None or not queries.visible(scope, row):
        raise Http404
    return row


def said(term: Term) -> str:
    return pgettext(term.context, term.word)


def alarm_lines(rows: Sequence[queries.AlarmRow]) -> list[dict[str, Any]]:
    lines = []
    for row in rows:
        taken = row.state == AlarmState.OPEN and row.acknowledged_at is not None
        state = AlarmState(row.state)
        lines.append(
            {"row": row, "rule": rule_word(row.rule),
             "mark": "doing" if taken else ALARM_MARKS[state],
             "state": pgettext("alarm state", "Taken") if taken else said(STATE_WORDS[state])}
        )  # fmt: skip
    return lines
