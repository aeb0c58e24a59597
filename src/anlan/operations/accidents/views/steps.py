"""The steps of an accident on its page."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from anlan.operations.accidents.forms.asking import person
from anlan.operations.accidents.forms.steps import FORMS, NOTES
from anlan.operations.accidents.models import Liability, Measure
from anlan.operations.accidents.queries.files import accident_file
from anlan.operations.accidents.rules.states import (
    MARK_WORDS,
    TRACK_WORDS,
    Mark,
    Track,
)
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import (
    step_said,
)


def given_choices(
    leaders: Mapping[int, str], measures: Sequence[Measure], liabilities: Sequence[Liability]
) -> dict[str, list[tuple[object, str]]]:
    """What the forms offer to choose from; a liability by its number on the page, without names."""
    numbered = [(one, _said(number, one)) for number, one in enumerate(liabilities, 1)]
    return {
        "leader": list(leaders.items()),
        "mark": [(key, pgettext(*word)) for key, word in MARK_WORDS.items() if key != Mark.LATE],
        "track": [(key, pgettext(*word)) for key, word in TRACK_WORDS.items()],
        "liability": [(one.pk, said) for one, said in numbered if one.settled_at is None],
        "recommendation": [(one.pk, said) for one, said in numbered if one.lacks_deadline],
        "measure": [(one.pk, one.text[:40]) for one in measures if one.done_at is None],
    }  # fmt: skip


def _said(number: int, one: Liability) -> str:
    return " ".join(
        filter(None, (f"{number}", pgettext(*TRACK_WORDS[Track(one.track)]), one.owner))
    )


@require_POST
@requires("accidents.view")
def take(request: HttpRequest, accident_id: int) -> HttpResponse:
    """Take one step or write something down; what it is and what it says are in the form."""
    form = (FORMS | NOTES).get(request.POST.get("verb", ""))
    if form is None or accident_file(accident_id, scope_of(request.user), person(request)) is None:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, form.button):
        form.take(request, accident_id, given)
    return HttpResponseRedirect(f"/accidents/{accident_id}", status=303)
