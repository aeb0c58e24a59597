"""The steps of a danger on its page, its photos, and listed supervision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import (
    Malformed,
    day_typed,
    drawn,
    keep_typed,
    step_said,
)
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Listing, read_taking
from anlan.operations.safety.forms import FORMS, RIGHT_WORDS
from anlan.operations.safety.queries.dangers import File, danger_file, photo
from anlan.operations.safety.queries.persons import rectifiers, supervisors
from anlan.operations.safety.queries.photographs import paper_answer, sent_bytes
from anlan.operations.safety.rules.enterprises import SECTOR_WORDS
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import GRADE_WORDS
from anlan.operations.safety.views.asking import person
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def forms_of(file: File, one: Person, units: Mapping[str, str]) -> list[dict[str, Any]]:
    """The steps open to me, the main one first, as the page draws them; `units`: those that
    regulate, by code."""
    choices = {
        **shared_choices(), "rectifier": list(rectifiers(file.danger.pk).items()),
        "supervisor": supervisors_beside(one) if "assign" in file.verbs else [],
        "regulator": [(c, n) for c, n in units.items() if c != file.danger.regulator],
    }  # fmt: skip
    return drawn(FORMS, file.verbs, file.next_step, choices, file.danger.five)


def supervisors_beside(one: Person) -> list[tuple[object, str]]:
    """Who else of one's unit may supervise."""
    return [(pk, name) for pk, name in supervisors(one.organisation).items() if pk != one.id]


def shared_choices() -> Mapping[str, Sequence[tuple[object, str]]]:
    """What is chosen from the same list whatever the danger."""
    return {
        "grade": [(key, pgettext(*word)) for key, word in GRADE_WORDS.items()],
        "sector": [(key, pgettext(*word)) for key, word in SECTOR_WORDS.items()],
        "right": [(key, pgettext(*word)) for key, word in RIGHT_WORDS.items()],
    }


@require_POST
@requires("safety.view")
def take(request: HttpRequest, danger_id: int) -> HttpResponse:
    """Take one step; what it is and what it says are in the form."""
    one = person(request)
    file = danger_file(danger_id, scope_of(request.user), one)
    form = FORMS.get(request.POST.get("verb", ""))
    if file is None or form is None:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, form.button):
        form.take(actor_of(request), one, danger_id, given)
    return _back(danger_id)


@require_POST
@requires("safety.find")
def add_photo(request: HttpRequest, danger_id: int) -> HttpResponse:
    if danger_file(danger_id, scope_of(request.user), person(request)) is None:
        raise Http404
    sent = request.FILES.get("photo")
    try:
        raw, name = sent_bytes(sent, N_("Choose a photo.")), str(sent.name) if sent else ""
        actions.add_photo(
            actor_of(request), danger_id, request.POST.get("moment", ""), raw,
            read_taking(request.POST.dict()), name,
        )  # fmt: skip
        messages.success(request, _("The photo is kept."))
    except Refused as fault:
        messages.error(request, worded(fault))
    except Malformed:
        return HttpResponseBadRequest()
    return _back(danger_id)


@require_GET
@requires("safety.view")
def photo_page(request: HttpRequest, photo_id: int) -> HttpResponse:
    kept = photo(photo_id, scope_of(request.user))
    if kept is None:
        raise Http404
    return paper_answer(kept)


@require_POST
@requires("safety.supervise")
def supervise(request: HttpRequest, danger_id: int) -> HttpResponse:
    """Open or end listed supervision."""
    one = person(request)
    if danger_file(danger_id, scope_of(request.user), one) is None:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    try:
        if "finding" in given:
            actions.delist_danger(actor_of(request), one, danger_id, finding=given["finding"])
            messages.success(request, _("The listed supervision has ended."))
        else:
            listing = Listing(
                issuer_name=given.get("issuer", ""), supervisor=given.get("supervisor", ""),
                due_on=day_typed(given.get("due_on", "")), notice=given.get("notice", ""),
                title=given.get("title", ""), unit=given.get("unit", ""),
            )  # fmt: skip
            number = actions.list_danger(actor_of(request), one, danger_id, listing)
            messages.success(request, _("Listed as %(number)s.") % {"number": number})
    except Refused as fault:
        messages.error(request, worded(fault))
        keep_typed(request, fault)
    return _back(danger_id)


def _back(danger_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"/dangers/{danger_id}", status=303)
