"""Shift meetings on a phone: hold one, answer three questions, see what came of it."""

import secrets
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.posts import actions
from anlan.operations.posts.actions import NewMeeting
from anlan.operations.posts.models import Attendance
from anlan.operations.posts.queries.files import MeetingFile, meeting_file, post_file, questions
from anlan.operations.posts.queries.scope import meetings_in
from anlan.operations.posts.rules.words import MEET
from anlan.operations.posts.views.asking import own_post
from anlan.operations.registers.queries import clean, key_of
from anlan.operations.risks.queries.wording import accident_words, control_words
from anlan.vocabulary.transitions import Refused

NEWEST = 50
SOON = timedelta(minutes=10)


@require_GET
@requires("safety.view")
def meetings_page(request: HttpRequest) -> HttpResponse:
    """The newest meetings within sight."""
    rows = meetings_in(scope_of(request.user)).select_related("post__enterprise")
    found = rows.prefetch_related("attendances").order_by("-held_at")[:NEWEST]
    lines = [(one, MeetingFile(one, list(one.attendances.all()))) for one in found]
    return render(request, "posts/meetings.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@requires(MEET)
def meet_page(request: HttpRequest, post_id: int) -> HttpResponse:
    """Tell the risks, tick who is there, begin; sent twice it is held once."""
    own_post(request, post_id)
    file = post_file(post_id, scope_of(request.user))
    if file is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        present = [pk for text in request.POST.getlist("present") if (pk := key_of(text))]
        key = clean(request.POST.get("key", ""))[:64] or secrets.token_hex(16)
        new = NewMeeting(key=key, present=present, remarks=clean(request.POST.get("remarks", "")))
        try:
            pk = actions.hold_meeting(actor_of(request), post_id, new)
            return HttpResponseRedirect(f"/meetings/{pk}", status=303)
        except Refused as fault:
            wrong = worded(fault)
    context = {
        "file": file, "post": file.post, "key": secrets.token_hex(16), "wrong": wrong,
        "told": [
            (one, accident_words(one.accidents), control_words(one.controls)) for one in file.risks
        ],
    }  # fmt: skip
    return render(request, "posts/meet.html", context, status=422 if wrong else 200)


@require_GET
@requires("safety.view")
def meeting_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    file = meeting_file(meeting_id, scope_of(request.user))
    if file is None:
        raise Http404
    account = scope_of(request.user).account_id
    people = [
        (one, one.score is None and actions.may_answer(account, file.meeting, one.worker))
        for one in file.attendances
    ]
    kept = file.meeting.kept_at
    context = {
        "file": file, "meeting": file.meeting, "people": people,
        "late": kept is not None and kept - file.meeting.held_at > SOON,
    }  # fmt: skip
    return render(request, "posts/meeting.html", context)


@require_http_methods(["GET", "POST"])
@requires(MEET)
def quiz_page(request: HttpRequest, attendance_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    seen = meetings_in(scope).values("pk")
    rows = Attendance.objects.select_related("meeting__post", "worker").filter(meeting__in=seen)
    one = rows.filter(pk=attendance_id).first()
    if one is None or not actions.may_answer(scope.account_id, one.meeting, one.worker):
        raise Http404
    back = f"/meetings/{one.meeting_id}"
    if one.score is not None:
        return HttpResponseRedirect(back, status=303)
    asked = questions(one)
    if request.method == "POST":
        given = {
            item.pk: place for item in asked
            if (place := key_of(request.POST.get(f"item-{item.pk}", ""))) is not None
        }  # fmt: skip
        score = actions.answer_quiz(actor_of(request), attendance_id, given)
        said_words = {"score": score, "asked": len(asked)}
        messages.success(request, _("%(score)d of %(asked)d right.") % said_words)
        return HttpResponseRedirect(back, status=303)
    context = {"one": one, "asked": [(item, list(enumerate(item.options))) for item in asked]}
    return render(request, "posts/quiz.html", context)
