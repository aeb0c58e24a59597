"""Checking on a phone, with a signal or without: the page, what it takes along, what it sends."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.checks.actions import add_check_photo, submit_check
from anlan.operations.checks.forms import read_submission
from anlan.operations.checks.models import CheckRecord
from anlan.operations.checks.queries.pack import pack
from anlan.operations.checks.queries.records import danger_numbers
from anlan.operations.checks.views.asking import checker
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import answered
from anlan.operations.safety.actions import read_taking
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

# What the page is told of other addresses; the worker keeps the page for when there is no signal.
ADDRESSES = {
    "page": "fieldwork", "pack": "fieldwork-pack", "session": "fieldwork-session",
    "checks": "take-check", "photos": "take-check-photo", "worker": "fieldwork-worker",
    "meetings": "take-meeting", "quizzes": "take-quiz",
    "patrols": "take-patrol", "patrol_photos": "take-patrol-photo",
    "dangers": "take-danger", "rectifications": "take-rectification",
    "danger_photos": "take-danger-photo",
    "login": "login", "desk": "check-tasks",
}  # fmt: skip


@ensure_csrf_cookie
@require_GET
@requires("checks.do")
def fieldwork_page(request: HttpRequest) -> HttpResponse:
    """A shell without a word about anybody: the phone keeps it for when there is no signal."""
    props = {key: reverse(name) for key, name in ADDRESSES.items()}
    return render(request, "checks/fieldwork.html", {"props": props})


@never_cache
@require_GET
@requires("checks.do")
def session(request: HttpRequest) -> JsonResponse:
    """Whose session this is, a token to send with, and the time; without a session to the login.

    Phones write down the platform's time, not their own: theirs may be wrong.
    """
    account = scope_of(request.user).account_id
    return JsonResponse({"account": account, "name": str(request.user),
                         "csrf": get_token(request),
                         "now": clock.now().isoformat()})  # fmt: skip


@never_cache
@require_GET
@requires("checks.do")
def pack_page(request: HttpRequest) -> JsonResponse:
    """What to take along; `q` narrows the enterprises to choose from."""
    return JsonResponse(pack(scope_of(request.user), request.GET.get("q", ""), clock.now()))


@require_POST
@requires("checks.do")
def take_check(request: HttpRequest) -> JsonResponse:
    """Keep a check; sent again it is the same one. 409 says why it cannot be one."""

    def keep() -> dict[str, object]:
        who = checker(request)
        record = CheckRecord.objects.get(pk=submit_check(who, read_submission(request.body)))
        numbers = danger_numbers(record.answers, who.scope)
        found = [
            {"id": one["danger"], "number": numbers.get(one["danger"], ""), "code": one["code"]}
            for one in record.answers if "danger" in one
        ]  # fmt: skip
        said = "" if record.counts else _("Kept, but it does not count: the monthly check is made "
                                          "by the principal in person.")  # fmt: skip
        return {"id": record.pk, "dangers": found, "said": said}

    return answered(keep)


@require_POST
@requires("checks.do")
def take_photo(request: HttpRequest) -> JsonResponse:
    """Keep a photo of an item of a check that was kept before."""

    def keep() -> dict[str, object]:
        raw = sent_bytes(request.FILES.get("photo"), N_("Choose a photo."))
        given = request.POST
        key, code = given.get("key", "")[:80], given.get("code", "")[:40]
        photo = add_check_photo(actor_of(request), key, code, raw, read_taking(given.dict()))
        return {"id": photo}

    return answered(keep)
