"""The exercise register: who has held one this year, one exercise, what it showed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.exercises import forms, queries
from anlan.operations.exercises.actions import add_finding, fix_finding, record_exercise
from anlan.operations.exercises.rules import KIND_WORDS
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import Entered
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("assessment.view")
def exercises_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else clock.today().year
    owners = queries.owners(scope, year)
    context = {
        "year": year, "years": queries.years(scope), "rows": queries.exercises(scope, year=year),
        "met": [o for o in owners if o.met], "missing": [o for o in owners if not o.met],
        "owing": len(owners), "may_record": scope.may("exercises.record"),
    }  # fmt: skip
    return render(request, "exercises/list.html", context)


@require_http_methods(["GET", "POST"])
@requires("exercises.record")
def new_page(request: HttpRequest) -> HttpResponse:
    owners = queries.owners(scope_of(request.user))
    entered = Entered({"held_on": f"{clock.today():%Y-%m-%d}"})
    if request.method == "POST":
        new, entered = forms.new_exercise(request.POST.dict(), owners)
        if new is not None:
            try:
                pk = record_exercise(actor_of(request), new)
            except Refused as fault:
                entered.errors["held_on"] = worded(fault)
            else:
                return HttpResponseRedirect(f"/exercises/{pk}", status=303)
    context = {
        "entered": entered, "owners": owners,
        "kinds": [(kind.value, pgettext(*term)) for kind, term in KIND_WORDS.items()],
    }  # fmt: skip
    return render(request, "exercises/new.html", context, status=422 if entered.errors else 200)


@require_GET
@requires("assessment.view")
def exercise_page(request: HttpRequest, exercise_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    row = queries.exercise(exercise_id, scope)
    if row is None:
        raise Http404
    context = {"row": row, "may_record": scope.may("exercises.record")}
    return render(request, "exercises/exercise.html", context)


@require_POST
@requires("exercises.record")
def finding(request: HttpRequest, exercise_id: int) -> HttpResponse:
    _seen(request, exercise_id)
    try:
        add_finding(actor_of(request), exercise_id, request.POST.get("text", ""))
        messages.success(request, _("The finding is recorded."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/exercises/{exercise_id}", status=303)


@require_POST
@requires("exercises.record")
def fix(request: HttpRequest, exercise_id: int, finding_id: int) -> HttpResponse:
    row = _seen(request, exercise_id)
    if finding_id not in {one.id for one in row.findings}:
        raise Http404
    try:
        new = fix_finding(actor_of(request), finding_id, request.POST.get("how", ""))
        messages.success(request, _("Put right.") if new else _("It was put right before."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/exercises/{exercise_id}", status=303)


def _seen(request: HttpRequest, exercise_id: int) -> queries.ExerciseRow:
    row = queries.exercise(exercise_id, scope_of(request.user))
    if row is None:
        raise Http404
    return row
