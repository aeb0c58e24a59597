"""Alert pages: the list, one page an alert with its faces, and every step as a POST of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.alerts import actions, queries
from anlan.operations.alerts.actions import Done
from anlan.operations.alerts.actions.frame import obstacles
from anlan.operations.alerts.forms import EditForm, NewForm
from anlan.operations.alerts.queries import wording
from anlan.operations.alerts.queries.export import workbook_of
from anlan.operations.alerts.queries.face import Face, face
from anlan.operations.messaging.actions import call_recorded
from anlan.operations.messaging.queries import delivery
from anlan.operations.people.actions import Actor, actor_of, log_export, prove
from anlan.operations.people.queries import Scope, download, requires, scope_of
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

TABS = {
    "open": ("DRAFT", "REVIEWED", "SIGNED"),
    "in-force": ("PUBLISHED",),
    "ended": ("UPDATED", "LIFTED", "EXPIRED"),
    "rejected": ("REJECTED",),
}
MANY = 10_000
ACTUAL = "Actual"


@require_GET
@requires("alerts.view")
def alerts_page(request: HttpRequest) -> HttpResponse:
    """The register, by state; what is in force first."""
    scope = scope_of(request.user)
    counts = queries.state_counts(scope)
    tabs = [(key, _tab(key), sum(counts.get(s, 0) for s in TABS[key])) for key in TABS]
    tabs.append(("", pgettext("alerts", "All"), sum(counts.values())))
    chosen = request.GET.get("state", _first(tabs))
    rows = queries.alerts(scope, TABS.get(chosen, ()))
    told = queries.funnels({r.id: r.mailings for r in rows if r.state == "PUBLISHED"})
    lines = [
        {"row": row, "state": wording.state_word(row.state), "funnel": told.get(row.id),
         "pill": wording.STATE_PILLS[row.state]}
        for row in rows
    ]  # fmt: skip
    context = {"lines": lines, "tabs": tabs, "chosen": chosen, "in_force": queries.in_force()}
    return render(request, "alerts/list.html", context)


@never_cache
@require_GET
@requires("alerts.view")
def alerts_export(request: HttpRequest) -> HttpResponse:
    """What the list shows in this state, as a workbook."""
    rows = queries.alerts(scope_of(request.user), TABS.get(request.GET.get("state", ""), ()))
    told = queries.funnels({r.id: r.mailings for r in rows if r.published_at})
    log_export(actor_of(request), "alerts", request.GET.urlencode(), len(rows))
    return download(workbook_of(rows, told), "alerts")


def _tab(key: str) -> str:
    return {
        "open": pgettext("alerts", "To be decided"),
        "in-force": pgettext("alerts", "In force"),
        "ended": pgettext("alerts", "Ended"),
        "rejected": pgettext("alerts", "Not sent"),
    }[key]


def _first(tabs: list[tuple[str, str, int]]) -> str:
    return next((key for key, _word, count in tabs if count), "")


@require_GET
@requires("alerts.view")
def alert_page(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert: draft, review, signature or receipts, by its state."""
    return _show(request, _seen(request, alert_id), EditForm())


def _seen(request: HttpRequest, alert_id: int) -> Face:
    theme = "dark" if request.COOKIES.get("theme") == "dark" else "light"
    found = face(alert_id, scope_of(request.user), theme)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, found: Face, form: EditForm, status: int = 200) -> HttpResponse:
    row = found.row
    scope = scope_of(request.user)
    context = {
        "face": found, "row": row, "form": form, "state": wording.state_word(row.state),
        "pill": wording.STATE_PILLS[row.state], "standing": row.standing,
        "may": _may(actor_of(request), scope, found), "count": row.trial.get("reachable", 0),
        "counting": _counting(request, row), "editing": "edit" in request.GET or form.is_bound,
        "communities": areas("community", row.area_code) if "edit" in request.GET else [],
        "steps": {s.step: wording.step_word(s.step) for s in row.signatures},
        "by_hand": row.standing == ACTUAL,
    }  # fmt: skip
    template = "alerts/sign.html" if found.drafting else "alerts/board.html"
    return render(request, template, context, status=status)


def _counting(request: HttpRequest, row: queries.AlertRow) -> int | None:
    """The number the signer has to type: many recipients, or drift since the review."""
    asked = request.session.pop(f"count:{row.id}", None)
    if asked is not None:
        return int(asked)
    count = int(row.trial.get("reachable", 0))
    return count if count > MANY else None


def _may(actor: Actor, scope: Scope, found: Face) -> dict[str, str]:
    """For each step this face offers: "" when this person may, else the sentence why not."""
    row = found.row
    verbs: tuple[str, ...] = ()
    if row.state == "DRAFT":
        verbs = ("draft", "edit", "review", "reject", "send_back", "sign_urgent")
    elif row.state == "REVIEWED":
        verbs = ("sign", "sign_urgent", "reject", "send_back")
    elif row.state == "SIGNED":
        verbs = ("answer",)
    elif row.state == "PUBLISHED":
        verbs = ("propose_lift", "lift")
    if row.papers_due_at and not row.papers_filed_at:
        verbs = (*verbs, "file_papers")
    found_why = {v: _sentence(why) for v, why in obstacles(actor, row.id, verbs).items()}
    found_why["call"] = "" if scope.may("messaging.call") else "—"
    found_why["doors"] = "" if scope.may("response.report") else "—"
    found_why["update"] = "" if scope.may("alerts.draft") else "—"
    return found_why


def _sentence(fault: Refused | None) -> str:
    return "" if fault is None else _(fault.message) % fault.parameters


@require_http_methods(["GET", "POST"])
@requires("alerts.draft")
def new_page(request: HttpRequest) -> HttpResponse:
    """Write an alert without a forecast."""
    codes = [(a.code, a.name) for a in areas("community", scope_of(request.user).area_prefix)]
    form = NewForm(codes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.draft_new(actor_of(request), form.new())
        except Refused as fault:
            messages.error(request, _sentence(fault))
        else:
            return redirect("alert", done.alert_id)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "alerts/new.html", {"form": form}, status=status)


@require_GET
@requires("alerts.view")
def cap_document(request: HttpRequest, alert_id: int) -> HttpResponse:
    """The newest CAP message of an alert as it left."""
    text = queries.cap_xml(alert_id, scope_of(request.user))
    if text is None:
        raise Http404
    answer = HttpResponse(text, content_type="application/cap+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="alert-{alert_id}.xml"'
    return answer


@require_POST
@requires("alerts.draft")
def change(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Write the changes of the draft form; with `then=draft` take the draft on as well."""
    found = _seen(request, alert_id)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, 422)
    actor, edit = actor_of(request), form.edit(request.POST)
    if found.row.signed("draft") is None:
        return _taken(request, alert_id, lambda: actions.draft(actor, alert_id, edit))
    return _taken(request, alert_id, lambda: actions.edit(actor, alert_id, edit))


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the page: the right in front of it, and the action behind it.

    `leaves`: what it sends cannot be taken back, so that for real it takes the password again.
    """

    right: str
    take: Callable[[Actor, int, QueryDict], Done]
    leaves: bool = False


def _counted(data: QueryDict) -> int | None:
    digits = "".join(c for c in data.get("counted", "") if c.isdigit())
    return int(digits) if digits else None


def _answer(actor: Actor, alert_id: int, data: QueryDict) -> Done:
    answer = actions.MunicipalAnswer(
        approved=data.get("approved") == "yes", identifier=data.get("identifier", "").strip(),
        words=data.get("words", ""),
    )  # fmt: skip
    return actions.record_municipal_answer(actor, alert_id, answer)


STEPS = {
    "draft": Step("alerts.draft", lambda a, n, d: actions.draft(a, n)),
    "review": Step("alerts.review", lambda a, n, d: actions.review(a, n)),
    "send-back": Step("alerts.view", lambda a, n, d: actions.send_back(a, n, d.get("words", ""))),
    "reject": Step("alerts.view", lambda a, n, d: actions.reject(a, n, d.get("words", ""))),
    "sign": Step("alerts.sign", lambda a, n, d: actions.sign(a, n, _counted(d)), leaves=True),
    "sign-urgent": Step(
        "alerts.sign",
        lambda a, n, d: actions.sign_urgent(a, n, d.get("words", ""), _counted(d)),
        leaves=True,
    ),
    "papers": Step("alerts.review", lambda a, n, d: actions.file_papers(a, n, d.get("words", ""))),
    "answer": Step("alerts.review", _answer),
    "update": Step("alerts.draft", lambda a, n, d: actions.update(a, n)),
    "propose-lift": Step(
        "alerts.draft", lambda a, n, d: actions.propose_lift(a, n, d.get("words", ""))
    ),
    "lift": Step(
        "alerts.sign", lambda a, n, d: actions.lift(a, n, d.get("words", "")), leaves=True
    ),
}


def step_view(verb: str) -> Callable[..., HttpResponse]:
    """The POST view of one step; a repeat is told what already stands."""
    step = STEPS[verb]

    @require_POST
    @requires(step.right)
    def view(request: HttpRequest, alert_id: int) -> HttpResponse:
        row = queries.alert(alert_id, scope_of(request.user))
        if row is None:
            raise Http404
        actor = actor_of(request)
        account: Any = request.user
        proof = step.leaves and row.standing == ACTUAL

        def take() -> Done:
            if proof:
                prove(account, request.POST.get("password", ""), actor.address)
            return step.take(actor, alert_id, request.POST)

        return _taken(request, alert_id, take)

    return view


def _taken(request: HttpRequest, alert_id: int, take: Callable[[], Done]) -> HttpResponse:
    try:
        done = take()
    except Refused as fault:
        messages.error(request, _sentence(fault))
        if "count" in fault.parameters:
            digits = str(fault.parameters["count"]).replace(",", "")
            request.session[f"count:{alert_id}"] = int(digits)
        return redirect("alert", alert_id)
    if done.already:
        said = {"by": done.by, "at": f"{done.at.astimezone(clock.CHINA):%H:%M}"}
        messages.info(request, _("Already done by %(by)s at %(at)s. Nothing was changed.") % said)
    return redirect("alert", done.alert_id)


@require_POST
@requires("messaging.call")
def call(request: HttpRequest, alert_id: int, delivery_id: int) -> HttpResponse:
    """Record a telephone call to somebody who must answer."""
    _told(request, alert_id, delivery_id)
    outcome = request.POST.get("outcome", "")
    if outcome not in ("reached", "no_answer", "wrong_number"):
        messages.error(request, _("Say how the call went. Nothing was changed."))
    else:
        call_recorded(actor_of(request), delivery_id, outcome, request.POST.get("note", ""))
    return redirect("alert", alert_id)


@require_POST
@requires("messaging.call")
def helped(request: HttpRequest, alert_id: int, delivery_id: int) -> HttpResponse:
    """Somebody has seen to a call for help."""
    _told(request, alert_id, delivery_id)
    actions.help_given(actor_of(request), alert_id, delivery_id)
    return redirect("alert", alert_id)


@require_POST
@requires("response.report")
def doors(request: HttpRequest, alert_id: int, area_code: str) -> HttpResponse:
    """The grid worker has been at the doors."""
    scope = scope_of(request.user)
    row, prefix = queries.alert(alert_id, scope), scope.area_prefix
    if row is None or prefix is None or area_code not in row.community_codes:
        raise Http404
    if not area_code.startswith(prefix):
        raise Http404
    actions.doors_done(actor_of(request), alert_id, area_code)
    return redirect("alert", alert_id)


def _told(request: HttpRequest, alert_id: int, delivery_id: int) -> None:
    """404 unless the alert is within sight and the recipient is one of its own."""
    scope = scope_of(request.user)
    found, row = queries.alert(alert_id, scope), delivery(delivery_id, scope)
    if found is None or row is None or row.mailing_id not in found.mailings.values():
        raise Http404
