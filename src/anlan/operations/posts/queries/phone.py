"""What a phone takes along of the posts: today's risks to tell, who is there, their questions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.posts.models import Attendance, Certificate, QuizItem, Worker
from anlan.operations.posts.queries.files import questions, staffed_as, topics_of
from anlan.operations.posts.queries.scope import meetings_in, posts_in
from anlan.operations.posts.rules.quiz import chosen, day_of_list
from anlan.operations.posts.rules.words import MEET
from anlan.operations.risks.queries.registers import LEVEL_WORDS
from anlan.operations.risks.queries.told import Told, told_of
from anlan.operations.risks.queries.wording import accident_words, control_words

MOST_POSTS = 20
MOST_QUIZZES = 20
QUIZ_OPEN = timedelta(days=7)  # [pv] how long after a meeting its questions go along
EMERGENCY = "emergency"


def phone_posts(scope: Scope, now: datetime) -> dict[str, Any]:
    """The meetings that may be held and the questions left to answer, as JSON for the phone.

    Which option is right stays here.
    """
    if not scope.may(MEET) or scope.reach != "itself":
        return {"posts": [], "quizzes": [], "questions": {}}
    bank = list(QuizItem.objects.order_by("pk"))
    posts = _posts(scope, bank, now)
    quizzes = _quizzes(scope, now)
    used = {pk for post in posts for one in post["people"] for pk in one["asked"]}
    used |= {pk for one in quizzes for pk in one["asked"]}
    said = {f"{q.pk}": {"text": q.question, "options": q.options} for q in bank if q.pk in used}
    return {"posts": posts, "quizzes": quizzes, "questions": said}


def _posts(scope: Scope, bank: Sequence[QuizItem], now: datetime) -> list[dict[str, Any]]:
    valid = Certificate.objects.filter(replaced_at=None)
    people = Worker.objects.filter(until=None).order_by("id")
    people = people.prefetch_related(Prefetch("certificates", queryset=valid))
    rows = posts_in(scope).select_related("enterprise").order_by("name")
    rows = rows.prefetch_related(Prefetch("workers", queryset=people, to_attr="now_there"))
    mine = list(rows[:MOST_POSTS])
    risks = {firm: told_of(firm) for firm in {one.enterprise_id for one in mine}}
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    held = meetings_in(scope).filter(held_at__gte=midnight).values_list("post_id", flat=True)
    today = set(held)
    return [
        _post(one, [r for r in risks[one.enterprise_id] if r.id in one.risks], bank, now)
        | {"held": one.pk in today}
        for one in mine
    ]


def _post(
    post: Any, risks: Sequence[Told], bank: Sequence[QuizItem], now: datetime
) -> dict[str, Any]:
    topics = topics_of(risk.accidents for risk in risks)
    items = [one.pk for one in bank if one.topic in topics]
    drawn_by = day_of_list(now.date(), post.pk)
    return {
        "id": post.pk, "name": post.name, "unit": post.enterprise.name, "place": post.place,
        "told": [_told(one) for one in risks],
        "people": [
            {"id": one.worker.pk, "name": one.worker.shown, "lacking": bool(one.lacking),
             "asked": chosen(items, drawn_by, one.worker.pk)}
            for one in staffed_as(post.now_there, post.certificates, now.date())
        ],
    }  # fmt: skip


def _told(risk: Told) -> dict[str, Any]:
    """Both cards in short: what to know, and what to do in an emergency."""
    kept = {key: text for key, text in risk.controls.items() if key != EMERGENCY}
    return {
        "id": risk.id, "version": risk.version, "name": risk.name, "place": risk.place,
        "level": risk.level, "colour": pgettext(*LEVEL_WORDS[f"{risk.level}"]),
        "hazards": risk.hazards, "accidents": accident_words(risk.accidents),
        "controls": control_words(kept), "emergency": risk.controls.get(EMERGENCY, ""),
        "responsible": risk.responsible,
    }  # fmt: skip


def _quizzes(scope: Scope, now: datetime) -> list[dict[str, Any]]:
    """What is left to be answered on this phone: one's own, and of the meetings that one led."""
    me = scope.account_id
    left: Iterable[Attendance] = (
        Attendance.objects.filter(Q(worker__account=me) | Q(meeting__led_by=me), score=None)
        .filter(meeting__in=meetings_in(scope).filter(held_at__gte=now - QUIZ_OPEN).values("pk"))
        .select_related("meeting__post__enterprise", "worker")
        .order_by("-meeting__held_at", "pk")[:MOST_QUIZZES]
    )
    return [
        {"id": one.pk, "name": one.worker.shown, "post": one.meeting.post.name,
         "unit": one.meeting.post.enterprise.name, "held_at": one.meeting.held_at.isoformat(),
         "asked": [item.pk for item in questions(one)]}
        for one in left
    ]  # fmt: skip
