"""Posts, certificates and shift meetings for other programs: what one may see, masked, and what an
enterprise's own systems bring in."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router

from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.posts.actions import (
    NewMeeting,
    add_worker,
    close_post,
    end_worker,
    make_cards,
    meeting_key,
    put_certificate,
    put_meeting,
    put_post,
    show_names,
)
from anlan.operations.posts.api.schemas import (
    CardOut,
    CertificateIn,
    CertificateOut,
    CertificatesOut,
    MeetingFileOut,
    MeetingIn,
    MeetingOut,
    MeetingsOut,
    NameOut,
    PostIn,
    PostOut,
    PostsAsking,
    PostsOut,
    WorkerIn,
    WorkerOut,
)
from anlan.operations.posts.models import Certificate, Meeting, Post, PostCard
from anlan.operations.posts.queries.files import meeting_file, staffed
from anlan.operations.posts.queries.people_file import PEOPLE
from anlan.operations.posts.queries.registers import CERTIFICATES, POSTS
from anlan.operations.posts.queries.scope import (
    cards_in,
    certificates_in,
    may_unveil,
    meetings_in,
    posts_in,
    works_for,
)
from anlan.operations.posts.rules.words import CARD_WORDS, CERTIFICATE_WORDS, KEEP, MEET
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    Put,
    PutOutcome,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)
from anlan.operations.risks.queries.told import told_of
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
MOST = 100
# Who sees no such post is told so; who sees it and may not keep it, that.
SEE = "safety.view"


@router.get("/posts", response=PostsOut)
def posts(request: HttpRequest, asking: Query[PostsAsking]) -> Any:
    """Posts of the enterprises within sight."""
    scope = admitted(request, "safety.view")
    return registers.hundred(POSTS, posts_in(scope), asking.dict(), scope)


@router.get("/posts/{post_id}", response=PostOut)
def post(request: HttpRequest, post_id: int) -> Any:
    return _post(request, post_id)


@router.get("/posts/{post_id}/cards", response=list[CardOut])
def cards(request: HttpRequest, post_id: int) -> Any:
    """The two cards of a post, what to know and what to do in an emergency, once they were made."""
    scope = admitted(request, "safety.view")
    if not posts_in(scope).filter(pk=post_id).exists():
        raise Http404
    newest: dict[str, PostCard] = {}
    for one in cards_in(scope).filter(post=post_id).order_by("version"):
        newest[one.kind] = one
    return [newest[kind] for kind in CARD_WORDS if kind in newest]


STEPS: dict[str, Callable[[Actor, int], object]] = {
    "make cards": make_cards, "close": close_post,
}  # fmt: skip


@router.post(
    "/posts/{post_id}/steps", response=StepTaken, auth=Holding(SEE, posts_in, "post_id")
)  # fmt: skip
def post_step(request: HttpRequest, post_id: int, body: StepIn) -> Any:
    """Make the two cards of a post anew from its risk points (`make cards`), or close it; 409 where
    the rules refuse it."""
    scope = admitted(request, KEEP)
    post = posts_in(scope).get(pk=post_id)
    take = form_asked(STEPS, body, seen=works_for(scope, post.enterprise_id))
    take(actor_of(request), post_id)
    post.refresh_from_db()
    return {"id": post.pk, "state": "OPEN" if post.closed_at is None else "CLOSED"}


@router.get("/posts/{post_id}/workers", response=list[WorkerOut])
def workers(request: HttpRequest, post_id: int) -> Any:
    """Who works at a post now, the names masked, and which certificates of theirs it needs."""
    found = _post(request, post_id)
    return [
        {
            "id": one.worker.pk, "name": one.worker.shown, "account_id": one.worker.account_id,
            "since": one.worker.since, "lacking": list(one.lacking),
            "certificates": {each.kind: each.expires_on for each in one.certificates},
        }
        for one in staffed(found)
    ]  # fmt: skip


@router.post(
    "/posts/{post_id}/names", response=list[NameOut], auth=Holding(SEE, posts_in, "post_id")
)  # fmt: skip
def names_of_workers(request: HttpRequest, post_id: int) -> Any:
    """The plain names of who works at a post, for the enterprise's own people and regulators; who
    looked is recorded."""
    found = _post(request, post_id)
    if not may_unveil(admitted(request, SEE), found.enterprise_id):
        raise Http404
    plain = show_names(actor_of(request), found)
    return [{"id": pk, "name": name} for pk, name in plain.items()]


@router.post("/posts/{post_id}/workers", response=Put, auth=Holding(SEE, posts_in, "post_id"))
def enter_worker(request: HttpRequest, post_id: int, body: WorkerIn) -> Any:
    """Somebody works at a post of one's own enterprise from now on; the name is sealed before it is
    answered. Refused (409) where it cannot be, or works there already."""
    _own_post(request, post_id)
    return {"id": add_worker(actor_of(request), post_id, body.name, body.account_id)}


@router.post(
    "/posts/{post_id}/workers/{worker_id}/end", response=Put,
    auth=Holding(SEE, posts_in, "post_id"),
)  # fmt: skip
def leave_post(request: HttpRequest, post_id: int, worker_id: int) -> Any:
    """Somebody works there no more; the record stays."""
    seen = posts_in(admitted(request, SEE))
    if not seen.filter(pk=post_id, workers=worker_id).exists():
        raise Http404
    _own_post(request, post_id)
    end_worker(actor_of(request), worker_id)
    return {"id": worker_id}


# After the addresses of one post, which read like a source and an id.
read_back(router, "/posts", PostOut, Sent("safety.view", posts_in), __name__)


@router.put("/posts/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP))
def bring_post(request: HttpRequest, source: str, source_id: str, body: PostIn) -> Any:
    """Open or change a post of one's own enterprise by its id in another system, as often as one
    likes. Refused (409) where it cannot be, or was closed."""
    scope = admitted(request, KEEP)
    firm = _own(scope, body.credit_code)
    registers.named(source, source_id)
    said = body.dict(exclude={"credit_code", "risks", "certificates"}, exclude_unset=True)
    values, entered = registers.typed(POSTS, said, only=said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    if not {one.id for one in told_of(firm)} >= set(body.risks):
        raise Refused(N_("A risk point of the post is none of the enterprise's."))
    if not set(CERTIFICATE_WORDS) >= set(body.certificates):
        raise Refused(N_("There is no such kind of certificate."))
    for key in {"risks", "certificates"} & body.model_fields_set:
        values[key] = sorted(set(getattr(body, key)))
    pk, outcome = put_post(actor_of(request), firm, values, (source, source_id))
    return {"id": pk, "outcome": outcome}


def _certificate(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk, "enterprise_id": one.enterprise_id, "post_id": one.worker.post_id,
        "kind": one.kind, "holder": one.worker.shown, "number": one.shown,
        "issued_on": one.issued_on, "expires_on": one.expires_on, "source": one.source,
        "source_id": one.source_id,
    }  # fmt: skip


def _held(scope: Scope) -> QuerySet[Certificate]:
    return certificates_in(scope).select_related("worker")


@router.get("/certificates", response=CertificatesOut)
def certificates(request: HttpRequest, asking: Query[PostsAsking]) -> Any:
    """Certificates of who works at the posts within sight."""
    scope = admitted(request, "safety.view")
    found = registers.hundred(CERTIFICATES, _held(scope), asking.dict(), scope)
    return found | {"rows": [_certificate(one) for one in found["rows"]]}


read_back(
    router, "/certificates", CertificateOut,
    Sent("safety.view", _held, told=_certificate), __name__,
)  # fmt: skip


@router.put("/certificates/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP))
def bring_certificate(
    request: HttpRequest, source: str, source_id: str, body: CertificateIn
) -> Any:
    """Keep a certificate of one's own enterprise by its id in another system, as often as one
    likes; another number, day, kind or holder is a new version. Refused (409) where it cannot be.
    """
    scope = admitted(request, KEEP)
    firm = _own(scope, body.credit_code)
    registers.named(source, source_id)
    given = {key: "" if value is None else f"{value}" for key, value in body.dict().items()}
    values, entered = registers.typed(PEOPLE, given)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    pk, outcome = put_certificate(actor_of(request), firm, values, (source, source_id))
    return {"id": pk, "outcome": outcome}


def _meetings(scope: Scope) -> QuerySet[Meeting]:
    return meetings_in(scope).annotate(
        present=Count("attendances"),
        answered=Count("attendances", filter=Q(attendances__score__isnull=False)),
    )


@router.get("/meetings", response=MeetingsOut)
def meetings(request: HttpRequest, page: int = 1) -> Any:
    """Shift meetings within sight, the newest first."""
    rows = _meetings(admitted(request, "safety.view"))
    begin = (min(max(page, 1), 10**6) - 1) * MOST
    return {
        "page": page,
        "rows": list(rows.order_by("-held_at", "-pk")[begin : begin + MOST]),
    }


@router.get("/meetings/{meeting_id}", response=MeetingFileOut)
def meeting(request: HttpRequest, meeting_id: int) -> Any:
    """One meeting: what was told, who was there, and how each answered the quiz."""
    scope = admitted(request, SEE)
    file, row = meeting_file(meeting_id, scope), _meetings(scope).filter(pk=meeting_id).first()
    if file is None or row is None:
        raise Http404
    there = [
        {"id": one.pk, "worker_id": one.worker_id, "name": one.worker.shown, "asked": one.asked,
         "score": one.score, "answered_at": one.answered_at}
        for one in file.attendances
    ]  # fmt: skip
    return {"meeting": row, "told": file.meeting.told, "attendances": there}


read_back(
    router, "/meetings", MeetingOut,
    Sent("safety.view", _meetings, key=lambda *origin: Q(key=meeting_key(*origin))), __name__,
)  # fmt: skip


@router.put("/meetings/{source}/{source_id}", response=Put, auth=Holding(MEET))
def bring_meeting(request: HttpRequest, source: str, source_id: str, body: MeetingIn) -> Any:
    """Keep a shift meeting of one's own enterprise by its id in another system; the same id again
    is the same meeting. Its quiz is answered here. Refused (409) where it cannot be."""
    scope = admitted(request, MEET)
    firm = _own(scope, body.credit_code)
    registers.named(source, source_id)
    post = posts_in(scope).filter(enterprise=firm, name=body.post).first()
    if post is None:
        raise Http404
    new = NewMeeting(key="", present=(), remarks=body.remarks, held_at=body.held_at)
    origin = (source, source_id)
    return {"id": put_meeting(actor_of(request), post.pk, origin, body.present, new)}


def _own(scope: Scope, credit_code: str) -> int:
    """An enterprise that the account works for; else 404."""
    firm = enterprises_in(scope).filter(credit_code=credit_code).values_list("pk", flat=True)
    if not firm or not works_for(scope, firm[0]):
        raise Http404
    return firm[0]


def _post(request: HttpRequest, post_id: int) -> Post:
    """A post within sight; else 404."""
    found = posts_in(admitted(request, SEE)).filter(pk=post_id).first()
    if found is None:
        raise Http404
    return found


def _own_post(request: HttpRequest, post_id: int) -> Post:
    """A post of an enterprise that the account works for; else 404."""
    scope = admitted(request, KEEP)
    post = posts_in(scope).get(pk=post_id)
    if not works_for(scope, post.enterprise_id):
        raise Http404
    return post
