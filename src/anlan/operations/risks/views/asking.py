"""What every page of risk control asks first: who, with which sight, over which places."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.risks.queries.scope import person_of
from anlan.operations.risks.rules.loop import Person
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def names() -> dict[str, str]:
    """The areas' names by code. One query."""
    return {one.code: one.name for one in areas()}


def places(scope: Scope, named: dict[str, str]) -> list[tuple[str, str]]:
    """The streets within sight, for a filter."""
    prefix = scope.area_prefix or ""
    return [(c, n) for c, n in sorted(named.items()) if len(c) == 9 and c.startswith(prefix)]


def enterprise(scope: Scope, enterprise_id: object) -> dict[str, Any]:
    """What the pages say of an enterprise within sight; else 404."""
    if not str(enterprise_id).isdigit():
        raise Http404
    rows = enterprises_in(scope).filter(pk=int(str(enterprise_id)))
    one = rows.values("pk", "name", "level", "address", "credit_code").first()
    if one is None:
        raise Http404
    return dict(one)


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
    return sheet(body, f"{name}-{clock.today()}")


def sheet(body: bytes, name: str) -> HttpResponse:
    """A workbook to be saved as `name`.xlsx."""
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def said(fault: Refused) -> str:
    return _(fault.message) % fault.parameters if fault.parameters else _(fault.message)
