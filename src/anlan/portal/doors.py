"""Logging in and out, the language and the colours: what a person does before the work."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.people.actions import act, as_actor, refuse_locked, remember_failure
from anlan.portal.navigation import THEMES
from anlan.vocabulary.transitions import Refused


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


def _enter(request: HttpRequest, username: str, password: str) -> str | None:
    """Log the person in, or say why not."""
    address = _address(request)
    try:
        refuse_locked(username)
        account = authenticate(request, username=username, password=password)
        if account is None:
            remember_failure(username, username, address)
            refuse_locked(username)
            return _("The name or the password is wrong.")
    except Refused as refusal:
        return _(refusal.message) % refusal.parameters
    with act("people.login", as_actor(account, address)) as this:
        this.on("login", username.casefold(), str(account))
    login(request, account)
    return None


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _safe(request: HttpRequest, address: str | None) -> str:
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address and allowed else "/"
