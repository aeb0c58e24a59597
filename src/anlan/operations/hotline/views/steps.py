"""The steps of a report on its page."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from anlan.operations.hotline.forms.asking import person
from anlan.operations.hotline.forms.steps import forms_of
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.files import ANOTHER, tip_file
from anlan.operations.hotline.queries.registers import TIPS
from anlan.operations.hotline.rules.hazards import DUTY_WORDS, SIGN_WORDS
from anlan.operations.hotline.rules.states import VERDICT_WORDS
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import step_said


def given_choices(
    units: Mapping[str, str],
    handlers: Mapping[int, str],
    earlier: Sequence[Tip],
    same: Sequence[Tip],
) -> dict[str, list[tuple[object, str]]]:
    """What the forms offer to choose from."""
    sectors = TIPS.field("sector").choices
    return {
        "unit": list(units.items()), "handlers": list(handlers.items()),
        "sector": [(key, pgettext(*word)) for key, word in sectors.items()],
        "verdict": [(key, pgettext(*word)) for key, word in VERDICT_WORDS.items()],
        "sign": [(key, pgettext(*word)) for key, word in SIGN_WORDS.items()],
        "duty": [(key, pgettext(*word)) for key, word in DUTY_WORDS.items()],
        "early": [("yes", pgettext("early", "Yes, it came first")),
                  ("no", pgettext("early", "No, it was known"))],
        "same_as": [*((one.number, f"{one.number} {one.matter[:30]}") for one in same),
                    (ANOTHER, pgettext("same", "None: this is another one"))] if same else [],
        "into": [(one.number, f"{one.number} {one.matter[:30]}") for one in earlier],
    }  # fmt: skip


@sensitive_post_parameters("code")
@require_POST
@requires("hotline.view")
def take(request: HttpRequest, tip_id: int) -> HttpResponse:
    """Take one step; what it is and what it says are in the form."""
    file = tip_file(tip_id, scope_of(request.user), person(request))
    if file is None:
        raise Http404
    form = forms_of(file.tip).get(request.POST.get("verb", ""))
    if form is None:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, form.button):
        form.take(request, tip_id, given)
    return HttpResponseRedirect(f"/hotline/{tip_id}", status=303)
