"""Shift meetings: who was there, what was told, and three questions answered once."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from django.db import IntegrityError

from anlan.operations.people.actions import Actor, act
from anlan.operations.posts.models import Attendance, Meeting, Post, Worker
from anlan.operations.posts.queries.files import questions
from anlan.operations.posts.rules.quiz import score
from anlan.operations.risks.queries.told import told_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """`key` names the meeting for its phone: the same key again is the same meeting."""

    key: str
    present: Collection[int]
    remarks: str = ""


def hold_meeting(actor: Actor, post_id: int, new: NewMeeting) -> int:
    """Hold a shift meeting of a post; its id. `present`: workers of the post by id."""
    try:
        return _known(post_id, new) or _held(actor, post_id, new)
    except IntegrityError:  # sent twice at the same moment: the other one was first
        return _known(post_id, new) or _held(actor, post_id, new)


def _known(post_id: int, new: NewMeeting) -> int | None:
    known = Meeting.objects.filter(key=new.key).values_list("pk", "post_id").first()
    if known is None:
        return None
    if known[1] != post_id:
        raise Refused(N_("This meeting belongs to another post."))
    return known[0]


def _held(actor: Actor, post_id: int, new: NewMeeting) -> int:
    with act("posts.meet", actor) as this:
        post = Post.objects.select_for_update().get(pk=post_id)
        workers = post.workers.filter(until=None, pk__in=list(new.present))
        if not workers:
            raise Refused(N_("Tick who is there."))
        risks = told_of(post.enterprise_id, post.risks)
        if not risks:
            raise Refused(N_("Choose the risk points of the post first."))
        meeting = Meeting.objects.create(
            post=post, key=new.key, held_at=clock.now(), led_by_id=actor.id,
            led_by_name=actor.label, told=[asdict(one) for one in risks],
            remarks=new.remarks.strip()[:500],
        )  # fmt: skip
        Attendance.objects.bulk_create(Attendance(meeting=meeting, worker=one) for one in workers)
        this.on("meeting", meeting.pk, str(meeting))
        this.detail = {"present": len(workers), "risks": len(risks)}
    return meeting.pk


def may_answer(account_id: int | None, meeting: Meeting, worker: Worker) -> bool:
    """Whose phone it is: the worker's own, or the leader's that goes round."""
    return account_id is not None and account_id in (worker.account_id, meeting.led_by_id)


def answer_quiz(actor: Actor, attendance_id: int, answers: Mapping[int, int]) -> int:
    """Keep the score of the three questions; a second answer changes nothing. The score."""
    with act("posts.answer", actor) as this:
        rows = Attendance.objects.select_for_update().select_related("meeting", "worker")
        one = rows.get(pk=attendance_id)
        if not may_answer(actor.id, one.meeting, one.worker):
            raise Refused(N_("Only the worker answers, or whoever leads the meeting."))
        this.on("meeting", one.meeting_id, str(one.meeting))
        if one.score is not None:
            return one.score
        asked = questions(one)
        right = {item.pk: item.answer for item in asked}
        one.score, one.asked = score(right, answers), len(right)
        one.answers = {f"{pk}": answers.get(pk) for pk in right}
        one.answered_at = clock.now()
        one.save()
        this.detail = {"score": one.score, "asked": one.asked}
    return one.score
