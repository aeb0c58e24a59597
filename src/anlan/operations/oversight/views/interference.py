"""Interference: one's own records and those that one handles; what one says is shown on record."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.oversight.actions import (
    Attempt,
    end_interference,
    record_interference,
    see_interference,
)
from anlan.operations.oversight.queries.interference import (
    able_handlers,
    interference_file,
    interference_in,
)
from anlan.operations.oversight.rules.interference import (
    INTERFERENCE,
    RECORD,
    STATE_PILLS,
    STATE_WORDS,
    State,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import Input, StepForm, drawn, key_of
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

MOST = 200
_OUTCOME = (Input("outcome", NP_("interference form", "What was notified to whom, or why not")),)
FORMS = {
    "notify": StepForm(NP_("interference form", "Record that it was notified"), _OUTCOME,
                       end_interference),
    "dismiss": StepForm(NP_("interference form", "Record that it is not borne out"), _OUTCOME,
                        end_interference),
}  # fmt: skip


@never_cache
@require_GET
@requires("oversight.interference")
def interference_page(request: HttpRequest) -> HttpResponse:
    """One's own records and those that one handles, by number and state alone."""
    scope = scope_of(request.user)
    rows = [(one, STATE_PILLS[State(one.state)], pgettext(*STATE_WORDS[State(one.state)]))
            for one in interference_in(scope)[:MOST]]  # fmt: skip
    context = {"rows": rows, "may_record": scope.may(RECORD)}
    return render(request, "oversight/interferences.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@requires("oversight.record")
def new_page(request: HttpRequest) -> HttpResponse:
    wrong, given = "", request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        attempt = Attempt(**{key: given.get(key, "") for key in Attempt.__dataclass_fields__})
        chosen = tuple(pk for text in request.POST.getlist("handlers")[:9]
                       if (pk := key_of(text)) is not None)  # fmt: skip
        try:
            pk = record_interference(actor_of(request), scope_of(request.user), attempt, chosen)
        except Refused as fault:
            wrong = worded(fault)
        else:
            messages.success(request, _("It is recorded and sealed; the handlers are told."))
            return HttpResponseRedirect(f"/cases/interference/{pk}", status=303)
    context = {"wrong": wrong, "given": given, "handlers": able_handlers()}
    status = 422 if wrong else 200
    return render(request, "oversight/new_interference.html", context, status=status)


@never_cache
@require_GET
@requires("oversight.interference")
def record_page(request: HttpRequest, interference_id: int) -> HttpResponse:
    """The record without what is sealed."""
    file = interference_file(interference_id, scope_of(request.user))
    if file is None:
        raise Http404
    one, state = file.one, State(file.one.state)
    context = {
        "file": file, "one": one, "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]), "recorder": file.names.get(one.recorder_id),
        "handlers": [name for pk, name in file.names.items()
                     if pk in (one.handler_one_id, one.handler_two_id)],
        "forms": drawn(FORMS, file.verbs, "notify", {}),
    }  # fmt: skip
    return render(request, "oversight/interference.html", context)


@never_cache
@require_POST
@requires("oversight.interference")
def show(request: HttpRequest, interference_id: int) -> HttpResponse:
    """What it says; a POST, because looking leaves a trace, also of whom it is refused."""
    try:
        shown = see_interference(actor_of(request), scope_of(request.user), interference_id,
                                 request.POST.get("purpose", ""))  # fmt: skip
    except Refused as fault:
        messages.error(request, worded(fault))
        return HttpResponseRedirect(f"/cases/interference/{interference_id}", status=303)
    if shown is None:
        raise Http404
    context = {"shown": shown, "pk": interference_id}
    return render(request, "oversight/attempt.html", context)


@never_cache
@sensitive_post_parameters()
@require_POST
@requires("oversight.interference")
def take(request: HttpRequest, interference_id: int) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb not in {step.verb for step in INTERFERENCE.steps}:
        raise Http404
    try:
        met = end_interference(actor_of(request), scope_of(request.user), interference_id, verb,
                               request.POST.get("outcome", ""))  # fmt: skip
    except Refused as fault:
        messages.error(request, worded(fault))
    else:
        if not met:
            raise Http404
        messages.success(request, _("It is on record; the recorder sees the state and the day."))
    return HttpResponseRedirect(f"/cases/interference/{interference_id}", status=303)
