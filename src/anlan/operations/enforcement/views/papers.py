"""A paper: taken as a file (recorded), corrected as a new version."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.enforcement.actions import MEDIA, correct_paper, paper_answer
from anlan.operations.enforcement.actions.papers import WORDED
from anlan.operations.enforcement.models import Paper
from anlan.operations.enforcement.queries.cases import paper_in
from anlan.operations.enforcement.rules.forms import FORMS, PAPER_WORDS
from anlan.operations.enforcement.views.asking import person, unit_of
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.vocabulary.transitions import Refused


def _paper(request: HttpRequest, paper_id: int, *, reading: bool = False) -> Paper:
    scope = scope_of(request.user)
    paper = paper_in(paper_id, scope, unit_of(request), reading=reading)
    if paper is None:
        raise Http404
    return paper


@require_POST
@requires("enforcement.view")
def take_file(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The paper as DOCX or PDF. A POST, because taking it leaves a trace."""
    paper, form = _paper(request, paper_id, reading=True), request.POST.get("form", "")
    if form not in MEDIA:
        raise Http404
    try:
        return paper_answer(actor_of(request), paper, form)
    except Refused as fault:
        messages.error(request, worded(fault))
        return HttpResponseRedirect(f"/cases/{paper.case_id}", status=303)


@require_http_methods(["GET", "POST"])
@requires("enforcement.view")
def correct_page(request: HttpRequest, paper_id: int) -> HttpResponse:
    paper, wrong = _paper(request, paper_id), ""
    if request.method == "POST":
        given = {key: str(value) for key, value in request.POST.items()}
        try:
            correct_paper(
                (actor_of(request), person(request)), paper_id, given, given.get("why", "")
            )
        except Refused as fault:
            wrong = worded(fault)
        else:
            messages.success(request, _("The new version is issued; the old one is kept."))
            return HttpResponseRedirect(f"/cases/{paper.case_id}", status=303)
    inputs = [
        (one.key, pgettext(*one.word), paper.said.get(one.key, ""), one.secret)
        for one in FORMS.get(str(paper.said["verb"]), ()) if one.kind in WORDED
    ]  # fmt: skip
    context = {"paper": paper, "word": pgettext(*PAPER_WORDS[paper.kind]), "inputs": inputs,
               "wrong": wrong}  # fmt: skip
    status = 422 if wrong else 200
    return render(request, "enforcement/correct.html", context, status=status)
