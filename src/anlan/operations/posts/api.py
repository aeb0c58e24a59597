"""Posts, certificates and shift meetings for other programs: what one may see, masked, and what an
enterprise's own systems bring in."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.posts.actions import (
    NewMeeting,
    put_certificate,
    put_meeting,
)
from anlan.operations.posts.queries.people_file import PEOPLE
from anlan.operations.posts.queries.registers import CERTIFICATES, POSTS
from anlan.operations.posts.queries.scope import (
    certificates_in,
    meetings_in,
    posts_in,
    works_for,
)
from anlan.operations.posts.rules.words import KEEP, MEET
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, PutOutcome
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused

router = Router()
MOST = 100


class PostOut(Schema):
    """A post; `risks` are ids of risk points, `certificates` the kinds that it needs."""

    id: int
    enterprise_id: int
    name: str
    place: str
    duties: str
    risks: list[int]
    certificates: list[str]


class CertificateOut(Schema):
    """A certificate; holder and number masked. Valid until `expires_on`, that day included."""

    id: int
    enterprise_id: int
    post_id: int
    kind: str
    holder: str
    number: str
    issued_on: date | None
    expires_on: date
    source: str
    source_id: str


class CertificateIn(Schema):
    """A certificate as the enterprise's own system knows it; name and number are sealed before it
    is answered. Post and holder are opened where there is none of that name."""

    credit_code: str
    post: str
    name: str
    kind: str
    number: str
    issued_on: date | None = None
    expires_on: date


class MeetingOut(Schema):
    """A shift meeting; of those `present` so many have `answered` the quiz."""

    id: int
    post_id: int
    held_at: datetime
    led_by_name: str
    remarks: str
    present: int
    answered: int


class MeetingIn(Schema):
    """A shift meeting that another system kept: at which post, who of its people was there, by
    name (compared with what is sealed, and kept nowhere)."""

    credit_code: str
    post: str
    held_at: AwareDatetime
    present: list[str] = Field(min_length=1, max_length=200)
    remarks: str = Field("", max_length=500)


class PostsOut(registers.HundredOf):
    rows: list[PostOut]


class CertificatesOut(registers.HundredOf):
    rows: list[CertificateOut]


class MeetingsOut(Schema):
    page: int
    rows: list[MeetingOut]


class PostsAsking(registers.Hundred):
    kind: str = ""


@router.get("/posts", response=PostsOut)
def posts(request: HttpRequest, asking: Query[PostsAsking]) -> Any:
    """Posts of the enterprises within sight."""
    scope = admitted(request, "safety.view")
    return registers.hundred(POSTS, posts_in(scope), asking.dict(), scope)


@router.get("/posts/{post_id}", response=PostOut)
def post(request: HttpRequest, post_id: int) -> Any:
    found = posts_in(admitted(request, "safety.view")).filter(pk=post_id).first()
    if found is None:
        raise Http404
    return found


@router.get("/certificates", response=CertificatesOut)
def certificates(request: HttpRequest, asking: Query[PostsAsking]) -> Any:
    """Certificates of who works at the posts within sight."""
    scope = admitted(request, "safety.view")
    rows = certificates_in(scope).select_related("worker")
    found = registers.hundred(CERTIFICATES, rows, asking.dict(), scope)
    return found | {"rows": [_certificate(one) for one in found["rows"]]}


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


@router.get("/meetings", response=MeetingsOut)
def meetings(request: HttpRequest, page: int = 1) -> Any:
    """Shift meetings within sight, the newest first."""
    rows = meetings_in(admitted(request, "safety.view")).annotate(
        present=Count("attendances"),
        answered=Count("attendances", filter=Q(attendances__score__isnull=False)),
    )
    begin = (min(max(page, 1), 10**6) - 1) * MOST
    return {
        "page": page,
        "rows": list(rows.order_by("-held_at", "-pk")[begin : begin + MOST]),
    }


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


def _certificate(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk, "enterprise_id": one.enterprise_id, "post_id": one.worker.post_id,
        "kind": one.kind, "holder": one.worker.shown, "number": one.shown,
        "issued_on": one.issued_on, "expires_on": one.expires_on, "source": one.source,
        "source_id": one.source_id,
    }  # fmt: skip


def _own(scope: Scope, credit_code: str) -> int:
    """An enterprise that the account works for; else 404."""
    firm = enterprises_in(scope).filter(credit_code=credit_code).values_list("pk", flat=True)
    if not firm or not works_for(scope, firm[0]):
        raise Http404
    return firm[0]
