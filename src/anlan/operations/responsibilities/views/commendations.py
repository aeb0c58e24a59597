"""The register of commendations: its list, form, files, and taking one back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Entered, Look, Sheet
from anlan.operations.responsibilities.actions import keep_commendation, revoke_commendation
from anlan.operations.responsibilities.queries import commendations_in, person_of
from anlan.operations.responsibilities.queries.commendations import COMMENDATIONS
from anlan.operations.responsibilities.rules.commendation import COMMEND, LEVEL_WORDS, WHOM_WORDS
from anlan.operations.risks.actions import FilePages
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

HERE = "/responsibilities/commendations"


@require_GET
@requires("assessment.view")
def list_page(request: HttpRequest) -> HttpResponse:
    """Those that stand, when nothing else is asked for."""
    scope = scope_of(request.user)
    asked = registers.asked_here(request, COMMENDATIONS, "standing")
    page = registers.page(COMMENDATIONS, commendations_in(scope), asked, scope)
    rows = [
        row | {"level_word": pgettext(*LEVEL_WORDS[row["level"]]),
               "whom_word": pgettext(*WHOM_WORDS[row["whom"]])}
        for row in page.rows
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "places": (), "may_keep": scope.may(COMMEND)}
    return render(request, "responsibilities/commendations.html", context)


@require_GET
@requires("assessment.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = commendations_in(scope_of(request.user))
    return registers.taken_out(request, COMMENDATIONS, rows, {}, HERE, "commendations")


@require_http_methods(["GET", "POST"])
@requires(COMMEND)
def new_page(request: HttpRequest) -> HttpResponse:
    wrong, entered = "", Entered({})
    if request.method == "POST":
        given = {key: str(value) for key, value in request.POST.items()}
        values, entered = registers.typed(COMMENDATIONS, given)
        if not entered.errors:
            try:
                keep_commendation(actor_of(request), person_of(scope_of(request.user)), values)
                messages.success(request, _("The commendation is kept."))
                return HttpResponseRedirect(HERE, status=303)
            except Refused as fault:
                wrong = worded(fault)
    context = {"fields": COMMENDATIONS.typed, "entered": entered, "wrong": wrong}
    bad = bool(wrong or entered.errors)
    return render(request, "responsibilities/commend.html", context, status=422 if bad else 200)


@require_POST
@requires(COMMEND)
def revoke(request: HttpRequest, commendation_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    if not commendations_in(scope).filter(pk=commendation_id).exists():
        raise Http404
    try:
        why = request.POST.get("why", "")
        revoke_commendation(actor_of(request), person_of(scope), commendation_id, why)
        messages.success(request, _("The commendation is revoked."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(HERE, status=303)


def _put_rows(request: HttpRequest, sheet: Sheet, look: Look) -> None:
    who = actor_of(request), person_of(scope_of(request.user))
    for line, values in sheet.rows:
        try:
            look.count(keep_commendation(*who, values)[1])
        except Refused as fault:
            look.refuse(line, "", str(values["name"]), worded(fault))


template, import_page, file_page, take = FilePages(
    kind="commend", right=COMMEND, register=COMMENDATIONS, put=_put_rows,
    names={
        "template": "commendations-template", "import": "import-commendations",
        "back": "commendations",
    },
    words={
        "title": N_("Import commendations"), "list": N_("Commendations"),
        "help": N_("A row a commendation. The same document, name and title are corrected. First "
                   "you see what the file would do; nothing is changed until you take it in."),
    },
).views()  # fmt: skip
