"""Officers' appraisals: the year's list, and one officer with figures, grade and objection."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.oversight import forms
from anlan.operations.oversight.queries.appraisals import (
    File,
    appraisal_file,
    lines,
    person_of,
    possible_year,
)
from anlan.operations.oversight.rules.appraisal import (
    APPRAISE,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import Input, StepForm, drawn, key_of, step_said
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_

YEARS = 5
_WHY = Input("reason", NP_("appraisal form", "Why"))
_GRADE = Input("grade", NP_("appraisal form", "Grade"), "choice", choices="grades")


FORMS: Mapping[str, StepForm] = {
    "grade": StepForm(NP_("appraisal form", "Grade the year"), (_GRADE, _WHY), forms.grade),
    "object": StepForm(NP_("appraisal form", "Object to the grade"), (_WHY,), forms.object_to),
    "uphold": StepForm(NP_("appraisal form", "Uphold the grade"), (_WHY,), forms.uphold),
    "change the grade": StepForm(NP_("appraisal form", "Change the grade"), (_GRADE, _WHY),
                                 forms.change),
}  # fmt: skip


@require_GET
@requires("oversight.view")
def appraisals_page(request: HttpRequest) -> HttpResponse:
    """The officers that one may see, each with the figures of the year."""
    scope, this_year = scope_of(request.user), clock.today().year
    year = key_of(request.GET.get("year", "")) or this_year
    if not possible_year(year):
        raise Http404
    rows = [(one, STATE_PILLS[one.state], pgettext(*STATE_WORDS[one.state]))
            for one in lines(scope, year)]  # fmt: skip
    context = {"rows": rows, "year": year, "years": range(this_year, this_year - YEARS, -1),
               "all_of_them": scope.may(APPRAISE)}  # fmt: skip
    return render(request, "oversight/appraisals.html", context)


@require_GET
@requires("oversight.view")
def officer_page(request: HttpRequest, year: int, account_id: int) -> HttpResponse:
    file = _file(request, year, account_id)
    line = file.line
    main = next((one for one in FORMS if one in file.verbs), "")
    context = {
        "file": file, "line": line, "year": year, "appraisal": line.appraisal,
        "pill": STATE_PILLS[line.state], "state_word": pgettext(*STATE_WORDS[line.state]),
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "forms": drawn(FORMS, file.verbs, main, {"grades": [(one, one) for one in file.grades]}),
    }  # fmt: skip
    return render(request, "oversight/officer.html", context)


def _file(request: HttpRequest, year: int, account_id: int) -> File:
    found = None
    if possible_year(year):
        found = appraisal_file(scope_of(request.user), year, account_id)
    if found is None:
        raise Http404
    return found


@require_POST
@requires("oversight.view")
def take(request: HttpRequest, year: int, account_id: int) -> HttpResponse:
    """Take one step; what it says is in the form."""
    file, verb = _file(request, year, account_id), request.POST.get("verb", "")
    grading = forms.GRADING.get(verb)
    if grading is None:
        raise Http404
    scope = scope_of(request.user)
    with step_said(request, VERB_WORDS[verb]):
        doer = actor_of(request), person_of(scope)
        grading(doer, scope.area or "", (year, file), request.POST.dict())
    return HttpResponseRedirect(f"/cases/appraisals/{year}/{account_id}", status=303)
