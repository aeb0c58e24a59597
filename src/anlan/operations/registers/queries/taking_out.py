"""A list taken out as a workbook: what it shows with its filters, never more than one may see."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from anlan.operations.people.actions import actor_of, log_export
from anlan.operations.people.queries import download, scope_of
from anlan.operations.registers.queries.declaration import Register
from anlan.operations.registers.queries.listing import asked, matching
from anlan.operations.registers.queries.shown import TooMany, exported
from anlan.vocabulary import clock


def taken_out(
    request: HttpRequest, register: Register, rows: QuerySet[Any], areas: Mapping[str, str],
    address: str, name: str,
) -> HttpResponse:  # fmt: skip
    """What the list at `address` shows of `rows`, saved as `name` with the day.

    `areas`: their names by code. Who took out how many rows of which filter is audited. Back to
    the list when too many rows match.
    """
    question = asked(register, request.GET.dict())
    found = matching(register, rows, question, scope_of(request.user))
    try:
        body, count = exported(register, found, areas, str(request.user))
    except TooMany as fault:
        messages.error(request, _("More than %(most)s rows match; filter first.") % {"most": fault})
        return HttpResponseRedirect(f"{address}?{question.address()}", status=303)
    log_export(actor_of(request), name, question.address(), count)
    return download(body, f"{name}-{clock.today()}")
