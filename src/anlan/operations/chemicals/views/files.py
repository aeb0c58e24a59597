"""Entries out of files: a look at what each would do, then its good rows all at once."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.chemicals.actions import (
    HOLDING,
    MOVEMENT,
    PIPELINE,
    SECTION,
    WASTE,
    Book,
    Owner,
    put,
)
from anlan.operations.chemicals.models import Pipeline, Waste
from anlan.operations.chemicals.queries.lines import HOLDING_FILE, PIPELINE_FILE, SECTION_FILE
from anlan.operations.chemicals.queries.registers import CODE, MOVEMENT_FILE, WASTE_FILE
from anlan.operations.chemicals.queries.scope import person_of
from anlan.operations.chemicals.rules.words import KEEP
from anlan.operations.chemicals.views.lines import with_line
from anlan.operations.chemicals.views.pages import as_typed
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of, worded
from anlan.operations.registers.queries import Look, Register, Sheet
from anlan.operations.risks.actions import FilePages
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

HELP = N_(
    "A row an entry, the enterprise by its credit code. First you see what the file would do; "
    "nothing is changed until you take it in. The same entry again corrects it; a cell left "
    "empty changes nothing."
)
Values = dict[str, Any]


def _no_parent(_firm: int, _values: Values) -> int | None:
    return None


def _waste_of(firm: int, values: Values) -> int | None:
    """The waste that a movement's row names."""
    named = {"code": values.pop("waste__code"), "name": values.pop("waste__name")}
    rows = Waste.objects.filter(enterprise=firm, withdrawn_at=None, **named)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Refused(N_("There is no such waste of this enterprise."))
    return found


def _pipeline_of(firm: int, values: Values) -> int | None:
    """The pipeline that a section's row names."""
    rows = Pipeline.objects.filter(enterprise=firm, withdrawn_at=None)
    found = rows.filter(name=values.pop("pipeline__name")).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(N_("There is no such pipeline of this enterprise."))
    return found


def pages(
    book: Book, register: Register, many: str, words: str,
    *, parent: Callable[[int, Values], int | None] = _no_parent,
    read: Callable[[Values], Values] = as_typed,
) -> FilePages:  # fmt: skip
    """The file pages of one register. `many`: what its addresses are named by."""

    def put_rows(request: HttpRequest, sheet: Sheet, look: Look) -> None:
        """Rows of enterprises within sight, of an enterprise's own people of that one only."""
        scope = scope_of(request.user)
        who = actor_of(request), person_of(scope)
        codes = {str(values["credit_code"]) for _line, values in sheet.rows}
        seen = enterprises_in(scope).filter(credit_code__in=codes)
        firms = dict(seen.values_list("credit_code", "pk"))
        for line, values in sheet.rows:
            firm = firms.get(str(values.pop("credit_code")))
            if firm is None:
                why = _("There is no such enterprise within your sight.")
                look.refuse(line, pgettext(*CODE.word), "", why)
                continue
            given = {key: value for key, value in values.items() if value not in (None, "", [])}
            try:
                owner = Owner(enterprise_id=firm, parent_id=parent(firm, given))
                _pk, outcome = put(*who, book, owner, read(given), reason=_("By file"))
                look.count(outcome)
            except Refused as fault:
                look.refuse(line, "", "", worded(fault))

    return FilePages(
        kind=f"chemical-{many}", right=KEEP, register=register, put=put_rows,
        names={"template": f"{many}-template", "import": f"import-{many}", "back": many},
        words={"title": words, "list": words, "help": HELP},
    )  # fmt: skip


holding_files = pages(HOLDING, HOLDING_FILE, "holdings", N_("Chain of hazardous chemicals")).views()
pipeline_files = pages(
    PIPELINE, PIPELINE_FILE, "pipelines", N_("Pipelines of hazardous chemicals"), read=with_line
).views()
section_files = pages(
    SECTION, SECTION_FILE, "sections", N_("High-consequence sections"), parent=_pipeline_of
).views()
waste_files = pages(WASTE, WASTE_FILE, "wastes", N_("Hazardous waste")).views()
movement_files = pages(
    MOVEMENT, MOVEMENT_FILE, "movements", N_("Movements of hazardous waste"),
    parent=_waste_of,
).views()  # fmt: skip
