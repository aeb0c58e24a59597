"""How departments answer and how streets are served: counted from the calls, never typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.calls.queries.counts import Spell, counted
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import day_asked
from anlan.vocabulary import clock


@require_GET
@requires("calls.view")
def counts_page(request: HttpRequest) -> HttpResponse:
    """The calls made from `since` until `until`; this year so far where nothing is asked."""
    today = clock.today()
    spell = Spell(
        day_asked(request.GET.get("since", ""), today.replace(month=1, day=1)),
        day_asked(request.GET.get("until", ""), today),
    )
    departments, streets = counted(scope_of(request.user), spell)
    context = {"spell": spell, "departments": departments, "streets": streets}
    return render(request, "calls/counts.html", context)
