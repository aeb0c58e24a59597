"""What a phone or another system sends, read once at the border."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.checks.actions import Answer, Submission
from anlan.operations.checks.rules.library import REVIEW
from anlan.operations.registers.queries import (
    Malformed,
    body_of,
    moments,
    printable,
    sent_place,
    whole_id,
)
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def read_submission(raw: bytes) -> Submission:
    """A check as the phone sends it, JSON; raises `Malformed`.

    Raises `Refused` when it says to be made before its list was taken along: backdated.
    """
    given = body_of(raw)
    performed_at, list_at = moments(given)
    if given.get("use", "") not in ("", REVIEW):
        raise Malformed("no such check")
    return Submission(
        use=given.get("use", ""),
        key=given["key"], enterprise_id=whole_id(given.get("enterprise")),
        task_id=None if given.get("task") is None else whole_id(given["task"]),
        answers=read_answers(given.get("answers")), performed_at=performed_at, list_at=list_at,
        **sent_place(given),
    )  # fmt: skip


def read_answers(given: Any) -> dict[str, Answer]:
    """Answers by item code out of {code: {choice, note, confirmed}}; raises `Malformed`."""
    if not isinstance(given, dict):
        raise Malformed("no answers")
    found = {}
    for code, one in given.items():
        if not isinstance(one, dict):
            raise Malformed("an answer that is none")
        found[str(code)] = Answer(
            str(one.get("choice", "")), printable(one.get("note", "")), one.get("confirmed") is True
        )
    return found


def answers_of_form(given: Mapping[str, str], codes: list[str]) -> dict[str, Answer]:
    """Answers of a correction's form: every item was looked at again by itself."""
    return {
        code: Answer(given[f"choice-{code}"], given.get(f"note-{code}", ""), confirmed=True)
        for code in codes if f"choice-{code}" in given
    }  # fmt: skip


def required_file(sent: Any) -> Any:
    """The file of an upload; raises `Refused` without one."""
    if sent is None:
        raise Refused(N_("Choose a file."))
    return sent
