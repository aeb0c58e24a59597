"""The recipient's page: opened by the signed link alone, without an account.

GET shows and changes nothing; the page says itself when a person has it open; only POST answers.
The link is the authority (no session is used), so a browser without cookies can answer too.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.messaging.actions import acknowledge, mark_read
from anlan.operations.messaging.actions.answers import MailingClosed
from anlan.operations.messaging.queries import delivery_by_token, successor_link
from anlan.operations.messaging.queries.words import ReceiptWords, receipt_words
from anlan.operations.messaging.rules import LinkExpired, LinkForged
from anlan.vocabulary import clock
from anlan.vocabulary.throttle import Throttle

# A carrier puts thousands of households behind one address: only links that are not ours count.
_FORGERIES = Throttle(limit=30, per_s=60)
_ANSWERS = Throttle(limit=20, per_s=60)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one link, and the answer to it."""
    if _FORGERIES.spent(_address(request), clock.now()):
        return _notice(request, "slow", 429)
    try:
        if request.method == "POST":
            return _answer(request, token)
        return _page(request, token)
    except LinkForged:
        _FORGERIES.allow(_address(request), clock.now())
        return _notice(request, "forged", 404)
    except LinkExpired:
        return _notice(request, "expired", 410)


@csrf_exempt
@require_POST
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """The page's own word that it is open before a person."""
    if _FORGERIES.spent(_address(request), clock.now()):
        return HttpResponse(status=429)
    try:
        mark_read(token)
    except LinkForged:
        _FORGERIES.allow(_address(request), clock.now())
        return HttpResponse(status=404)
    except LinkExpired:
        return HttpResponse(status=410)
    return HttpResponse(status=204)


def _page(request: HttpRequest, token: str) -> HttpResponse:
    page = delivery_by_token(token)
    if page.closed_why:
        newer = successor_link(token)
        if newer is not None:
            return HttpResponseRedirect(reverse("receipt", args=[newer]))
        return _notice(request, "lifted" if page.closed_why == "lifted" else "over", 410)
    words = receipt_words(page)
    return render(request, "messaging/receipt.html", _context(words, token, request))


def _context(words: ReceiptWords, token: str, request: HttpRequest) -> dict[str, Any]:
    return {
        "words": words,
        "page": words.page,
        "house_standing": words.page.standing,
        "token": token,
        "again": "again" in request.GET,
    }


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if not _ANSWERS.allow(token, clock.now()):
        return _notice(request, "slow", 429)
    address = reverse("receipt", args=[token])
    try:
        said = acknowledge(token, request.POST.get("answer", ""), request.POST.get("note", ""))
    except MailingClosed:
        return HttpResponseRedirect(address)
    except ValueError:
        return _notice(request, "unclear", 400)
    return HttpResponseRedirect(f"{address}?again" if said.repeat else address, status=303)


def _notice(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    return render(request, "messaging/notice.html", {"kind": kind}, status=status)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
