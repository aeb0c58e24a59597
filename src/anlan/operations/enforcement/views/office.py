"""What the office keeps of its officers: certificates."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from anlan.operations.enforcement.actions import NewCertificate, keep_certificate
from anlan.operations.enforcement.queries.officers import officers_of
from anlan.operations.enforcement.queries.scope import certificates_in
from anlan.operations.enforcement.rules.officers import QUALIFIED_WORDS
from anlan.operations.enforcement.views.asking import person, unit_of
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import day_typed
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_http_methods(["GET", "POST"])
@requires("enforcement.view")
def certificates_page(request: HttpRequest) -> HttpResponse:
    scope, unit, wrong = scope_of(request.user), unit_of(request), ""
    rows = list(certificates_in(scope, unit).order_by("holder", "-valid_to"))
    own = {one.id: one.name for one in officers_of(unit)}
    if request.method == "POST":
        try:
            keep_certificate(actor_of(request), person(request), _typed(request, own))
        except Refused as fault:
            wrong = worded(fault)
        else:
            messages.success(request, _("The certificate is on record."))
            return HttpResponseRedirect("/cases/certificates", status=303)
    words = {key: pgettext(*word) for key, word in QUALIFIED_WORDS.items()}
    context = {
        "rows": [(one, words.get(one.qualified, "")) for one in rows],
        "qualified": list(words.items()), "wrong": wrong,
        "today": clock.today(), "officers": list(own.items()),
        "may_keep": scope.may("enforcement.decide"),
    }  # fmt: skip
    status = 422 if wrong else 200
    return render(request, "enforcement/certificates.html", context, status=status)


def _typed(request: HttpRequest, own: Collection[int]) -> NewCertificate:
    chosen = request.POST.get("account", "")
    if chosen not in {str(one) for one in own}:
        raise Refused(N_("Choose an officer of your unit."))
    begin, end = (day_typed(request.POST.get(key, "")) for key in ("valid_from", "valid_to"))
    return NewCertificate(account_id=int(chosen), number=request.POST.get("number", ""),
                          valid_from=begin, valid_to=end,
                          qualified=request.POST.get("qualified", ""))  # fmt: skip
