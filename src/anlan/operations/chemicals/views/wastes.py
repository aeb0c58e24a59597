"""Hazardous waste and its movements: their pages, and movements that a waste's page enters."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from anlan.operations.chemicals.actions import MOVEMENT, WASTE, Owner, last_day
from anlan.operations.chemicals.models import Movement, Waste
from anlan.operations.chemicals.queries.registers import MOVEMENTS, WASTES
from anlan.operations.chemicals.queries.scope import records_in
from anlan.operations.chemicals.rules.words import KEEP
from anlan.operations.chemicals.views.pages import BookPages, may_enter
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers import queries as registers
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

MOST_SHOWN = 50


def _of_waste(request: HttpRequest, waste: Waste) -> dict[str, Any]:
    """The newest movements and until when the oldest of the stock may stay."""
    moves = Movement.objects.filter(waste=waste.pk, withdrawn_at=None).order_by("-on", "-pk")
    due = last_day(waste)
    return {
        "moves": list(moves.values(*(one.key for one in MOVEMENTS.listed), "pk")[:MOST_SHOWN]),
        "movements": MOVEMENTS, "due": due, "late": due is not None and due < clock.today(),
        "may_move": waste.withdrawn_at is None and may_enter(request, waste.enterprise_id),
    }  # fmt: skip


def _of_movement(_request: HttpRequest, move: Movement) -> dict[str, Any]:
    return {"waste": move.waste}


waste_pages = BookPages(
    book=WASTE, register=WASTES, address="/chemicals/wastes", tab="wastes", link="name",
    wide=("enterprise__area_code", "hazards"), more=_of_waste,
    words={
        "list": N_("Hazardous waste"), "new": N_("Enter a waste"),
        "empty": N_("No waste here. Enter the first one, or import a file."),
    },
)  # fmt: skip
movement_pages = BookPages(
    book=MOVEMENT, register=MOVEMENTS, address="/chemicals/movements", tab="movements", link="on",
    wide=("enterprise__area_code", "waste__code", "receiver"), more=_of_movement,
    words={
        "list": N_("Movements of hazardous waste"), "new": N_("Enter a movement"),
        "empty": N_("No movement here. They are entered at their waste."),
    },
)  # fmt: skip
WASTE_VIEWS, MOVEMENT_VIEWS = waste_pages.views(), movement_pages.views()


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_movement(request: HttpRequest, waste_id: int) -> HttpResponse:
    """A movement of a waste within sight."""
    of = records_in(Waste, scope_of(request.user)).filter(pk=waste_id).first()
    if of is None or of.withdrawn_at is not None or not may_enter(request, of.enterprise_id):
        raise Http404
    entered = registers.Entered({"on": f"{clock.today()}"})
    if request.method == "POST":
        owner = Owner(enterprise_id=of.enterprise_id, parent_id=of.pk)
        entered, done = movement_pages.taken(request, owner)
        if done is not None:
            return done
    return movement_pages.form(
        request, entered, {"parent": of, "back": f"/chemicals/wastes/{of.pk}"}
    )
