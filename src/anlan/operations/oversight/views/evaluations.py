"""Evaluations of enforcement's effect: the list, a new one, one with its figures and measures."""

from collections.abc import Callable, Mapping
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.papers import DOCX, PDF, docx, pdf
from anlan.operations.enforcement.queries.effect import items
from anlan.operations.oversight.actions import evaluation as actions
from anlan.operations.oversight.queries.evaluations import (
    File,
    evaluation_file,
    evaluations_in,
    providers,
    published,
)
from anlan.operations.oversight.queries.papers import paper_of
from anlan.operations.oversight.queries.registers import EVALUATIONS
from anlan.operations.oversight.rules.evaluation import (
    LEAD,
    MEASURE_PILLS,
    MEASURE_WORDS,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    MeasureState,
    State,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import organisations, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Input, StepForm, day_typed, drawn, key_of, step_said
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

Given = Mapping[str, str]
SHOWN = 50
MEDIA = {"docx": (DOCX, docx), "pdf": (PDF, pdf)}


def _doer(request: HttpRequest) -> actions.Doer:
    return actor_of(request), scope_of(request.user)


def _told(action: Callable[..., None], key: str) -> Callable[[HttpRequest, int, Given], None]:
    def take(request: HttpRequest, pk: int, given: Given) -> None:
        action(_doer(request), pk, given.get(key, ""))

    return take


def _of(action: Callable[..., None], *keys: str) -> Callable[[HttpRequest, int, Given], None]:
    def take(request: HttpRequest, pk: int, given: Given) -> None:
        measure = key_of(given.get("measure", ""))
        action(_doer(request), pk, measure, *(given.get(key, "") for key in keys))

    return take


def _set(request: HttpRequest, pk: int, given: Given) -> None:
    new = actions.NewMeasure(
        finding=given.get("finding", ""), text=given.get("text", ""),
        owner=key_of(given.get("owner", "")) or 0, due_on=day_typed(given.get("due_on", "")),
    )  # fmt: skip
    actions.set_measure(_doer(request), pk, new)


def _close(request: HttpRequest, pk: int, _given: Given) -> None:
    actions.close_evaluation(_doer(request), pk)


_WHICH = Input("measure", NP_("evaluation form", "Measure"), "choice")
_FAR = Input("progress", NP_("evaluation form", "How far it is"))
_WHY = Input("reason", NP_("evaluation form", "Why"), longest=500)
FORMS: Mapping[str, StepForm] = {
    "submit the opinion": StepForm(NP_("evaluation form", "Hand in the opinion"), (
        Input("opinion", NP_("evaluation form", "Findings and opinion, without names of parties"),
              longest=4000),), _told(actions.submit_opinion, "opinion")),
    "set a measure": StepForm(NP_("evaluation form", "Set a measure"), (
        Input("finding", NP_("evaluation form", "What was found"), longest=500),
        Input("text", NP_("evaluation form", "What is done about it"), longest=500),
        Input("owner", NP_("evaluation form", "Who does it"), "choice"),
        Input("due_on", NP_("evaluation form", "Until when"), "day"),
    ), _set),
    "answer": StepForm(NP_("evaluation form", "Answer the opinion"), (
        Input("answer", NP_("evaluation form", "The unit's answer"), longest=4000),
    ), _told(actions.answer_opinion, "answer")),
    "return the opinion": StepForm(NP_("evaluation form", "Return the opinion"), (_WHY,),
                                   _told(actions.return_opinion, "reason")),
    "report progress": StepForm(NP_("evaluation form", "Report on a measure"), (_WHICH, _FAR),
                                _of(actions.report_progress, "progress")),
    "report done": StepForm(NP_("evaluation form", "Report a measure done"), (_WHICH, _FAR),
                            _of(actions.report_done, "progress")),
    "accept a measure": StepForm(NP_("evaluation form", "Accept a measure"), (_WHICH,),
                                 _of(actions.accept_measure)),
    "send a measure back": StepForm(NP_("evaluation form", "Send a measure back"), (_WHICH, _WHY),
                                    _of(actions.send_measure_back, "reason")),
    "publish": StepForm(NP_("evaluation form", "Publish the summary"), (
        Input("summary", NP_("evaluation form", "Summary for everybody"), longest=4000),
    ), _told(actions.publish_summary, "summary")),
    "close": StepForm(NP_("evaluation form", "Close the evaluation"), (), _close),
}  # fmt: skip


@require_GET
@requires("oversight.view")
def evaluations_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = registers.asked_here(request, EVALUATIONS)
    page = registers.page(EVALUATIONS, evaluations_in(scope), asked, scope)
    context = {
        "page": page, "may_open": scope.may(LEAD),
        "rows": [row | {"pill": STATE_PILLS[State(row["state"])],
                        "word": pgettext(*STATE_WORDS[State(row["state"])])}
                 for row in page.rows],
    }  # fmt: skip
    return render(request, "oversight/evaluations.html", context)


@require_GET
@requires("oversight.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = evaluations_in(scope_of(request.user))
    return registers.taken_out(
        request, EVALUATIONS, rows, {}, "/cases/evaluations", "enforcement-evaluations"
    )


@require_http_methods(["GET", "POST"])
@requires("oversight.open")
def new_page(request: HttpRequest) -> HttpResponse:
    """A period, a sector or all of them, an item or all of them, and who evaluates."""
    return _form(request, partial(actions.open_evaluation, _doer(request)), {})


@require_http_methods(["GET", "POST"])
@requires("oversight.open")
def amend_page(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    file = _file(request, evaluation_id)
    if "amend" not in file.verbs:
        raise Http404
    known = {key: f"{getattr(file.evaluation, key)}" for key in actions.SAID}

    def amend(new: actions.NewEvaluation) -> int:
        actions.amend_evaluation(_doer(request), evaluation_id, new)
        return evaluation_id

    return _form(request, amend, known, file.evaluation.number)


def _form(
    request: HttpRequest, keep: Callable[[actions.NewEvaluation], int], known: Given,
    number: str = "",
) -> HttpResponse:  # fmt: skip
    given, wrong = request.POST.dict() or known, ""
    if request.method == "POST":
        try:
            pk = keep(actions.NewEvaluation(
                since=day_typed(given.get("since", "")), until=day_typed(given.get("until", "")),
                due_on=day_typed(given.get("due_on", "")), sector=given.get("sector", ""),
                item=given.get("item", ""), provider=given.get("provider", ""),
            ))  # fmt: skip
        except Refused as fault:
            wrong = worded(fault)
        else:
            return HttpResponseRedirect(f"/cases/evaluations/{pk}", status=303)
    sectors = ENTERPRISES.field("sector").choices
    context = {
        "given": given, "wrong": wrong, "providers": providers(), "today": clock.today(),
        "items": items(), "number": number,
        "sectors": [(key, pgettext(*word)) for key, word in sectors.items()],
    }  # fmt: skip
    return render(request, "oversight/new_evaluation.html", context, status=422 if wrong else 200)


@require_GET
@requires("oversight.view")
def evaluation_page(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    file = _file(request, evaluation_id)
    one, state = file.evaluation, State(file.evaluation.state)
    choices = {
        "measure": [(m.pk, m.text[:40]) for m in file.measures],
        "owner": [(m.id, m.display_name) for m in file.staff],
    }
    main = next((verb for verb in FORMS if verb in file.verbs), "")
    context = {
        "file": file, "one": one, "pill": STATE_PILLS[state], "register": EVALUATIONS,
        "state_word": pgettext(*STATE_WORDS[state]), "today": clock.today(),
        "measures": [(m, MEASURE_PILLS[MeasureState(m.state)],
                      pgettext(*MEASURE_WORDS[MeasureState(m.state)])) for m in file.measures],
        "steps": [(step, pgettext(*VERB_WORDS[step.verb])) for step in file.steps],
        "forms": drawn(FORMS, file.verbs, main, choices), "may_amend": "amend" in file.verbs,
    }  # fmt: skip
    return render(request, "oversight/evaluation.html", context)


@require_GET
@requires("oversight.view")
def paper(request: HttpRequest, evaluation_id: int, form: str) -> HttpResponse:
    """The evaluation as DOCX or PDF: figures, opinion, answer, measures; no party is named."""
    file = _file(request, evaluation_id)
    if form not in MEDIA:
        raise Http404
    kind, make = MEDIA[form]
    names = {one.code: one.name for one in organisations()}
    answer = HttpResponse(make(paper_of(file, names)), content_type=kind)
    name = f"{file.evaluation.number}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@requires("oversight.view")
def take(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Take one step; what it says is in the form."""
    form = FORMS.get(request.POST.get("verb", ""))
    rows = evaluations_in(scope_of(request.user))
    if form is None or not rows.filter(pk=evaluation_id).exists():
        raise Http404
    with step_said(request, form.button):
        form.take(request, evaluation_id, request.POST.dict())
    return HttpResponseRedirect(f"/cases/evaluations/{evaluation_id}", status=303)


@require_GET
def public_page(request: HttpRequest) -> HttpResponse:
    """The published summaries, for everybody."""
    names = {one.code: one.name for one in organisations()}
    rows = [(one, names.get(one.unit, one.unit)) for one in published()[:SHOWN]]
    return render(request, "oversight/public_evaluations.html", {"rows": rows})


def _file(request: HttpRequest, evaluation_id: int) -> File:
    found = evaluation_file(evaluation_id, scope_of(request.user))
    if found is None:
        raise Http404
    return found
