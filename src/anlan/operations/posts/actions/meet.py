"""Shift meetings: who was there, what was told, and three questions answered once."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.posts.actions.keep import worker_named
from anlan.operations.posts.events import MeetingHeld
from anlan.operations.posts.models import Attendance, Meeting, Post, QuizItem, Worker
from anlan.operations.posts.queries.files import bank_of, questions
from anlan.operations.posts.rules.quiz import chosen, day_of_list, score
from anlan.operations.registers.queries import clean, timely
from anlan.operations.risks.queries.told import Told, told_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

OLDEST = timedelta(days=31)  # of what another system sends afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """`key` names the meeting for its phone: the same key again is the same meeting.

    `held_at`, `list_at`: of one held without a signal, and when its list was taken along; `told`:
    the version of each risk point that was told of there. `answers`: by worker, then by question,
    the place of the option, None where none was ticked; all questions that the worker was asked.
    """

    key: str
    present: Collection[int]
    remarks: str = ""
    held_at: datetime | None = None
    list_at: datetime | None = None
    told: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, Mapping[int, int | None]] = field(default_factory=dict)


@looking_again
def hold_meeting(actor: Actor, post_id: int, new: NewMeeting) -> int:
    """Hold a shift meeting of a post; its id. `present`: workers of the post by id."""
    return _known(actor, post_id, new) or _held(actor, post_id, new)


def meeting_key(source: str, source_id: str) -> str:
    """The key of a meeting by its id in another system: one for each pair, however long both."""
    return hashlib.sha256(f"meeting:{len(source)}:{source}:{source_id}".encode()).hexdigest()


def put_meeting(
    actor: Actor, post_id: int, origin: tuple[str, str], names: Collection[str], new: NewMeeting
) -> int:
    """Keep a meeting that another system names by (source, id), once; its id. `names`: of the
    people of the post who were there, compared with what is sealed and kept nowhere.
    """
    new, now = replace(new, key=meeting_key(*origin)), clock.now()
    known = _known(actor, post_id, new)
    if known is not None:
        return known
    if new.held_at is None or not now - OLDEST <= new.held_at <= now:
        raise Refused(N_("A meeting is sent within %(days)s days of its day."), days=OLDEST.days)
    post = Post.objects.get(pk=post_id)
    there = [worker_named(post, clean(name)) for name in names]
    lost = sum(one is None for one in there)
    if lost:
        raise Refused(N_("%(lost)s of those who were there do not work at this post."), lost=lost)
    present = [one.pk for one in there if one is not None]
    return hold_meeting(actor, post_id, replace(new, present=present, list_at=now))


def _known(actor: Actor, post_id: int, new: NewMeeting) -> int | None:
    known = Meeting.objects.filter(key=new.key).values_list("pk", "post_id", "led_by_id").first()
    if known is None:
        return None
    if known[1] != post_id:
        raise Refused(N_("This meeting belongs to another post."))
    if known[2] != actor.id:
        raise Refused(N_("Somebody else has sent a meeting under this key."))
    return known[0]


def _held(actor: Actor, post_id: int, new: NewMeeting) -> int:
    now = clock.now()
    if new.held_at is not None:
        timely(new.held_at, new.list_at or new.held_at, now)
    with act("posts.meet", actor) as this:
        post = Post.objects.select_for_update().get(pk=post_id)
        workers = post.workers.filter(pk__in=list(new.present))
        if new.list_at is None:  # whoever left since the list was taken was there all the same
            workers = workers.filter(until=None)
        if not workers:
            raise Refused(N_("Tick who is there."))
        risks = told_of(post.enterprise_id, post.risks)
        if not risks:
            raise Refused(N_("Choose the risk points of the post first."))
        meeting = Meeting.objects.create(
            post=post, key=new.key, held_at=min(new.held_at or now, now), kept_at=now,
            led_by_id=actor.id, led_by_name=actor.label,
            told=[_told(one, new.told) for one in risks], remarks=new.remarks.strip()[:500],
        )  # fmt: skip
        there = Attendance.objects.bulk_create(
            Attendance(meeting=meeting, worker=one) for one in workers
        )
        if new.list_at is not None:
            bank = bank_of(one.accidents for one in risks)
            drawn_by = day_of_list(new.list_at.date(), post_id)
            for one in there:
                drawn = chosen(bank, drawn_by, one.worker_id)
                _answered_there(one, drawn, new.answers.get(one.worker_id, {}), meeting.held_at)
        this.on("meeting", meeting.pk, str(meeting))
        this.detail = {"present": len(there), "risks": len(risks)}
        this.publish(
            MeetingHeld(
                meeting_id=meeting.pk, post_id=post_id, enterprise_id=post.enterprise_id,
                present=len(there), answered=sum(one.score is not None for one in there),
            )
        )  # fmt: skip
    return meeting.pk


def _told(risk: Told, versions: Mapping[int, int]) -> dict[str, Any]:
    said = asdict(risk)
    version = versions.get(risk.id, risk.version)
    return said if version == risk.version else said | {"told_version": version}


def _answered_there(
    one: Attendance, drawn: Sequence[int], picked: Mapping[int, int | None], at: datetime
) -> None:
    """The answers that a worker gave on the phone that went round, with the meeting itself.

    Of other questions than were drawn (the bank has changed since) they are asked anew.
    """
    if not picked or set(picked) != set(drawn):
        return
    right = dict(QuizItem.objects.filter(pk__in=drawn).values_list("pk", "answer"))
    said = {pk: place for pk, place in picked.items() if place is not None}
    one.score, one.asked = score(right, said), len(right)
    one.answers = {f"{pk}": picked[pk] for pk in right}
    one.answered_at = at
    one.save()


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
