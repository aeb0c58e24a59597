"""The steps open to somebody as forms: one button a verb that the rules allow."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.enforcement.queries.cases import File, certificates_of, rows_for
from anlan.operations.enforcement.queries.penalties import given_said, penalty_said
from anlan.operations.enforcement.rules.forms import CHOICES, FORMS, Input
from anlan.operations.enforcement.rules.states import STEP_WORDS


def forms_of(file: File, today: date) -> list[dict[str, Any]]:
    """The steps open to me, the main one first, as the page draws them."""
    drawn = [
        {
            "verb": verb, "button": pgettext(*STEP_WORDS[verb]), "main": verb == file.next_step,
            "inputs": [_input(one, file, today) | {"value": told.get(one.key, "")}
                       for one in FORMS[verb]],
            "note": _note(verb, file),
        }
        for verb in file.verbs for told in [_told(verb, file)]
    ]  # fmt: skip
    return sorted(drawn, key=lambda one: one["verb"] != file.next_step)


def _input(one: Input, file: File, today: date) -> dict[str, Any]:
    choices: list[tuple[object, str]] = []
    if one.kind in ("choice", "several"):
        choices = [(key, pgettext(*word)) for key, word in CHOICES[one.choices].items()]
    elif one.kind == "row":
        choices = [(row.pk, _row(row)) for row in rows_for(file.case.party_kind, today)]
    elif one.kind == "officer":
        choices = [(own.certificate.pk, str(own.certificate)) for own in file.officers
                   if own.until is None]  # fmt: skip
    elif one.kind == "certificate":
        choices = [(own.pk, str(own)) for own in certificates_of(file.case.unit, today)]
    return {
        "key": one.key, "word": pgettext(*one.word), "kind": one.kind, "choices": choices,
        "required": one.required,
    }  # fmt: skip


def _told(verb: str, file: File) -> Mapping[str, Any]:
    """What a form begins with: what the check says of the visit, the penalty that was notified, or
    that stands."""
    if verb == "inspect":
        return file.site
    case = file.case
    penalty = {"decide": case.intention, "end the appeal": case.penalty}.get(verb)
    if penalty is None:
        return {}
    return {
        "amount": penalty.fine or "", "gains": penalty.gains or "", "others": penalty.others,
        "terms": case.terms,
    }  # fmt: skip


def _row(row: Any) -> str:
    said = {"least": f"{row.least:,.0f}", "most": f"{row.most:,.0f}"}
    span = _("%(least)s to %(most)s yuan") % said if row.law_most else ""
    given = given_said(row.others)
    range_ = "；".join(filter(None, (span, given)))
    return f"{row.code} {row.violation}（{row.circumstances}）{range_}"


def _note(verb: str, file: File) -> str:
    """What a decision stands on: the row, and what the party was told."""
    row = file.case.row
    if verb != "decide" or row is None:
        return ""
    return _("Notified: %(penalty)s. %(row)s") % {
        "penalty": penalty_said(file.case.intention, file.case.terms), "row": _row(row),
    }  # fmt: skip
