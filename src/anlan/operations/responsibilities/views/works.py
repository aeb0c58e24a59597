"""The list of works, one work with its steps and evidence, and its form."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import organisations, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Entered, Input, StepForm, drawn, key_of, step_said
from anlan.operations.responsibilities.actions import (
    NewWork,
    add_photo,
    put_work,
    take_step,
)
from anlan.operations.responsibilities.models import Bearer, Work
from anlan.operations.responsibilities.queries import (
    bearers_in,
    person_of,
    photo_of,
    work_file,
    works_in,
)
from anlan.operations.responsibilities.queries.files import in_force
from anlan.operations.responsibilities.queries.registers import ROWS, WORKS, late_on
from anlan.operations.responsibilities.rules.loop import quarter_end
from anlan.operations.responsibilities.rules.states import (
    DO,
    KEEP,
    QUARTER_WORDS,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    State,
)
from anlan.operations.responsibilities.views.lists import units_kept, year_asked
from anlan.operations.safety.queries.photographs import paper_answer, sent_bytes
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

_SAID = NP_("work form", "In words")
_WHY = (Input("words", NP_("work form", "Why")),)
FORMS: Mapping[str, StepForm] = {
    verb: StepForm(word, inputs, take_step)
    for verb, word, inputs in (
        ("begin", NP_("work form", "Begin"), ()),
        ("report", NP_("work form", "Report progress"),
         (Input("percent", NP_("work form", "Percent, 0 to 99"), "whole"), Input("words", _SAID))),
        ("submit", NP_("work form", "Submit as done"),
         (Input("words", NP_("work form", "What was done (evidence)")),)),
        ("confirm", NP_("work form", "Confirm"), (Input("words", _SAID, required=False),)),
        ("return", NP_("work form", "Return"), _WHY),
        ("drop", NP_("work form", "Drop"), _WHY),
    )
}  # fmt: skip
TYPED = ("number", "what", "measure", "quarter", "due_on")


@require_GET
@requires("assessment.view")
def works_page(request: HttpRequest) -> HttpResponse:
    """What is open, when nothing else is asked for."""
    scope = scope_of(request.user)
    asked = registers.asked_here(request, WORKS, "open")
    rows = works_in(scope)
    page = registers.page(WORKS, rows, asked, scope)
    here = rows.filter(late_on(clock.today()), pk__in=[row["pk"] for row in page.rows])
    late = set(here.values_list("pk", flat=True))
    shown = [
        row | {"pill": STATE_PILLS[State(row["state"])], "late": row["pk"] in late,
               "state_word": pgettext(*STATE_WORDS[State(row["state"])])}
        for row in page.rows
    ]  # fmt: skip
    context = {"page": page, "rows": shown, "places": (), "may_keep": scope.may(KEEP)}
    return render(request, "responsibilities/works.html", context)


@require_GET
@requires("assessment.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = works_in(scope_of(request.user))
    return registers.taken_out(request, WORKS, rows, {}, "/responsibilities/works", "year-works")


@require_GET
@requires("assessment.view")
def work_page(request: HttpRequest, work_id: int) -> HttpResponse:
    file = work_file(work_id, scope_of(request.user))
    if file is None:
        raise Http404
    state = State(file.work.state)
    context = {
        "file": file, "work": file.work, "bearer": file.work.bearer, "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]),
        "steps": [(one, pgettext(*VERB_WORDS[one.verb]), _before(one.before_fields))
                  for one in file.steps],
        "may_amend": "amend" in file.verbs, "may_add": "submit" in file.verbs,
        "forms": drawn(FORMS, file.verbs, _main(file.verbs), {}),
    }  # fmt: skip
    return render(request, "responsibilities/work.html", context)


def _main(verbs: tuple[str, ...]) -> str:
    """What comes next: the first of these that this person may do."""
    return next((one for one in ("confirm", "begin", "report") if one in verbs), "")


def _before(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    words = {
        "number": ROWS.field("number"), "what": ROWS.field("what"),
        "measure": ROWS.field("measure"), "unit_code": ROWS.field("done_by"),
        "due_on": ROWS.field("due_on"),
        "duty_id": ROWS.field("duty"),
    }  # fmt: skip
    return [(pgettext(*words[key].word), text or "—") for key, text in fields.items()]


@require_POST
@requires("assessment.view")
def step(request: HttpRequest, work_id: int) -> HttpResponse:
    scope, verb = scope_of(request.user), request.POST.get("verb", "")
    form = FORMS.get(verb)
    if form is None or not works_in(scope).filter(pk=work_id).exists():
        raise Http404
    with step_said(request, form.button):
        take_step(
            actor_of(request), person_of(scope), work_id, verb,
            words=request.POST.get("words", ""), percent=key_of(request.POST.get("percent", "")),
        )  # fmt: skip
    return _back(work_id)


@require_POST
@requires(DO)
def add(request: HttpRequest, work_id: int) -> HttpResponse:
    """Keep a photo or document as evidence."""
    scope = scope_of(request.user)
    if not works_in(scope).filter(pk=work_id).exists():
        raise Http404
    sent = request.FILES.get("photo")
    try:
        raw = sent_bytes(sent, N_("Choose a photo or document."))
        name = str(sent.name) if sent else ""
        add_photo(actor_of(request), person_of(scope), work_id, raw, name)
        messages.success(request, _("The evidence is kept."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return _back(work_id)


@require_GET
@requires("assessment.view")
def photo_page(request: HttpRequest, work_photo_id: int) -> HttpResponse:
    kept = photo_of(work_photo_id, scope_of(request.user))
    if kept is None:
        raise Http404
    return paper_answer(kept)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_page(request: HttpRequest, bearer_id: int) -> HttpResponse:
    """A work more in a list of this year or the year asked for."""
    bearer = bearers_in(scope_of(request.user)).filter(pk=bearer_id, ended_on=None).first()
    if bearer is None:
        raise Http404
    return _form(request, bearer, year_asked(request), None)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def amend_page(request: HttpRequest, work_id: int) -> HttpResponse:
    file = work_file(work_id, scope_of(request.user))
    if file is None or "amend" not in file.verbs:
        raise Http404
    return _form(request, file.work.bearer, file.work.year, file.work)


def _form(request: HttpRequest, bearer: Bearer, year: int, work: Work | None) -> HttpResponse:
    scope, wrong, entered = scope_of(request.user), "", Entered(_given(bearer, work))
    if request.method == "POST":
        given = {key: str(value) for key, value in request.POST.items()}
        if work is not None:
            given["number"] = work.number
        values, entered = registers.typed(ROWS, given, only=TYPED)
        if not entered.errors:
            try:
                new = _new(year, given, values)
                pk, _came = put_work(actor_of(request), person_of(scope), bearer.pk, new)
                return _back(pk)
            except Refused as fault:
                wrong = worded(fault)
    today = clock.today()
    context = {
        "bearer": bearer, "year": year, "work": work, "entered": entered, "wrong": wrong,
        "fields": [ROWS.field(key) for key in TYPED if work is None or key != "number"],
        "units": units_kept(scope),
        "duties": [one for one in bearer.duties.all() if in_force(one, today)],
    }  # fmt: skip
    bad = bool(wrong or entered.errors)
    return render(request, "responsibilities/work_form.html", context, status=422 if bad else 200)


def _given(bearer: Bearer, work: Work | None) -> dict[str, str]:
    if work is None:
        return {"unit": bearer.unit_code}
    return {
        "what": work.what, "measure": work.measure, "due_on": f"{work.due_on}",
        "unit": work.unit_code, "duty": str(work.duty_id or ""),
    }  # fmt: skip


def _new(year: int, given: Mapping[str, str], values: Mapping[str, object]) -> NewWork:
    unit = next((one for one in organisations() if one.code == given.get("unit", "")), None)
    if unit is None:
        raise Refused(N_("There is no such unit."))
    return NewWork(
        year=year, number=str(values["number"]), what=str(values["what"]),
        measure=str(values["measure"]), unit=unit, due_on=due(year, values),
        duty_id=key_of(given.get("duty", "")),
    )  # fmt: skip


def due(year: int, values: Mapping[str, object]) -> date:
    """The day, else the end of the quarter, else that of the year."""
    day = values.get("due_on")
    if isinstance(day, date):
        return day
    return quarter_end(year, int(str(values.get("quarter") or max(QUARTER_WORDS))))


def _back(work_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"/responsibilities/works/{work_id}", status=303)
