"""A reviewed case: what the machine found, the reviewers' scores, the faults and their answers."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.oversight import forms
from anlan.operations.oversight.forms import READING
from anlan.operations.oversight.queries.reviews import (
    File,
    sampled_file,
    sampled_in,
)
from anlan.operations.oversight.queries.words import evidence
from anlan.operations.oversight.rules.checklist import GROUP_WORDS
from anlan.operations.oversight.rules.states import STATE_PILLS, STATE_WORDS, VERB_WORDS, State
from anlan.operations.oversight.views.asking import doer, person
from anlan.operations.people.queries import organisations, requires, scope_of
from anlan.operations.registers.queries import Input, StepForm, drawn, step_said
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_

# The forms beside the page; the checklist and the answers have their own in it.
FORMS: Mapping[str, StepForm] = {
    "name reviewers": StepForm(
        NP_("review form", "Name the reviewers"),
        (Input("one", NP_("review form", "First reviewer"), "choice", choices="able"),
         Input("two", NP_("review form", "Second reviewer"), "choice", choices="able")), forms.name,
    ),
    "send the faults": StepForm(NP_("review form", "Send the faults to the unit"), (), forms.send),
    "return": StepForm(NP_("review form", "Return the answers"),
                       (Input("reason", NP_("review form", "Why")),), forms.give_back),
    "close": StepForm(NP_("review form", "Close the review of this case"), (), forms.close),
}  # fmt: skip


@require_GET
@requires("oversight.view")
def sampled_page(request: HttpRequest, sampled_id: int) -> HttpResponse:
    file = _file(request, sampled_id)
    sampled, state = file.sampled, State(file.sampled.state)
    units = {one.code: one.name for one in organisations()}
    home = sampled.review.unit
    able = [
        (
            one.id,
            one.display_name
            if one.organisation_code == home
            else f"{one.display_name} · {units.get(one.organisation_code, one.organisation_code)}",
        )
        for one in file.able
    ]
    main = next((one for one in FORMS if one in file.verbs), "")
    context = {
        "file": file, "sampled": sampled, "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]), "groups": _groups(file),
        "vetoes": _vetoes(file), "faults": _faults(file), "forms": drawn(
            FORMS, file.verbs, main, {"able": able}),
        "few": "name reviewers" in file.verbs and len(able) < 2,
        "may_score": "score" in file.verbs, "may_answer": "answer" in file.verbs,
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "own": home == scope_of(request.user).organisation,
        "hidden": state is State.ASSIGNED, "today": clock.today(),
    }  # fmt: skip
    return render(request, "oversight/sampled.html", context)


def _file(request: HttpRequest, sampled_id: int) -> File:
    found = sampled_file(sampled_id, scope_of(request.user), person(request))
    if found is None:
        raise Http404
    return found


def _groups(file: File) -> list[dict[str, Any]]:
    """The checklist by its groups, each item with what was computed or what each reviewer gave."""
    found: dict[str, dict[str, Any]] = {}
    for item in file.checklist.items:
        group = found.setdefault(
            item.group, {"word": pgettext(*GROUP_WORDS[item.group]), "items": []}
        )  # fmt: skip
        group["items"].append({
            "item": item,
            "computed": evidence(file.sampled.computed.get(item.computed)),
            "given": [(one.by_name, one.points.get(item.key), one.notes.get(item.key, ""))
                      for one in file.scores],
        })  # fmt: skip
    return list(found.values())


def _vetoes(file: File) -> list[dict[str, Any]]:
    return [
        {"veto": one, "computed": evidence(file.sampled.computed.get(one.computed)),
         "given": [(score.by_name, score.vetoes[one.key]) for score in file.scores
                   if one.key in score.vetoes]}
        for one in file.checklist.vetoes
    ]  # fmt: skip


def _faults(file: File) -> list[dict[str, Any]]:
    """Each fault with its line of the checklist; what was computed says its evidence."""
    lines = {one.key: one for one in file.checklist.lines}
    vetoes = {one.key for one in file.checklist.vetoes}
    return [
        {"fault": one, "line": lines[one.key].text if one.key in lines else one.key,
         "veto": one.key in vetoes,
         "computed": evidence(file.sampled.computed.get(lines[one.key].computed))
         if one.key in lines else None}
        for one in file.faults
    ]  # fmt: skip


@require_POST
@requires("oversight.view")
def take(request: HttpRequest, sampled_id: int) -> HttpResponse:
    """Take one step; what it says is in the form."""
    verb = request.POST.get("verb", "")
    if verb not in READING or not sampled_in(scope_of(request.user)).filter(pk=sampled_id).exists():
        raise Http404
    with step_said(request, VERB_WORDS[verb]):
        READING[verb](doer(request), sampled_id, request.POST.dict())
    return HttpResponseRedirect(f"/cases/sampled/{sampled_id}", status=303)
