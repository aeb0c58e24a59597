"""Logging in and out, the language and the colours: what a person does before the work."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.people.actions import Actor, act, as_actor
from anlan.operations.people.queries import trail
from anlan.portal.figures import clock_time
from anlan.portal.navigation import THEMES
from anlan.vocabulary import clock

FAILURES = 5
WINDOW = timedelta(minutes=10)
LOCKED = timedelta(minutes=10)
_FAILED, _ENTERED = "people.login_failed", "people.login"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The login page. Five wrong passwords in ten minutes lock the name for ten minutes."""
    onward = _safe(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    context: dict[str, object] = {"next": onward}
    if request.method == "POST":
        username = request.POST.get("username", "").strip()[:60]
        context |= {"username": username}
        refusal = _enter(request, username, request.POST.get("password", ""))
        if refusal is None:
            return HttpResponseRedirect(onward)
        context["refusal"] = refusal
    return render(request, "login.html", context, status=200 if request.method == "GET" else 401)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Close the session; to the login page."""
    if request.user.is_authenticated:
        with act("people.logout", as_actor(request.user, _address(request))) as this:
            this.on("login", request.user.get_username(), str(request.user))
    logout(request)
    return HttpResponseRedirect("/login")


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Light or dark desk, kept in a cookie of this browser."""
    answer = HttpResponseRedirect(_safe(request, request.POST.get("next")))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=365 * 86400, samesite="Lax", httponly=True)
    return answer


def locked_until(username: str) -> datetime | None:
    """When a name that failed too often may try again; None when it may now."""
    failures = []
    for row in trail("login", username.casefold(), limit=FAILURES):
        if row.verb != _FAILED:
            break
        failures.append(row.at)
    if len(failures) < FAILURES or failures[0] - failures[-1] > WINDOW:
        return None
    until = failures[0] + LOCKED
    return until if until > clock.now() else None


def _enter(request: HttpRequest, username: str, password: str) -> str | None:
    """Log the person in, or say why not."""
    until = locked_until(username)
    if until is not None:
        return _locked(until)
    account = authenticate(request, username=username, password=password)
    if account is None:
        actor = Actor(None, username or "-", "", _address(request))
        with act(_FAILED, actor) as this:
            this.on("login", username.casefold(), username)
        until = locked_until(username)
        return _locked(until) if until else _("The name or the password is wrong.")
    with act(_ENTERED, as_actor(account, _address(request))) as this:
        this.on("login", username.casefold(), str(account))
    login(request, account)
    return None


def _locked(until: datetime) -> str:
    return _("Five wrong passwords. Try again after %(at)s, or ask the security administrator.") % {
        "at": clock_time(until + timedelta(seconds=59))
    }


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _safe(request: HttpRequest, address: str | None) -> str:
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address and allowed else "/"
