"""Logging in and out, the language and the colours: what a person does before the work."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.people.actions import (
    act,
    as_actor,
    prove,
    refuse_locked,
    remember_failure,
    set_password,
)
from anlan.operations.people.queries import scope_of
from anlan.portal.navigation import THEMES, first_place
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NOT_TWICE = N_("The new password was not typed the same twice. Nothing was changed.")


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
            begin = first_place(scope_of(request.user)) if onward == "/" else onward
            return HttpResponseRedirect(begin)
        context["refusal"] = refusal
    return render(request, "login.html", context, status=200 if request.method == "GET" else 401)


@never_cache
@sensitive_post_parameters("password", "new", "again")
@require_http_methods(["GET", "POST"])
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password: the old one, and the new one twice."""
    account: Any = request.user
    context: dict[str, object] = {}
    if request.method == "POST":
        new = request.POST.get("new", "")
        try:
            prove(account, request.POST.get("password", ""), _address(request))
            if new != request.POST.get("again", ""):
                raise Refused(NOT_TWICE)
            validate_password(new, account)
        except Refused as refusal:
            context["refusal"] = _(refusal.message) % refusal.parameters
        except ValidationError as fault:
            context["refusal"] = " ".join(fault.messages)
        else:
            set_password(as_actor(account, _address(request)), account.pk, new)
            account.refresh_from_db()
            update_session_auth_hash(request, account)
            messages.success(request, _("The new password holds; other sessions have ended."))
            return HttpResponseRedirect(first_place(scope_of(account)))
    return render(request, "password.html", context, status=422 if context else 200)


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
