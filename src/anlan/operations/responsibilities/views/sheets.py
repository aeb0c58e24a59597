"""A year's list out of a file: first a look at what it would do, then its good rows."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import OrganisationRow, organisations, scope_of, worded
from anlan.operations.registers.queries import Look, Sheet
from anlan.operations.responsibilities.actions import NewWork, duty_numbers, put_work
from anlan.operations.responsibilities.models import Bearer
from anlan.operations.responsibilities.queries import bearers_in, person_of
from anlan.operations.responsibilities.queries.registers import ROWS
from anlan.operations.responsibilities.rules.states import KEEP
from anlan.operations.responsibilities.views.works import due
from anlan.operations.risks.actions import FilePages
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _put_rows(request: HttpRequest, sheet: Sheet, look: Look) -> None:
    """A row a work, into the list of the post or unit that leads it."""
    scope = scope_of(request.user)
    units = {word: one for one in organisations() for word in (one.code, one.name)}
    lists = {(one.unit_code, one.post): one for one in bearers_in(scope).filter(ended_on=None)}
    duties = {one.pk: duty_numbers(one.pk, clock.today()) for one in _needed(sheet, units, lists)}
    for line, values in sheet.rows:
        led_in, post = str(values["led_in"]), str(values.get("post") or "")
        unit = units.get(led_in)
        doing = units.get(str(values.get("done_by") or "") or led_in)
        bearer = lists.get((unit.code, post)) if unit else None
        if bearer is None:
            _refuse(
                look,
                line,
                "post" if unit else "led_in",
                f"{led_in} {post}".strip(),
                _("There is no list of this post or unit within your sight: open it first."),
            )
            continue
        if doing is None:
            _refuse(look, line, "done_by", str(values["done_by"]), _("There is no such unit."))
            continue
        number = values.get("duty")
        if number is not None and number not in duties[bearer.pk]:
            _refuse(look, line, "duty", str(number), _("The duty is not in this list."))
            continue
        try:
            new = NewWork(
                year=values["year"], number=values["number"], what=values["what"],
                measure=values["measure"], unit=doing, due_on=due(values["year"], values),
                duty_id=duties[bearer.pk][number] if number is not None else None,
            )  # fmt: skip
            look.count(put_work(actor_of(request), person_of(scope), bearer.pk, new)[1])
        except Refused as fault:
            _refuse(look, line, "number", str(values["number"]), worded(fault))


def _needed(
    sheet: Sheet, units: Mapping[str, OrganisationRow], lists: Mapping[tuple[str, str], Bearer]
) -> list[Bearer]:
    """The lists whose duties are named in the file, each once."""
    found = {}
    for _line, values in sheet.rows:
        unit = units.get(str(values["led_in"]))
        one = lists.get((unit.code, str(values.get("post") or ""))) if unit else None
        if one is not None:
            found[one.pk] = one
    return list(found.values())


def _refuse(look: Look, line: int, key: str, text: str, why: str) -> None:
    look.refuse(line, pgettext(*ROWS.field(key).word), text, why)


template, import_page, file_page, take = FilePages(
    kind="year-works", right=KEEP, register=ROWS, put=_put_rows,
    names={
        "template": "year-works-template", "import": "import-year-works", "back": "year-works",
    },
    words={
        "title": N_("Import a year's list of works"), "list": N_("Works of the year"),
        "help": N_("A row a work: who leads it (unit and post), which unit does it, when it is "
                   "done, by which quarter or day. A number that is known in the list of the year "
                   "is amended. First you see what the file would do; nothing is changed until "
                   "you take it in."),
    },
).views()  # fmt: skip
