"""How patrols were walked by street and hazard: counted, never typed."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.patrols.queries.counts import Spell, counted
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import day_asked
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock

SHOWN = timedelta(days=30)


@require_GET
@requires("patrols.view")
def counts_page(request: HttpRequest) -> HttpResponse:
    """The patrols of the days from `since` until `until`; 30 days where nothing is asked."""
    today = clock.today()
    spell = Spell(
        day_asked(request.GET.get("since", ""), today - SHOWN),
        day_asked(request.GET.get("until", ""), today),
    )
    streets, hazards = counted(scope_of(request.user), spell, area_names())
    context = {"spell": spell, "streets": streets, "hazards": hazards}
    return render(request, "patrols/counts.html", context)
