"""A post with its cards, people and who of them lacks a certificate; a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch

from anlan.operations.people.queries import Scope
from anlan.operations.posts.models import (
    Attendance,
    Certificate,
    Meeting,
    Post,
    PostCard,
    QuizItem,
    Worker,
)
from anlan.operations.posts.queries.scope import meetings_in, posts_in
from anlan.operations.posts.rules.quiz import chosen
from anlan.operations.risks.queries.told import Told, told_of
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Staffed:
    """Somebody at a post, the valid certificates and the kinds that are lacking."""

    worker: Worker
    certificates: list[Certificate]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostFile:
    post: Post
    risks: list[Told]
    cards: list[PostCard]
    people: list[Staffed]
    meetings: list[Meeting]
    stale: bool


def post_file(post_id: int, scope: Scope) -> PostFile | None:
    """A post within sight, else None. Seven queries."""
    post = posts_in(scope).select_related("enterprise").filter(pk=post_id).first()
    if post is None:
        return None
    risks, cards = told_of(post.enterprise_id, post.risks), _newest(post)
    return PostFile(
        post, risks, cards, staffed(post), list(post.meetings.order_by("-held_at")[:10]),
        _other(cards, risks),
    )  # fmt: skip


def stale(post: Post) -> bool:
    """Whether its cards were made from other versions of its risk points. Three queries."""
    return _other(_newest(post), told_of(post.enterprise_id, post.risks))


def _newest(post: Post) -> list[PostCard]:
    newest = post.cards.values("kind").annotate(last=Max("version")).values_list("kind", "last")
    last = dict(newest)
    return [one for one in post.cards.order_by("kind") if last[one.kind] == one.version]


def _other(cards: list[PostCard], risks: list[Told]) -> bool:
    now = {f"{one.id}": one.version for one in risks}
    return any(one.versions != now for one in cards)


def staffed(post: Post) -> list[Staffed]:
    """The people of a post now. Two queries."""
    today = clock.today()
    valid = Certificate.objects.filter(replaced_at=None)
    people = post.workers.filter(until=None).order_by("id")
    rows = people.prefetch_related(Prefetch("certificates", queryset=valid))
    return staffed_as(rows, post.certificates, today)


def staffed_as(people: Iterable[Worker], needed: list[str], today: date) -> list[Staffed]:
    """People with their certificates in force, as they were asked with them."""
    return [_staffed(one, needed, today) for one in people]


def _staffed(worker: Worker, needed: list[str], today: date) -> Staffed:
    held = list(worker.certificates.all())
    valid = {one.kind for one in held if one.expires_on >= today}
    return Staffed(worker, held, tuple(kind for kind in needed if kind not in valid))


@dataclass(frozen=True, slots=True)
class MeetingFile:
    meeting: Meeting
    attendances: list[Attendance]

    @property
    def answered(self) -> int:
        return sum(one.score is not None for one in self.attendances)


def meeting_file(meeting_id: int, scope: Scope) -> MeetingFile | None:
    """Two queries."""
    rows = meetings_in(scope).select_related("post__enterprise")
    meeting = rows.filter(pk=meeting_id).first()
    if meeting is None:
        return None
    return MeetingFile(meeting, list(meeting.attendances.select_related("worker").order_by("id")))


def topics_of(accidents: Iterable[Iterable[str]]) -> set[str]:
    """The topics of the item bank for risks of these accident types; "" is for everybody."""
    return {"", *(code for types in accidents for code in types)}


def bank_of(accidents: Iterable[Iterable[str]]) -> list[int]:
    """The items that are drawn from, by id."""
    bank = QuizItem.objects.filter(topic__in=topics_of(accidents)).order_by("pk")
    return list(bank.values_list("pk", flat=True))


def questions(attendance: Attendance) -> list[QuizItem]:
    """The questions of one worker at one meeting: of the post's accident types, else of all."""
    meeting = attendance.meeting
    bank = bank_of(risk["accidents"] for risk in meeting.told)
    picked = chosen(bank, f"{meeting.pk}", attendance.worker_id)
    found = QuizItem.objects.in_bulk(picked)
    return [found[pk] for pk in picked]
