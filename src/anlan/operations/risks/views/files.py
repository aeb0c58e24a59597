"""Risk points out of a file: a look at what it would do, then its good rows all at once."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Look
from anlan.operations.risks.actions import FilePages, Origin, put_risk
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.entering import accidents_of, lacking
from anlan.operations.risks.queries.registers import RISKS
from anlan.operations.risks.rules.loop import CONTROLS, RATE, State
from anlan.operations.risks.views.asking import person
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _put_rows(request: HttpRequest, sheet: registers.Sheet, look: Look) -> None:
    """Every good row of this person's file is put, the others are said."""
    firms = dict(enterprises_in(scope_of(request.user)).values_list("credit_code", "pk"))
    for line, values in sheet.rows:
        firm = firms.get(str(values.pop("credit_code")))
        wrong = _prepare(values)
        if firm is None:
            wrong["credit_code"] = _("There is no such enterprise within your sight.")
        for key, why in wrong.items():
            look.refuse(line, pgettext(*RISKS.field(key).word), "", why)
        if firm is not None and not wrong:
            _put(request, look, line, firm, values)


def _put(
    request: HttpRequest, look: Look, line: int, firm: int, values: dict[str, Any]
) -> None:  # fmt: skip
    """A cell left empty says nothing of a control that is written down already."""
    rows = RiskPoint.objects.filter(enterprise=firm, name=values["name"], place=values["place"])
    known = rows.exclude(state=State.RETIRED).first()
    if known is not None:
        values |= {key: values.get(key) or known.controls.get(key, "") for key in CONTROLS}
    try:
        pk = put_risk(actor_of(request), person(request), firm, values, Origin())
    except Refused as fault:
        look.refuse(line, "", str(values["name"]), worded(fault))
        return
    if known is None:
        look.count("new")
    else:
        version = RiskPoint.objects.values_list("version", flat=True).get(pk=pk)
        look.count("changed" if version > known.version else "same")


def _prepare(values: dict[str, Any]) -> dict[str, str]:
    """Make a row's values those of a rating; what is wrong with them, by field."""
    for key in ("place", "l", "e", "c", "likely", "severe"):
        values.setdefault(key, "")
    wrong = lacking(values)
    try:
        values["accidents"] = accidents_of(str(values.pop("accident_types")))
    except KeyError as fault:
        wrong["accident_types"] = _("GB 6441 knows no %(name)s.") % {"name": fault.args[0]}
    return wrong


template, import_page, file_page, take = FilePages(
    kind="risks", right=RATE, register=RISKS, put=_put_rows,
    names={"template": "risks-template", "import": "risks-import", "back": "risks"},
    words={
        "title": N_("Import risk points"), "list": N_("Risk points"),
        "help": N_("First you see what the file would do; nothing is changed until you take it in. "
                   "The same row again changes nothing."),
    },
).views()  # fmt: skip
