"""What every page of work safety asks first: who, with which sight, over which places."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.rules.loop import Person
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user), getattr(request.user, "organisation_code", ""))


def names() -> dict[str, str]:
    """The areas' names by code. One query."""
    return {one.code: one.name for one in areas()}


def places(scope: Scope, named: dict[str, str]) -> list[tuple[str, str]]:
    """The streets and communities within sight, for a form or a filter."""
    prefix = scope.area_prefix if scope.reach != "itself" else ""
    return [
        (code, name if len(code) <= 9 else f"　{name}")
        for code, name in sorted(named.items())
        if len(code) > 6 and code.startswith(prefix or "")
    ]


def taken_out(
    request: HttpRequest, register: registers.Register, rows: QuerySet[Any], name: str
) -> HttpResponse:
    """What a list at ``/name`` shows of `rows`, as a workbook; back to it when that is too much."""
    scope = scope_of(request.user)
    asked = registers.asked(register, request.GET.dict())
    found = registers.matching(register, rows, asked, scope)
    try:
        body = registers.exported(register, found, names(), str(request.user))
    except registers.TooMany as fault:
        messages.error(request, _("More than %(most)s rows match; filter first.") % {"most": fault})
        return HttpResponseRedirect(f"/{name}?{asked.address()}", status=303)
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.xlsx"'
    return answer


def number(text: str) -> int | None:
    """The id that a form sent; None for whatever is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def said(fault: Refused) -> str:
    return _(fault.message) % fault.parameters if fault.parameters else _(fault.message)
