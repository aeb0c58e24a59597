"""Checks that were made: list, file with photos and versions, correction."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.checks.actions import correct_check
from anlan.operations.checks.actions.correct import may_correct
from anlan.operations.checks.forms import answers_of_form
from anlan.operations.checks.queries.beside import Checked, check_sections
from anlan.operations.checks.queries.records import CheckFile, check_file, check_photo
from anlan.operations.checks.queries.registers import RECORDS, WHO_WORDS
from anlan.operations.checks.queries.scope import records_in
from anlan.operations.checks.rules.answers import ANSWER_WORDS
from anlan.operations.checks.rules.library import CYCLE_WORDS, prosecutable
from anlan.operations.checks.views.asking import checker
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.photographs import photo_answer
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("checks.view")
def records_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, RECORDS)
    rows = records_in(scope).filter(current=True)
    context = {
        "page": registers.page(RECORDS, rows, asked, scope), "names": named,
        "places": places_under(scope.area_prefix or "", named), "may_check": scope.may("checks.do"),
    }  # fmt: skip
    return render(request, "checks/records.html", context)


@require_GET
@requires("checks.view")
def record_page(request: HttpRequest, check_id: int) -> HttpResponse:
    file = _file(request, check_id)
    newest, first = file.versions[0], file.versions[-1]
    asked = Checked(first.pk, prosecutable(newest.use, newest.not_ok))
    context = _shown(request, file) | {"sections": check_sections(scope_of(request.user), asked)}
    return render(request, "checks/record.html", context)


@require_http_methods(["GET", "POST"])
@requires("checks.do")
def correct_page(request: HttpRequest, check_id: int) -> HttpResponse:
    """A POST makes the next version."""
    file = _file(request, check_id)
    wrong = ""
    if request.method == "POST":
        given = {key: str(value) for key, value in request.POST.items()}
        answers = answers_of_form(given, [one["code"] for one in file.record.answers])
        try:
            pk = correct_check(checker(request), check_id, answers, reason=given.get("reason", ""))
            messages.success(request, _("The corrected version is kept beside the first one."))
            return HttpResponseRedirect(f"/checks/{pk}", status=303)
        except Refused as fault:
            wrong = worded(fault)
    context = _shown(request, file) | {
        "wrong": wrong, "choices": [(key, pgettext(*word)) for key, word in ANSWER_WORDS.items()],
    }  # fmt: skip
    return render(request, "checks/correct.html", context, status=422 if wrong else 200)


@require_GET
@requires("checks.view")
def photo_page(request: HttpRequest, check_photo_id: int) -> HttpResponse:
    kept = check_photo(check_photo_id, scope_of(request.user))
    if kept is None:
        raise Http404
    return photo_answer(kept)


def _file(request: HttpRequest, check_id: int) -> CheckFile:
    file = check_file(check_id, scope_of(request.user))
    if file is None:
        raise Http404
    return file


def _kind(file: CheckFile) -> str:
    if file.earlier:
        return _("Standardisation re-review, after %(n)d before") % {"n": file.earlier}
    return pgettext(*WHO_WORDS[file.record.use])


def _shown(request: HttpRequest, file: CheckFile) -> dict[str, Any]:
    record = file.record
    try:
        may_correct(record, checker(request))
        correctable = scope_of(request.user).may("checks.do")
    except Refused:
        correctable = False
    return {
        "file": file, "record": record, "kind": _kind(file),
        "cycle": pgettext(*CYCLE_WORDS[record.cycle]) if record.cycle else "",
        "lines": [(one, pgettext(*ANSWER_WORDS[one.said["choice"]])) for one in file.lines],
        "correctable": correctable, "names": area_names(),
    }  # fmt: skip
