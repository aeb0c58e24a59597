"""The pages of the security and the audit administrator (`domain.md` 6: three powers apart)."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import (
    Actor,
    act,
    actor_of,
    close_account,
    renew_password,
    reopen_account,
    retry_event,
    unlock_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import accounts as accounting
from anlan.operations.people.queries import audit, download, failed_events, requires, waiting_events
from anlan.operations.people.queries.wording import room_word, verb_word
from anlan.operations.people.rules import ROLES
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused

MOST_DIGITS = 19  # of a row's id


@never_cache
@require_GET
@requires("people.audit")
def audit_page(request: HttpRequest) -> HttpResponse:
    """Who did what to which thing, newest first, 50 a page."""
    asked = _asked(request.GET)
    rows = audit.audit_rows(asked)
    older = request.GET.copy()
    older["before"] = str(rows[-1].id) if rows else ""
    context = {
        "rows": [(row, verb_word(row.verb)) for row in rows], "asked": asked,
        "rooms": [(room, room_word(room)) for room in audit.audit_rooms()],
        "count": audit.audit_count(asked), "most": audit.MOST_EXPORTED,
        "older": older.urlencode() if len(rows) == audit.PAGE else "",
        "query": request.GET.urlencode(),
        "tampered": sum(row.seal == audit.TAMPERED for row in rows),
    }  # fmt: skip
    return render(request, "people/audit.html", context)


@never_cache
@require_POST
@requires("people.audit")
def audit_export(request: HttpRequest) -> HttpResponse:
    """What the list shows with these filters, all pages, as a workbook; itself on the trail."""
    asked = _asked(QueryDict(request.POST.get("query", "")))
    rows = audit.audit_rows(asked, audit.MOST_EXPORTED)
    actor = actor_of(request)
    with act("people.export_audit", actor) as this:
        this.on("audit", "trail", _("%(n)d rows") % {"n": len(rows)})
    return download(_workbook(rows, actor), "audit")


def _workbook(rows: list[audit.TrailRow], actor: Actor) -> bytes:
    now = clock.now().astimezone(CHINA)
    by = _("Exported by %(who)s at %(at)s") % {"who": actor.label, "at": f"{now:%Y-%m-%d %H:%M}"}
    head = [
        _("Time"), pgettext("audit", "Who"), _("What was done"), pgettext("audit", "Key"),
        pgettext("audit", "To what"), _("Address"), pgettext("audit", "Seal"),
    ]  # fmt: skip
    lines = (
        [f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}", row.actor, verb_word(row.verb),
         row.verb, row.subject, row.address, _seal_word(row.seal)]
        for row in rows
    )  # fmt: skip
    return workbook(_("Audit trail"), [[by], head, *lines])


def _seal_word(seal: str) -> str:
    return {
        audit.SEALED: pgettext("seal", "sealed"),
        audit.UNSEALED: pgettext("seal", "not sealed yet"),
        audit.TAMPERED: pgettext("seal", "changed after sealing"),
    }[seal]


def _asked(data: QueryDict) -> audit.Asked:
    before = data.get("before", "")
    return audit.Asked(
        room=data.get("room", ""), who=data.get("who", "").strip()[:60],
        subject=data.get("subject", "").strip()[:60], since=_day(data.get("since", "")),
        until=_day(data.get("until", "")),
        before=int(before) if before.isdecimal() and len(before) < MOST_DIGITS else None,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@never_cache
@require_GET
@requires("people.manage")
def accounts_page(request: HttpRequest) -> HttpResponse:
    """Every login: its role and whether it is open, closed or locked."""
    return _accounts(request)


@never_cache
@require_POST
@requires("people.manage")
def account_step(request: HttpRequest, account_id: int, verb: str) -> HttpResponse:
    """Close, reopen, unlock, or give a new temporary password, which is shown once."""
    row = Account.objects.filter(pk=account_id).first()
    if row is None or verb not in ("close", "reopen", "unlock", "password"):
        raise Http404
    actor, given = actor_of(request), None
    try:
        if verb == "password":
            given = (str(row), renew_password(actor, account_id))
        elif verb == "unlock":
            unlock_account(actor, account_id)
        else:
            (close_account if verb == "close" else reopen_account)(actor, account_id)
    except Refused as fault:
        messages.error(request, _(fault.message))
    if given is not None:
        return _accounts(request, given)
    return HttpResponseRedirect("/accounts", status=303)


def _accounts(request: HttpRequest, given: tuple[str, str] | None = None) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("role", "state", "text")}
    rows = accounting.accounts(role=asked["role"], text=asked["text"])
    tabs = [("", _("All"), len(rows))] + [
        (state, _state_word(state), sum(row.state == state for row in rows))
        for state in (accounting.OPEN, accounting.CLOSED, accounting.LOCKED)
    ]
    shown = [row for row in rows if not asked["state"] or row.state == asked["state"]]
    context = {
        "rows": [(row, _state_word(row.state)) for row in shown], "tabs": tabs, "asked": asked,
        "roles": list(ROLES.values()), "given": given, "own": request.user.pk,
    }  # fmt: skip
    return render(request, "people/accounts.html", context)


def _state_word(state: str) -> str:
    return {
        accounting.OPEN: pgettext("account", "open"),
        accounting.CLOSED: pgettext("account", "closed"),
        accounting.LOCKED: pgettext("account", "locked"),
    }[state]


@never_cache
@require_GET
@requires("system.admin")
def system_page(request: HttpRequest) -> HttpResponse:
    """Events that no reaction could handle, set aside until somebody has mended the cause."""
    context = {"failed": failed_events(), "waiting": waiting_events()}
    return render(request, "people/system.html", context)


@never_cache
@require_POST
@requires("system.admin")
def retry(request: HttpRequest, event_id: int) -> HttpResponse:
    """Hand an event that was set aside to its reactions again."""
    if retry_event(actor_of(request), event_id):
        messages.success(request, _("It is tried again within seconds."))
    else:
        messages.info(request, _("It has been handled meanwhile. Nothing was changed."))
    return HttpResponseRedirect("/system", status=303)
