"""Shift meetings and quizzes of a phone that had no signal: each kept once."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.posts import actions
from anlan.operations.posts.forms import read_meeting, read_quiz
from anlan.operations.posts.models import Attendance
from anlan.operations.posts.queries.scope import meetings_in, posts_in, works_for
from anlan.operations.posts.rules.words import MEET
from anlan.operations.registers.queries import answered, series
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_POST
@requires(MEET)
def take_meeting(request: HttpRequest) -> JsonResponse:
    """Keep a meeting with the answers given there; sent again it is the same one."""

    def keep() -> dict[str, object]:
        post_id, new = read_meeting(request.body)
        scope = scope_of(request.user)
        firm = posts_in(scope).filter(pk=post_id).values_list("enterprise_id", flat=True).first()
        if firm is None or not works_for(scope, firm):
            raise Refused(N_("There is no such post of your enterprise."))
        pk = actions.hold_meeting(actor_of(request), post_id, new)
        there = Attendance.objects.filter(meeting=pk).select_related("worker").order_by("pk")
        return {"id": pk, "said": series(_said(one) for one in there)}

    return answered(keep)


@require_POST
@requires(MEET)
def take_quiz(request: HttpRequest) -> JsonResponse:
    """Keep the answers of one worker; what was answered before stays as it was."""

    def keep() -> dict[str, object]:
        attendance_id, picked = read_quiz(request.body)
        seen = meetings_in(scope_of(request.user)).values("pk")
        if not Attendance.objects.filter(pk=attendance_id, meeting__in=seen).exists():
            raise Refused(N_("There is no such quiz of yours."))
        actions.answer_quiz(actor_of(request), attendance_id, picked)
        one = Attendance.objects.select_related("worker").get(pk=attendance_id)
        return {"id": attendance_id, "said": _said(one)}

    return answered(keep)


def _said(one: Attendance) -> str:
    if one.score is None:
        return _("%(name)s: not answered yet") % {"name": one.worker.shown}
    said = {"name": one.worker.shown, "score": one.score, "asked": one.asked}
    return _("%(name)s %(score)d of %(asked)d") % said
